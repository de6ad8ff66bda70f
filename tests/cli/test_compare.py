"""`tabletop compare`: many logs in, one comparison out; what is wrong with one log is said, the rest goes on."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tabletop.cli import main


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four rehearsals of one exercise, and one of another."""
    folder = tmp_path_factory.mktemp("logs")
    for seed in range(4):
        main(["rehearse", "gsomia-ninety-days", "--seed", str(seed), "--log", str(folder / f"r{seed}.jsonl")])
    main(["rehearse", "opcon-conditions", "--log", str(folder / "other.jsonl")])
    return folder


def names(logs: Path, count: int = 4) -> list[str]:
    return [str(logs / f"r{seed}.jsonl") for seed in range(count)]


def test_the_comparison_is_printed(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *names(logs)]) == 0
    said = capsys.readouterr().out
    assert "GSOMIA: ninety days: 4 sessions compared" in said
    assert "S1-S4: rehearsed" in said
    assert "Paths through the branches" in said


def test_sessions_are_found_by_name_in_the_logs_folder(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "r0", "r1", "--logs", str(logs), "--format", "json"]) == 0
    assert [each["log"] for each in json.loads(capsys.readouterr().out)["sessions"]] == ["r0", "r1"]


def test_the_order_of_the_arguments_makes_no_difference(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["compare", *names(logs)])
    forward = capsys.readouterr().out
    main(["compare", *reversed(names(logs))])
    assert capsys.readouterr().out == forward


def test_logs_of_different_exercises_are_refused_in_one_sentence(
    logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *names(logs), str(logs / "other.jsonl")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "of 2 exercises" in said.err


def test_what_is_not_there_or_no_log_is_said_and_the_others_are_compared(
    logs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.jsonl").write_text("{}\n")
    assert main(["compare", *names(logs, 2), str(tmp_path / "no.jsonl"), str(tmp_path / "gone.jsonl")]) == 2
    said = capsys.readouterr()
    assert "2 sessions compared" in said.out
    assert "no.jsonl is not a session log" in said.err
    assert "There is no log at" in said.err


def test_a_damaged_log_is_used_up_to_there_and_the_exit_code_is_1(
    logs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (logs / "r0.jsonl").read_bytes().splitlines(keepends=True)
    lines[20] = lines[20].replace(b'"auto"', b'"ann"')
    (tmp_path / "bad.jsonl").write_bytes(b"".join(lines))
    assert main(["compare", str(tmp_path / "bad.jsonl"), *names(logs)[1:]]) == 1
    said = capsys.readouterr()
    assert "(bad): damaged at line 21" in said.out
    assert "bad.jsonl:21:" in said.err


def test_a_torn_log_is_used_and_said(logs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "torn.jsonl").write_bytes((logs / "r0.jsonl").read_bytes()[:-40])
    assert main(["compare", str(tmp_path / "torn.jsonl"), *names(logs)[1:]]) == 0
    assert "(torn): torn at line" in capsys.readouterr().out


def test_a_log_given_twice_counts_once(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = str(logs / ".." / logs.name / "r0.jsonl")
    assert main(["compare", *names(logs, 2), twice]) == 0
    assert "2 sessions compared" in capsys.readouterr().out


def test_one_session_is_set_against_the_rest(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *names(logs), "--against", str(logs / "r2.jsonl")]) == 0
    assert "S3 (r2) against the other 3" in capsys.readouterr().out


def test_a_session_that_is_not_there_cannot_stand_against_the_rest(
    logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *names(logs), "--against", "nobody", "--logs", str(logs)]) == 2
    assert "There is no log at" in capsys.readouterr().err


def test_the_page_is_written_to_a_new_file_and_never_over_one(
    logs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "compared.html"
    assert main(["compare", *names(logs), "--format", "html", "-o", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["compare", *names(logs), "--format", "html", "-o", str(page)]) == 1
    assert "is not overwritten" in capsys.readouterr().err


@pytest.mark.parametrize("table", ["choices", "answers", "paths", "tracks", "ratings", "sessions", "against"])
def test_csv_and_parquet_have_the_same_rows(
    logs: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], table: str
) -> None:
    words = ["compare", *names(logs), "--table", table, "--against", str(logs / "r0.jsonl")]
    assert main([*words, "--format", "csv"]) == 0
    heading, *rows = csv.reader(io.StringIO(capfdbinary.readouterr().out.decode()))
    path = tmp_path / "table.parquet"
    assert main([*words, "--format", "parquet", "-o", str(path)]) == 0
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    assert found.columns == heading
    assert len(found.fetchall()) == len(rows) > 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--table", "choices"], "--table is for csv and parquet"),
        (["--format", "csv", "--table", "against"], "needs a session"),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(
    logs: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["compare", *names(logs), *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("words", [["compare", "--help"], ["actions", "--help"], ["log", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    program = (
        "import sys\nfrom tabletop.cli import main\n"
        f"try:\n    main({words!r})\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split()[1:])
    assert not loaded & {"pydantic", "yaml", "jinja2", "duckdb", "textual", "rich"}


def test_text_and_json_need_no_extra(logs: Path) -> None:
    program = (
        "import sys\nfrom tabletop.cli import main\n"
        f"main(['compare', *{names(logs)!r}])\n"
        "print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not set(done.stdout.splitlines()[-1].split()[1:]) & {"jinja2", "duckdb", "textual", "rich"}
