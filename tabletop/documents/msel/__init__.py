"""The MSEL, both ways: an exercise as a workbook or CSV that controllers edit, and such a sheet as an exercise.

Out: ``columns`` says what stands in each column, ``xlsx`` and ``csv_text`` write it, ``carrying`` puts the whole
exercise on a sheet of its own. In: ``opening`` makes grids of any workbook or CSV, ``header`` finds the table and
``names`` its columns, ``times`` reads times in all their forms, ``filling`` puts one cell into one inject, ``rows``
does so for a sheet from elsewhere and ``edits`` for one of ours that was edited; ``bringing`` ties them together.
"""
