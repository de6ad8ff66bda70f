"""`tabletop check`: what it prints, in which form, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.cli import main

EXERCISE = """\
format: 1
id: drill
title: The drill
cells:
  - {id: rok, name: Seoul}
moves:
  - id: first
    title: First
    minutes: 5
    injects:
      - id: call
        title: A call
"""
SCRIPT = """\
format: 1
id: media
injects:
  - id: leak
    title: A leak
    to: [usa]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an exercise in exercises/."""
    monkeypatch.chdir(tmp_path)
    put("exercises/drill.yaml", EXERCISE)
    return tmp_path


def put(name: str, text: str) -> None:
    """Write a file below the working folder."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def check(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr."""
    code = main(["check", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def findings(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    """What `--format json` prints."""
    found: list[dict[str, object]] = json.loads(check(capsys, *words, "--format", "json")[1])
    return found


def test_nothing_found_is_said_and_ends_with_zero(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(capsys, "drill") == (0, "1 file: nothing found.\n", "")


def test_a_fault_is_told_with_its_line_a_caret_a_remedy_and_the_file_as_it_was_given(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("exercises/drill.yaml", EXERCISE.replace("minutes: 5", "minuets: 5"))
    code, out, err = check(capsys, "./exercises/../exercises/drill.yaml")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "./exercises/../exercises/drill.yaml:9:5 TT105 `minuets` is not a key of this.",
        "    9 |     minuets: 5",
        "      |     ^",
        "    help: did you mean `minutes`?",
        "1 file: 1 error.",
    ]


def test_the_caret_stands_below_its_place_after_wide_characters(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("exercises/drill.yaml", EXERCISE.replace("Seoul", "서울, x: 1"))
    line, caret = check(capsys, "exercises/drill.yaml")[1].splitlines()[1:3]
    wide = sum(char in "서울" for char in line)
    assert caret.index("^") == line.index("x: 1") + wide


@pytest.mark.parametrize("before", [1, 300])
def test_of_a_long_line_the_part_around_the_caret_is_shown(
    here: Path, capsys: pytest.CaptureFixture[str], before: int
) -> None:
    put("exercises/drill.yaml", EXERCISE.replace("Seoul", f"{'S' * before}, x: {'1' * 300}"))
    line, caret = check(capsys, "exercises/drill.yaml")[1].splitlines()[1:3]
    assert len(line) <= 100
    assert line[caret.index("^")] == "x"


def test_as_json_it_is_one_list_of_entries_with_every_field(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("exercises/drill.yaml", EXERCISE.replace("Seoul", "서울 😀, x: 1"))
    assert findings(capsys, "exercises/drill.yaml") == [
        {
            "code": "TT105",
            "rule": "unknown-key",
            "severity": "error",
            "message": "`x` is not a key of this.",
            "file": "exercises/drill.yaml",
            "line": 5,
            "column": 27,
            "path": "cells[0].x",
            "help": "Known here: id, name, roles, brief, aims.",
        }
    ]


def test_as_json_nothing_found_is_an_empty_list(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings(capsys, "drill") == []


def test_a_warning_ends_with_one_and_a_note_with_zero(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("exercises/drill.ko.yaml", "format: 1\ntranslates: drill\nlanguage: ko\ntexts: {}\n")
    code, out, _ = check(capsys, "drill")
    assert code == 0
    assert "2 files: 1 note." in out
    put("exercises/drill.yaml", EXERCISE.replace("minutes: 5", "minutes: 05"))
    code, out, _ = check(capsys, "drill")
    assert code == 1
    assert "1 warning, 1 note." in out


def test_what_cannot_be_read_ends_with_two_and_the_rest_is_worked_through(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = check(capsys, "gone.yaml", "drill", "nothing-of-this-name")
    assert code == 2
    assert out == "1 file: nothing found.\n"
    assert err.count("\n") == 2


def test_where_nothing_could_be_read_stdout_stays_empty(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "json"):
        code, out, err = check(capsys, "gone.yaml", "--format", form)
        assert (code, out) == (2, "")
        assert err == "tabletop: There is no file gone.yaml. `tabletop list` shows what there is.\n"


def test_a_folder_is_looked_through_and_a_fault_in_a_script_is_told_once(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("injects/media.yaml", SCRIPT.replace("title: A leak", "titel: A leak"))
    put("exercises/.hidden/x.yaml", "a: [")
    for id in ("drill", "other"):
        text = EXERCISE.replace("id: drill", f"id: {id}").replace("moves:", "injects_from: [media]\nmoves:")
        put(f"exercises/{id}.yaml", text + "      - media/leak\n")
    found = findings(capsys, ".")
    assert [(one["rule"], one["file"], one["line"]) for one in found] == [
        ("unknown-key", "injects/media.yaml", 5),
        ("unknown-reference", "injects/media.yaml", 6),
    ]


def test_a_folder_without_yaml_is_wrong_arguments(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "empty").mkdir()
    code, out, err = check(capsys, "empty")
    assert (code, out) == (2, "")
    assert "There is no .yaml file in empty." in err


def test_an_exercise_brings_its_translations_along(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("exercises/drill.ko.yaml", "format: 1\ntranslates: drill\nlanguage: ko\ntexts: {gone: {text: x, of: y}}\n")
    assert {one["rule"] for one in findings(capsys, "drill")} == {"left-over-translation", "missing-translation"}


def test_further_folders_of_scripts_are_looked_in_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("more/media.yaml", SCRIPT.replace("usa", "rok"))
    put("exercises/drill.yaml", EXERCISE.replace("moves:", "injects_from: [media]\nmoves:") + "      - media/leak\n")
    assert check(capsys, "drill", "--injects", "more")[0] == 0


def test_as_sarif_and_for_github_the_place_is_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("exercises/drill.yaml", EXERCISE.replace("minutes: 5", "minutes: soon"))
    code, out, _ = check(capsys, "drill", "--format", "sarif")
    [result] = json.loads(out)["runs"][0]["results"]
    assert code == 1
    assert result["ruleId"] == "TT103"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "exercises/drill.yaml"},
        "region": {"startLine": 9, "startColumn": 14},
    }
    _, out, _ = check(capsys, "drill", "--format", "github")
    assert out.startswith("::error file=exercises/drill.yaml,line=9,col=14,title=TT103 wrong-type::`minutes`")


def test_control_characters_of_a_file_never_reach_the_screen(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("exercises/drill.yaml", EXERCISE.replace("minutes: 5", '"min\\e]0;x\\auets\u202e": 5'))
    _, out, err = check(capsys, "drill")
    assert not set(out + err) & set("\x1b\x07\u202e")


def test_a_small_budget_tells_what_is_not_proven_and_a_larger_one_proves_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asking = "".join(
        f"      - {{id: i{n}, title: I, decisions: [{{id: d{n}, question: Q?, options:"
        f" [{{id: x, text: X, effects: {{t: 1}}}}, {{id: y, text: Y}}]}}]}}\n"
        for n in range(8)
    )
    path = tmp_path / "drill.yaml"
    path.write_text(
        "format: 1\nid: drill\ntitle: Drill\ncells: [{id: a, name: A}]\ntracks: [{id: t, name: T, start: 0}]\n"
        "moves:\n  - id: m\n    title: M\n    minutes: 5\n    injects:\n" + asking + ""
        "      - {id: rare, title: R, when: {chose: {d0: x, d1: x, d2: x, d3: x, d4: x, d5: x, d6: x, d7: x}, track:"
        ' {t: ">= 8"}}}\n'
        "      - {id: often, title: O, when: {track: {t: '>= 2'}}}\n",
        encoding="utf-8",
    )
    assert main(["check", "--budget", "20", "--format", "json", str(path)]) == 0
    told = {(each["rule"], each["path"]) for each in json.loads(capsys.readouterr().out)}
    assert ("not-proven", "") in told
    assert ("not-proven", "moves[0].injects[9]") not in told
    assert main(["check", str(path)]) == 0
    assert "nothing found" in capsys.readouterr().out
    assert main(["check", "--budget", "0", str(path)]) == 2
