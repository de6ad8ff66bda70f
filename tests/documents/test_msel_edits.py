"""Out and in again: nothing is lost, and what was edited in the sheets counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tabletop.cli import main
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import Exercise, Inject, exercise_as_json

SHIPPED = ("gsomia-ninety-days", "northern-arc", "opcon-conditions")
DRILL = """\
format: 1
id: drill
title: The drill
d_day: 2026-08-22
background: |
  A line that was broken by hand after some sixty characters or so,
  and goes on here.
ground_rules: []
sources:
  - {id: paper, title: A paper}
objectives:
  - id: consult
    text: Consult the others.
    tasks: ["- Names who calls whom", Says when]
cells:
  - id: rok
    name: Seoul
    roles: [Adviser]
    brief: "=SUM(A1:A9) is not a formula."
  - id: jpn
    name: Tokyo; and Osaka
tracks:
  - {id: trust, name: Trust, start: 5, marks: {0: gone, 5: so so}}
moves:
  - id: first
    title: First
    minutes: 20
    agenda:
      - {name: In cells, minutes: 15}
    injects:
      - id: call
        title: +1 to the room
        at: 5m
        minutes: 10
        from: "@ministry"
        text: |
          - a list
          - of things

          A paragraph that somebody broke by hand where the line was full, as people
          do, and which goes on.
        private:
          rok: |
            =1+1
        expects: [They ask]
        effects: {trust: -1}
        sources: [paper]
        objectives: [consult]
        decisions:
          - id: answer
            question: Well?
            minutes: 5
            options:
              - id: "yes"
                text: Yes
                effects: {trust: "=3"}
              - id: "no"
                text: No
      - id: pocket
        title: In hand
        kind: contingency
        use_if: It is calm.
        to: [jpn]
  - id: second
    title: Second
    minutes: 40
    scenario_time: D+1 09:00
    when: {}
    refers_to: call
    injects:
      - id: echo
        title: An echo
        at: 1h5m
        delay: 5m
        refers_to: [call, answer/rok]
        scenario_time: 2026-08-22T18:20+09:00
        notes: _x0041_ stays, and 'quotes'
        when:
          any: [{chose: {answer/rok: "yes"}}, {track: {trust: ">= 4"}}]
