"""MSELs as they come: title rows, odd names, merged cells, times in every form. What stands in them is never lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.comments import Comment

from tabletop.cli import main
from tabletop.documents.msel.grid import text_of
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import Exercise, Inject


def agency(path: Path) -> None:
    """An emergency agency's: titles above, a double heading, phases as merged rows, a page's heading repeated."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "MSEL v3 FINAL"
    rows: list[list[Any]] = [
        ["UNCLASSIFIED//FOR OFFICIAL USE ONLY"],
        ["MASTER SCENARIO EVENTS LIST (MSEL)"],
        ["Exercise HARBOR SHIELD 26"],
        ["As of:", date(2026, 5, 1), None, "Version", 3.2],
        [],
        HEADINGS,
        ["PHASE 1: ALERT AND NOTIFICATION"],
        [
            1,
            time(9, 0),
            "STARTEX. Crane drivers walk out at all terminals.",
            "Port Authority",
            "EOC; Fire",
            "Phone",
            "1. EOC opens a log\n2. EOC notifies the mayor",
            "Operational Communications",
            "Planning",
            "J. Park",
            "Approved",
            None,
        ],
        [
            "=A8+1",
            time(9, 20),
            "Press asks whether fuel will run out.",
            "Simulated reporter",
            "All players",
            "E-mail",
            "JIC holds a line",
            "Public Information & Warning",
            None,
            "SimCell",
            "Draft",
            "Have the map ready",
        ],
        [],
        ["PHASE 2: RESPONSE"],
        HEADINGS,
        [
            3,
            time(10, 45),
            '=UPPER("fuel depot closes")',
            "Depot",
            "EOC/Fire",
            "Radio",
            None,
            "Planning",
            None,
            "A. Kim",
            None,
            None,
        ],
        [
            "3a",
            "TBD",
            "A tanker blocks the fairway",
            "Coast Guard",
            "White Cell",
            "Radio",
            "-",
            None,
            None,
            "A. Kim",
            "On hold",
            "Only if the room is calm",
        ],
        ["", "", "It carries 40,000 tonnes of crude.", "", "", "", "Someone asks for its draught.", "", "", "", "", ""],
        ["ENDEX"],
        [14],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:L1", "A2:L2", "A3:L3", "A7:L7", "A11:L11"):
        sheet.merge_cells(area)
    sheet["C9"].comment = Comment("Check with legal first", "LN")
    contacts = book.create_sheet("Contacts")
    contacts.append(["Name", "Phone"])
    contacts.append(["Duty officer", "+1 555 0100"])
    book.create_sheet("Lookups").append(["Draft", "Approved"])
    book["Lookups"].sheet_state = "hidden"
    book.save(path)


HEADINGS: list[Any] = [
    "MSEL\nNUMBER", "EVENT\nTIME", "EVENT DESCRIPTION", "SEND FROM\n(SIMULATED)", "SEND TO\n(RECIPIENT PLAYERS)",
    "INJECT MODE",
    "EXPECTED OUTCOMES", "1st Objective\nSupported", "2nd Objective Supported", "INJECTED BY", "STATUS", "COMMENTS",
]  # fmt: skip


def alliance(path: Path) -> None:
    """A headquarters': date-time groups, a phase merged over its rows, an inject over two rows, types of its own."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["EX NORTHERN LANTERN 26 - MEL/MIL"])
    sheet.append(
        ["Phase", "Seq No", "INJECT DTG", "Subject", "Description/Script", "VIA", "Sent From", "To / Target",
         "Responsible Controller", "Storyline", "Expected Reaction to Inject", "Type", "Implementer / Narrative"]
    )  # fmt: skip
    body: list[list[Any]] = [
        ["Indications", "N-001", "220900ZAUG26", "Jamming in the Yellow Sea", "GPS is lost over 40 km.",
         "Flash message", "Air defence", "ROK, JPN", "Maj Lee", "Jamming", "Each cell asks the other", "Standard",
         "Read twice"],
        [None, "N-002", "22 0945Z AUG 26", "A drone comes down", "Found by a farmer.", "Telephone", "Police",
         "ROK", "Maj Lee", "Drones", "Seoul secures it\nSeoul tells Tokyo", "Complexity", None],
        [None, None, None, None, "It bears no markings.", None, None, None, None, None, None, None, "Photo 4"],
        ["Crisis", "N-003", "221200ZAUG26", "The hotline is silent", "Nobody answers.", "Call", "Duty officer", "All",
         "Lt Sato", None, None, "Contingency", None],
    ]  # fmt: skip
    for row in body:
        sheet.append(row)
    sheet.merge_cells("A3:A5")
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("D4:D5")
    sheet.merge_cells("A1:M1")
    book.save(path)


def days(path: Path) -> None:
    """Two days on two sheets, with dates and times apart; instructions before, a total below."""
    book = openpyxl.Workbook()
    front = book.worksheets[0]
    front.title = "READ ME"
    front["B2"] = "How to use this workbook"
    front["B3"] = "Filter column C by your own cell. Don't print."
    for number, day in enumerate((date(2026, 8, 22), datetime(2026, 8, 23)), 1):
        sheet = book.create_sheet(f"Day {number}")
        sheet["C2"] = f"DAY {number} of 2"
        sheet.append([])
        sheet.append(
            [None, "EVENT #", "Date", "Scheduled Time", "Inject", "From / Source", "Recipient(s)", "Delivery Method"]
        )
        sheet.append([None, number * 10 + 1, day, "0900 hrs", "Opening briefing", "Control", "Everyone", "In person"])
        sheet.append([None, number * 10 + 2, None, "9:30 AM", 'Minister\'s "no" leaks', "Press", "Tokyo", "News"])
        sheet.append(
            [
                None,
                number * 10 + 3,
                None,
                time(11, 15),
                "Café owner's protest: <b>bold</b> & 100%",
                "Crowd",
                "Seoul",
                "TV",
            ]
        )
        sheet.append([None, None, None, "noon-ish", "Lunch", None, None, None])
        sheet.append([None, "Total", None, None, 4])
    book.save(path)


def elapsed(path: Path) -> None:
    """Times from H, lengths, an Excel duration, a fraction of a day; no titles above."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["#", "Elapsed time", "Scenario Time", "Topic", "Inject text", "Questions", "Random column", None])
    body: list[list[Any]] = [
        ["1", "H+00:05", "D-95 09:00", "One", "=text, not a formula?", "- Why?\n- Why now?", "α", "no heading here"],
        ["2", "1h30m", "D-94", "Two", "'quoted'", None, 0.5, None],
        ["3", timedelta(minutes=95), "later", "Three", "Text with | pipes and: colons # hashes", None, True, None],
        ["4", 0.075, None, "Four", "{braces} [brackets] - dash", None, -7, None],
    ]
    for row in body:
        sheet.append(row)
    sheet["E2"].data_type = "s"
    book.save(path)


BOOKS: dict[str, Callable[[Path], None]] = {"agency": agency, "alliance": alliance, "days": days, "elapsed": elapsed}


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The path of each messy workbook."""
    return made(request.param, tmp_path)


def made(name: str, folder: Path) -> Path:
    path = folder / f"{name}.xlsx"
    BOOKS[name](path)
    return path


def imported(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[Exercise, str]:
    """The exercise that a workbook becomes, loaded from its file, and the account of it."""
    target = path.with_suffix(".yaml")
    assert main(["import", str(path), "-o", str(target), *words]) == 0
    return load_exercise(target), capsys.readouterr().err


def texts(path: Path) -> Iterator[str]:
    """Every non-empty cell's text, as a person sees it; what formulas would give is in no file of the test's making."""
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.data_type != "f":
                    yield text_of(cell.value)


def strings(value: object) -> Iterator[str]:
    """Every text in what YAML holds."""
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    else:
        yield str(value)


def even(text: str) -> str:
    return " ".join(text.split())


def inject(exercise: Exercise, title: str) -> Inject:
    [found] = [each for each in exercise.injects() if each.title.startswith(title)]
    return found


# --- all of them ------------------------------------------------------------------------------------------


def test_what_comes_of_it_has_no_error(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(book, capsys)
    main(["check", str(book.with_suffix(".yaml"))])
    assert " TT1" not in capsys.readouterr().out


def test_no_cells_text_is_lost(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, account = imported(book, capsys)
    held = yaml.load(book.with_suffix(".yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    there = even("\n".join(strings(held))) + even(account)
    lost = [text for text in texts(book) if even(text) not in there]
    assert lost == []


def test_the_same_workbook_gives_the_same_bytes(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outs = []
    for _ in range(2):
        assert main(["import", str(book)]) == 0
        outs.append(capsys.readouterr())
    assert outs[0] == outs[1]
    assert outs[0].out.startswith(f"format: 1\nid: {book.stem}\n")


# --- one by one -------------------------------------------------------------------------------------------


def test_the_header_is_found_under_rows_of_titles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, account = imported(made("agency", tmp_path), capsys)
    assert "headings in row 6, 4 injects" in account
    assert exercise.title == "Exercise HARBOR SHIELD 26"
    assert exercise.marking == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"


def test_rows_of_titles_open_moves_and_a_page_heading_is_no_inject(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise, _ = imported(made("agency", tmp_path), capsys)
    assert [move.title for move in exercise.moves] == ["PHASE 1: ALERT AND NOTIFICATION", "PHASE 2: RESPONSE"]
    assert [len(move.injects) for move in exercise.moves] == [2, 2]


def test_excel_times_become_minutes_of_their_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("agency", tmp_path), capsys)
    assert [each.at for each in exercise.moves[0].injects] == [0, 20]
    assert exercise.moves[0].minutes == 105, "up to the first inject of the next move"


def test_columns_are_mapped_by_their_many_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("agency", tmp_path), capsys)
    first = exercise.moves[0].injects[0]
    assert (first.from_, first.via, first.to) == ("Port Authority", "Phone", ("eoc", "fire"))
    assert first.expects == ("EOC opens a log", "EOC notifies the mayor")
    assert first.objectives == ("operational-communications", "planning")


def test_what_has_no_key_goes_to_the_notes_with_its_columns_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise, _ = imported(made("agency", tmp_path), capsys)
    tanker = inject(exercise, "A tanker")
    assert tanker.notes is not None
    for line in ('MSEL NUMBER: "3a"', 'INJECTED BY: "A. Kim"', 'STATUS: "On hold"', 'EVENT TIME: "TBD"'):
        assert line in tanker.notes.split("\n")


def test_a_row_without_number_time_and_subject_goes_on_from_the_one_above(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise, account = imported(made("agency", tmp_path), capsys)
    assert inject(exercise, "A tanker").text == "A tanker blocks the fairway\n\nIt carries 40,000 tonnes of crude."
    assert "row 15 has no subject of its own: it goes on from row 14" in account


def test_comments_on_cells_come_along(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("agency", tmp_path), capsys)
    assert 'Comment on EVENT DESCRIPTION: "Check with legal first"' in (inject(exercise, "Press asks").notes or "")


def test_a_formula_without_a_saved_value_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, account = imported(made("agency", tmp_path), capsys)
    assert '"MSEL v3 FINAL" A9 has a formula without a saved value, which counts as empty: =A8+1' in account


def test_sheets_without_a_table_are_told_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, account = imported(made("agency", tmp_path), capsys)
    assert 'B2 "+1 555 0100"' in account
    assert 'The sheet "Lookups" is hidden; it was read all the same.' in account


def test_date_time_groups_become_story_times_and_minutes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("alliance", tmp_path), capsys)
    times = [(each.at, each.scenario_time) for each in exercise.injects()]
    assert times == [
        (0, "2026-08-22T09:00+00:00"),
        (45, "2026-08-22T09:45+00:00"),
        (0, "2026-08-22T12:00+00:00"),
    ]


def test_a_phase_merged_over_its_rows_is_one_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("alliance", tmp_path), capsys)
    assert [(move.title, len(move.injects)) for move in exercise.moves] == [("Indications", 2), ("Crisis", 1)]


def test_an_inject_merged_over_two_rows_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("alliance", tmp_path), capsys)
    drone = inject(exercise, "A drone")
    assert drone.text == "Found by a farmer.\n\nIt bears no markings."
    assert 'Implementer / Narrative: "Photo 4"' in (drone.notes or "")


def test_types_that_the_format_has_not_are_kept_in_the_notes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise, _ = imported(made("alliance", tmp_path), capsys)
    assert inject(exercise, "The hotline").kind == "contingency"
    drone = inject(exercise, "A drone")
    assert (drone.kind, 'Type: "Complexity"' in (drone.notes or "")) == ("standard", True)


def test_each_sheet_with_a_table_becomes_a_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("days", tmp_path), capsys)
    assert [move.title for move in exercise.moves] == ["Day 1", "Day 2"]
    assert [each.at for each in exercise.moves[1].injects] == [0, 30, 135, 135]


def test_a_date_and_a_time_apart_are_one_time_of_the_story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, account = imported(made("days", tmp_path), capsys)
    assert exercise.d_day == "2026-08-22"
    assert [each.scenario_time for each in exercise.moves[1].injects][:3] == ["D+1 09:00", "D+1 09:30", "D+1 11:15"]
    assert "D is 2026-08-22" in account


def test_one_sheet_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, account = imported(made("days", tmp_path), capsys, "--sheet", "day 2")
    assert len(exercise.moves) == 1
    assert 'The sheet "Day 1", which was not asked for:' in account


def test_elapsed_times_are_read_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("elapsed", tmp_path), capsys)
    assert [each.at for each in exercise.injects()] == [5, 90, 95, 108]


def test_text_that_means_something_to_yaml_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(made("elapsed", tmp_path), capsys)
    assert [each.text for each in exercise.injects()] == [
        "=text, not a formula?",
        "'quoted'",
        "Text with | pipes and: colons # hashes",
        "{braces} [brackets] - dash",
    ]


def test_map_says_what_a_column_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = imported(
        made("agency", tmp_path), capsys, "--map", "injected by=from", "--map", "Send from (simulated)=notes"
    )
    first = exercise.moves[0].injects[0]
    assert first.from_ == "J. Park"
    assert "Port Authority" in (first.notes or "")


def test_map_finds_a_header_of_unknown_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Wann,Was\n09:00,Der Hafen brennt\n09:30,Der Minister ruft an\n", encoding="utf-8")
    assert main(["import", str(path)]) == 1
    assert "no row of headings" in capsys.readouterr().err
    exercise, _ = imported(path, capsys, "--map", "Wann=time", "--map", "was=title")
    assert [(each.title, each.at) for each in exercise.injects()] == [
        ("Der Hafen brennt", 0),
        ("Der Minister ruft an", 30),
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--map", "Mode=channel"], "there is no key 'channel'"),
        (["--map", "Modus=via"], "has no column 'modus'"),
        (["--map", "via"], "names no column"),
        (["--sheet", "Plan"], "has no sheet 'Plan'. Its sheets: MSEL v3 FINAL, Contacts, Lookups"),
        (["-o", "Not An Id.yaml"], "cannot be an exercise's file"),
    ],
)
def test_wrong_arguments_exit_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert main(["import", str(made("agency", tmp_path)), *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


def test_a_korean_csv_of_old_encoding_with_semicolons_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "훈련.csv"
    rows = (
        "번호;시간;제목;내용;발신;수신;비고",
        "1;09:00;항만 파업;크레인이 멈췄다.;항만공사;국토부;",
        "2;09:20;기자 질문;연료는?;기자;전체;주의",
    )
    path.write_bytes("\n".join(rows).encode("cp949"))
    target = tmp_path / "strike.yaml"
    assert main(["import", str(path), "-o", str(target)]) == 0
    exercise = load_exercise(target)
    assert [(each.title, each.at, each.from_) for each in exercise.injects()] == [
        ("항만 파업", 0, "항만공사"),
        ("기자 질문", 20, "기자"),
    ]
    assert [cell.name for cell in exercise.cells] == ["국토부"]
    assert "it was read as cp949" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        (["220900ZAUG26", "221810IAUG26"], [0, 10]),
        (["0905", "0920"], [0, 15]),
        (["23:50", "00:20"], [0, 30]),
        (["5", "130"], [5, 130]),
        (["905", "1030"], [0, 85]),
        (["T+5", "T+20"], [5, 20]),
        (["H+0:05", "H+1"], [5, 60]),
        (["H-1", "H+1"], [0, 120]),
        (["D-1 09:00", "D-1 0930"], [0, 30]),
        (["", ""], [0, 10]),
        (["09:00", ""], [0, 0]),
    ],
)
def test_minutes_are_counted_from_the_moves_first_inject(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], times: list[str], minutes: list[int]
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(f"Time,Subject,To\n{times[0]},One,Seoul\n{times[1]},Two,Seoul\n", encoding="utf-8")
    exercise, _ = imported(path, capsys)
    assert [each.at for each in exercise.injects()] == minutes


@pytest.mark.parametrize(
    ("numbers", "minutes"), [([5, 20, 130], [5, 20, 130]), ([900, 930, 1005], [0, 30, 65]), ([830, 1215], [0, 225])]
)
def test_bare_numbers_are_minutes_or_times_of_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], numbers: list[int], minutes: list[int]
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Time", "Subject"])
    for number in numbers:
        book.worksheets[0].append([number, f"At {number}"])
    book.save(tmp_path / "plan.xlsx")
    exercise, _ = imported(tmp_path / "plan.xlsx", capsys)
    assert [each.at for each in exercise.injects()] == minutes


@pytest.mark.parametrize(
    ("encoding", "mark", "subject"),
    [
        ("utf-8", ",", "Café in Köln, 서울, 東京"),
        ("utf-8-sig", ";", "Café in Köln; 서울"),
        ("utf-16", "\t", "Café in Köln, 서울"),
        ("cp949", ",", "서울의 항만 파업"),
        ("cp932", ",", "東京での港のストライキ"),
        ("cp1252", ";", "Café in Köln – “wie immer”"),
    ],
)
def test_csv_is_read_in_the_encodings_and_with_the_separators_that_spreadsheets_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str, mark: str, subject: str
) -> None:
    path = tmp_path / "plan.csv"
    rows = (("Time", "Subject", "From"), ("09:00", f'"{subject}"', "Press"))
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))
    exercise, _ = imported(path, capsys)
    assert [(each.title, each.from_) for each in exercise.injects()] == [(subject, "Press")]


def test_times_of_day_on_a_sheet_named_after_its_day_are_of_that_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in ("Day 1", "Day 2"):
        sheet: Any = book.create_sheet(name)
        for row in (["Time", "Subject"], [time(9, 15), f"{name} opens"], [time(10, 0), f"{name} goes on"]):
            sheet.append(row)
    book.save(tmp_path / "two-days.xlsx")
    exercise, _ = imported(tmp_path / "two-days.xlsx", capsys)
    told = [[(each.at, each.scenario_time) for each in move.injects] for move in exercise.moves]
    assert told == [[(0, "D+0 09:15"), (45, "D+0 10:00")], [(0, "D+1 09:15"), (45, "D+1 10:00")]]
