"""Papers made before an exercise: for players, for those who run it, for those who evaluate it.

Each paper is built of pieces (`pieces`), and a writer puts the pieces into Word (`word`) or PDF (`pdf`); the report is
made into pieces too (`from_blocks`). What a paper for players may hold comes from `session.sight`, as on their
displays.
"""