"""

Change = Callable[[Worksheet], None]


@pytest.fixture
def drill(tmp_path: Path) -> Path:
    path = tmp_path / "drill.yaml"
    path.write_text(DRILL, encoding="utf-8")
    return path


def whole(exercise: Exercise) -> dict[str, Any]:
    """The canonical JSON, without what an exercise in one file cannot say: where an inject was drawn from."""
    value = exercise_as_json(exercise)
    for move in value["moves"]:
        for inject in move.get("injects", ()):
            inject.pop("drawn_from", None)
    return value


def exported(exercise: Path | str, folder: Path) -> Path:
    path = folder / "out.xlsx"
    assert main(["export", str(exercise), "--format", "msel-xlsx", "-o", str(path)]) == 0
    return path


def imported(path: Path, *words: str) -> Exercise:
    target = path.with_name("again") / "drill.yaml"
    target.parent.mkdir(exist_ok=True)
    assert main(["import", str(path), "-o", str(target), *words]) == 0
    return load_exercise(target)


def column(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def edited(path: Path, change: Change, sheet: str = "MSEL") -> Path:
    """The workbook, changed and saved by somebody."""
    book = openpyxl.load_workbook(path)
    change(book[sheet])
    book.save(path)
    return path


def put(row: int, heading: str, value: Any) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet.cell(row, column(sheet, heading)).value = value

    return change


def inject(exercise: Exercise, id: str) -> Inject:
    return next(each for each in exercise.injects() if each.id == id)


# --- nothing is lost --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_exercise_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    path = exported(name, tmp_path)
    target = tmp_path / f"{name}.yaml"
    assert main(["import", str(path), "-o", str(target)]) == 0
    root = Path(__file__).parents[2]
    assert whole(load_exercise(target)) == whole(load_exercise(root / "exercises" / f"{name}.yaml"))


def test_every_key_comes_back(drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert whole(imported(exported(drill, tmp_path))) == whole(load_exercise(drill))
    assert "nothing was edited" in capsys.readouterr().err


def test_translations_come_back_beside_it(drill: Path, tmp_path: Path) -> None:
    made = "format: 1\ntranslates: drill\nlanguage: ko\ntexts:\n  title: {text: 훈련, of: 00000000}\n"
    drill.with_name("drill.ko.yaml").write_text(made, encoding="utf-8")
    again = imported(exported(drill, tmp_path))
    assert again.translations == {"ko": {"title": "훈련"}}


def test_an_exercise_too_long_for_a_cell_comes_back(drill: Path, tmp_path: Path) -> None:
    long = "        text: |\n" + "".join(f"          Line {number} of many.\n\n" for number in range(4000))
    drill.write_text(DRILL.replace("        text: |\n", long, 1), encoding="utf-8")
    path = exported(drill, tmp_path)
    sheet = openpyxl.load_workbook(path)["MSEL"]
    shown = sheet.cell(2, column(sheet, "Description")).value
    assert isinstance(shown, str)
    assert len(shown) <= 32_767
    assert shown.endswith("The whole text is on the sheet Exercise.]")
    assert whole(imported(path)) == whole(load_exercise(drill))


def test_saving_without_editing_is_no_edit(drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = edited(exported(drill, tmp_path), lambda sheet: None)
    assert whole(imported(path)) == whole(load_exercise(drill))
    assert "nothing was edited" in capsys.readouterr().err


# --- edits count ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "value", "key", "wanted"),
    [
        ("Subject", "A better title", "title", "A better title"),
        ("Description", "Only this.", "text", "Only this."),
        ("Planned time", time(0, 12), "at", 12),
        ("Planned time", "1h5m", "at", 65),
        ("Story time", "D+0 07:00", "scenario_time", "D+0 07:00"),
        ("Type", "Contingency", "kind", "contingency"),
        ("Mode", "cable", "via", "cable"),
        ("From", "A friend", "from_", "A friend"),
        ("To", "Seoul", "to", ("rok",)),
        ("To", "Tokyo; and Osaka", "to", ("jpn",)),
        ("Expected action", "One\n- Two", "expects", ("One", "Two")),
        ("Objectives", "consult; Speak as one", "objectives", ("consult", "speak-as-one")),
        ("Only for one cell", "[jpn] Yours alone", "private", {"jpn": "Yours alone"}),
        ("Questions", "Why?", "questions", ("Why?",)),
        ("Discussion time", 7, "minutes", 7),
        ("Effects", "trust +2", "effects", {"trust": 2}),
        ("Notes", "Mind the gap", "notes", "Mind the gap"),
        ("Expected action", None, "expects", ()),
    ],
)
def test_an_edited_cell_beats_what_is_carried(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], heading: str, value: Any, key: str, wanted: Any
) -> None:
    again = imported(edited(exported(drill, tmp_path), put(2, heading, value)))
    assert getattr(inject(again, "call"), key) == wanted
    assert f", {heading} of `call`: " in capsys.readouterr().err


def test_one_edit_leaves_all_else_as_it_was(drill: Path, tmp_path: Path) -> None:
    again = whole(imported(edited(exported(drill, tmp_path), put(2, "Subject", "A better title"))))
    before = whole(load_exercise(drill))
    before["moves"][0]["injects"][0]["title"] = "A better title"
    assert again == before


@pytest.mark.parametrize("heading", ["Decisions", "Condition", "Status", "Controller"])
def test_what_cannot_be_read_back_goes_to_the_notes_and_is_told(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], heading: str
) -> None:
    again = imported(edited(exported(drill, tmp_path), put(2, heading, "Something new")))
    assert inject(again, "call").notes == f'{heading}: "Something new"'
    assert inject(again, "call").decisions == inject(load_exercise(drill), "call").decisions
    assert "It went into the notes: write it in the YAML." in capsys.readouterr().err


def test_a_time_that_is_none_goes_to_the_notes(drill: Path, tmp_path: Path) -> None:
    again = imported(edited(exported(drill, tmp_path), put(2, "Planned time", "after lunch")))
    assert inject(again, "call").at == 5
    assert 'Planned time: "after lunch"' in (inject(again, "call").notes or "")


def test_rows_in_another_order_say_nothing(drill: Path, tmp_path: Path) -> None:
    def swap(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for at, value in enumerate(row, 1):
                sheet.cell(number, at).value = value

    assert whole(imported(edited(exported(drill, tmp_path), swap))) == whole(load_exercise(drill))


def test_an_inject_goes_to_another_move(drill: Path, tmp_path: Path) -> None:
    again = imported(edited(exported(drill, tmp_path), put(3, "Move", "2. Second")))
    assert [[each.id for each in move.injects] for move in again.moves] == [["call"], ["echo", "pocket"]]


def test_a_new_row_is_a_new_inject_behind_the_one_above(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def add(sheet: Worksheet) -> None:
        sheet.insert_rows(3)
        for heading, value in {"Subject": "A second call", "To": "Seoul", "Planned time": "0:09"}.items():
            sheet.cell(3, column(sheet, heading)).value = value

    again = imported(edited(exported(drill, tmp_path), add))
    assert [each.id for each in again.moves[0].injects] == ["call", "a-second-call", "pocket"]
    assert (again.moves[0].injects[1].at, again.moves[0].injects[1].to) == (9, ("rok",))
    assert "row 3 is new: `a-second-call`" in capsys.readouterr().err


def test_a_row_that_is_gone_takes_its_inject_with_it(drill: Path, tmp_path: Path) -> None:
    again = imported(edited(exported(drill, tmp_path), lambda sheet: sheet.delete_rows(3)))
    assert [each.id for each in again.injects()] == ["call", "echo"]


def test_an_inject_that_conditions_ask_about_stays_and_that_is_told(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = imported(edited(exported(drill, tmp_path), lambda sheet: sheet.delete_rows(2)))
    assert whole(again) == whole(load_exercise(drill))
    assert "`call` has no row any more; it stays, because conditions ask about it" in capsys.readouterr().err


def test_an_inject_whose_row_is_taken_out_stays_where_a_text_speaks_of_it(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.write_text(DRILL.replace("refers_to: [call, answer/rok]", "refers_to: pocket"), encoding="utf-8")
    again = imported(edited(exported(drill, tmp_path), lambda sheet: sheet.delete_rows(3)))
    assert [each.id for each in again.injects()] == ["call", "pocket", "echo"]
    assert "`pocket` has no row any more; it stays, because another text speaks of it" in capsys.readouterr().err


def test_the_other_sheets_count_too(drill: Path, tmp_path: Path) -> None:
    path = exported(drill, tmp_path)
    edited(path, put(2, "Roles", "Adviser\nClerk"), "Cells")
    edited(path, put(2, "Time", "0:45"), "Moves")
    edited(path, put(2, "Objective", "Consult everybody."), "Objectives")
    again = imported(path)
    assert again.cells[0].roles == ("Adviser", "Clerk")
    assert again.moves[0].minutes == 45
    assert again.objectives[0].text == "Consult everybody."


def test_a_column_of_ones_own_goes_to_the_notes_or_where_map_says(drill: Path, tmp_path: Path) -> None:
    def add(sheet: Worksheet) -> None:
        sheet.cell(1, sheet.max_column + 1).value = "Sender"
        sheet.cell(2, sheet.max_column).value = "The vice minister"

    path = edited(exported(drill, tmp_path), add)
    assert inject(imported(path), "call").notes == 'Sender: "The vice minister"'
    (path.with_name("again") / "drill.yaml").unlink()
    assert inject(imported(path, "--map", "Sender=from"), "call").from_ == "The vice minister"


def test_a_sheet_of_ones_own_is_told_in_full(drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(drill, tmp_path)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Phones").append(["Duty officer", "0100"])
    book.save(path)
    imported(path)
    assert 'A1 "Duty officer"\n    B1 "0100"' in capsys.readouterr().err


def test_a_changed_sheet_of_the_whole_is_not_trusted(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["A4"] = str(sheet["A4"].value).replace("The drill", "The skill")

    again = imported(edited(exported(drill, tmp_path), spoil, "Exercise"))
    assert [each.id for each in again.injects()] == ["call", "pocket", "echo"]
    assert 'The sheet "Exercise" was changed' in capsys.readouterr().err


# --- CSV --------------------------------------------------------------------------------------------------


def test_what_csv_carries_comes_back(drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "drill.csv"
    assert main(["export", str(drill), "--format", "msel-csv", "-o", str(path)]) == 0
    again, before = imported(path), load_exercise(drill)
    assert [move.id for move in again.moves] == [move.id for move in before.moves]
    assert [move.title for move in again.moves] == [move.title for move in before.moves]
    for one, other in zip(again.injects(), before.injects(), strict=True):
        for key in (
            "id",
            "title",
            "kind",
            "at",
            "delay",
            "minutes",
            "scenario_time",
            "from_",
            "via",
            "use_if",
            "expects",
        ):
            assert getattr(one, key) == getattr(other, key), key
        assert one.text.strip() == other.text.strip()
    assert 'Decisions: "Well?' in (inject(again, "call").notes or "")


def test_csv_goes_to_stdout_as_utf_8_with_a_heading_row(
    drill: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", str(drill), "--format", "msel-csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8"), newline="")))
    assert rows[0][:4] == ["No.", "Move", "Planned time", "Story time"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"]


def test_a_list_has_one_entry_a_line_and_prose_one_line_a_paragraph(drill: Path, tmp_path: Path) -> None:
    long = "A question that is long enough to be taken for a line that somebody broke by hand?"
    drill.write_text(DRILL.replace("expects: [They ask]", f"questions: ['{long}', '{long}']"), encoding="utf-8")
    sheet = openpyxl.load_workbook(exported(drill, tmp_path))["MSEL"]
    assert sheet.cell(2, column(sheet, "Questions")).value == f"{long}\n{long}"
    assert "as people do, and which goes on." in str(sheet.cell(2, column(sheet, "Description")).value)


def test_a_heading_that_was_changed_still_names_its_column(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(exported(drill, tmp_path), put(1, "Subject", "Headline"))
    assert whole(imported(path)) == whole(load_exercise(drill))
    assert 'the column "Headline" counts as Subject' in capsys.readouterr().err


def test_a_cell_beside_the_table_is_not_lost(drill: Path, tmp_path: Path) -> None:
    def add(sheet: Worksheet) -> None:
        sheet.cell(2, sheet.max_column + 2).value = "Ask legal"

    assert inject(imported(edited(exported(drill, tmp_path), add)), "call").notes == 'Column AB: "Ask legal"'


def test_a_cell_that_was_added_can_be_written_to(drill: Path, tmp_path: Path) -> None:
    path = exported(drill, tmp_path)
    edited(path, lambda sheet: sheet.append(["usa", "Washington"]), "Cells")
    again = imported(edited(path, put(2, "To", "Washington; Seoul")))
    assert [cell.id for cell in again.cells] == ["rok", "jpn", "usa"]
    assert inject(again, "call").to == ("usa", "rok")
    assert inject(again, "echo").to == ("rok", "jpn", "usa"), "which went to all players"


def test_of_a_sheet_that_was_not_asked_for_no_edit_counts(
    drill: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(drill, tmp_path)
    edited(path, put(2, "Roles", "Clerk"), "Cells")
    assert whole(imported(path, "--sheet", "MSEL")) == whole(load_exercise(drill))
    assert "Left out" not in capsys.readouterr().err
