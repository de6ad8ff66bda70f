"""`tabletop list`, `show`, `new` and `schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.cli import main
from tabletop.scenario.library import exercise_folders, find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.places import texts_by_place

SHIPPED = sorted(path.stem for path in exercise_folders()[-1].glob("*.yaml") if "." not in path.stem)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder with a folder for logs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TABLETOP_LOGS", str(tmp_path / "logs"))
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command prints, which ends well."""
    assert main(list(words)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_the_list_names_exercises_and_says_what_to_do_where_there_is_no_session(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(capsys, "list")
    for id in SHIPPED:
        assert f"  {id} " in out
    assert "none yet; tabletop run EXERCISE begins one" in out


def test_the_list_as_json_has_exercises_and_sessions(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "rehearse", SHIPPED[0], "--log", "logs/a.jsonl")
    Path("logs/b.jsonl").write_text("no log\n")
    value = json.loads(said(capsys, "list", "--json"))
    assert {entry["id"] for entry in value["exercises"]} == set(SHIPPED)
    assert {"id", "title", "path", "minutes"} <= set(value["exercises"][0])
    good, bad = value["sessions"]
    assert (good["name"], good["exercise"], good["standing"]) == ("a", SHIPPED[0], "closed")
    assert (bad["name"], bad["standing"]) == ("b", "unreadable")


@pytest.mark.parametrize("id", SHIPPED)
def test_the_page_of_a_shipped_exercise_fits_its_width(here: Path, capsys: pytest.CaptureFixture[str], id: str) -> None:
    lines = said(capsys, "show", id).splitlines()
    assert lines[0] == lines[-1]  # the marking
    assert max(len(line) for line in lines) <= 100


def test_the_page_says_who_when_and_what_depends_on_what(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "new", "harbour")
    out = said(capsys, "show", "harbour")
    assert "Move 1: The first morning (morning, 40 min, D+0 08:00)" in out
    assert "0:05  The crane drivers walk out (walkout)" in out
    assert "? Whom do you call first?" in out
    assert "- press: The press. [trust -2]" in out
    assert "only if" in out
    assert "In the pocket:" in out


def test_the_list_says_what_an_exercise_trains_for_whom_and_what_to_read_before(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "new", "harbour")
    out = said(capsys, "list")
    about = out[out.index("  harbour  Harbour (0:40 h, 2 cells, 1 move; topic)") :].splitlines()[1:4]
    assert about == [
        "      Trains: consulting before acting.",
        "      In the room: whoever would take these decisions.",
        "      Read before: what binds the players on the day.",
    ]
    [entry] = [each for each in json.loads(said(capsys, "list", "--json"))["exercises"] if each["id"] == "harbour"]
    assert (entry["trains"], len(entry["audience"]), len(entry["read_before"])) == (["consulting before acting"], 1, 1)


def test_the_page_in_full_has_every_text_in_its_place(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exercise = load_exercise(find_exercise("northern-arc"))
    page = " ".join(said(capsys, "show", "northern-arc", "--full").split())
    short = " ".join(said(capsys, "show", "northern-arc").split())
    untold = {"via", "name", "title"}  # told with other words about them, or with a sign of a list
    texts = {place: " ".join(text.split()) for place, text in texts_by_place(exercise).items()}
    kept = {place: text for place, text in texts.items() if place.rsplit(".", 1)[-1] not in untold}
    missing = [place for place, text in kept.items() if text not in page and not place.startswith("tracks.")]
    assert [place for place in missing if not place.startswith("objectives.")] == []
    assert texts["background"] in page
    assert texts["background"] not in short


def test_the_full_page_is_asked_for_as_a_page_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "northern-arc", "--full", "--json"]) == 2
    assert "--full is for the page in the terminal" in capsys.readouterr().err


def test_wide_characters_are_wrapped_by_their_width(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "new", "harbour")
    path = Path("exercises/harbour.yaml")
    korean = "서울과 도쿄는 " * 30
    path.write_text(path.read_text().replace("One paragraph for the library and the cover:", korean))
    lines = [line for line in said(capsys, "show", "harbour").splitlines() if "서울" in line]
    assert len(lines) > 3
    assert all(len(line) + sum(char > "\u1100" for char in line) <= 100 for line in lines)


def test_the_json_form_names_no_script_and_where_each_inject_came_from(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = json.loads(said(capsys, "show", "gsomia-ninety-days", "--json"))
    assert "injects_from" not in value
    drawn = [inject["drawn_from"] for move in value["moves"] for inject in move["injects"] if "drawn_from" in inject]
    assert drawn
    assert all("/" in each for each in drawn)


def test_an_exercise_is_shown_in_another_language(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "new", "harbour")
    text = "format: 1\ntranslates: harbour\nlanguage: ko\ntexts: {title: {text: 항구, of: x}}\n"
    Path("exercises/harbour.ko.yaml").write_text(text)
    assert json.loads(said(capsys, "show", "harbour", "--json", "--language", "ko"))["title"] == "항구"
    assert main(["show", "harbour", "--language", "ja"]) == 2
    assert "Its translations: ko." in capsys.readouterr().err


def test_a_new_exercise_is_never_written_over_another(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "new", "harbour")
    Path("exercises/harbour.yaml").write_text("mine")
    assert main(["new", "harbour"]) == 1
    assert "exists already" in capsys.readouterr().err
    assert Path("exercises/harbour.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", ["Harbour", "a b", "ex/Ä.yaml", "../", "", "a/b/.yaml"])
def test_a_new_exercise_needs_an_id_for_a_name(here: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["new", name]) == 2
    assert "is not an id" in capsys.readouterr().err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "path"), [("a-b", "exercises/a-b.yaml"), ("x/c.yaml", "x/c.yaml"), ("x/d", "x/d.yaml")]
)
def test_a_new_exercise_passes_its_check(here: Path, capsys: pytest.CaptureFixture[str], name: str, path: str) -> None:
    assert f"tabletop check {path}" in said(capsys, "new", name)
    assert said(capsys, "check", path) == "1 file: nothing found.\n"


@pytest.mark.parametrize("words", [["schema"], ["schema", "--script"]])
def test_the_schema_is_json(here: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    schema = json.loads(said(capsys, *words))
    assert schema["additionalProperties"] is False
    assert "Inject" in schema["$defs"]
