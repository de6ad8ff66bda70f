"""The parts of the author's screen by themselves: editors, watching, branches, courses of play, what cells see."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tabletop.cli import main
from tabletop.console.desk import go_on
from tabletop.console.edit.branching import Branches
from tabletop.console.edit.course import Course, Point, leading_to, reach, write_trial
from tabletop.console.edit.describing import place_of
from tabletop.console.edit.editors import editor_at
from tabletop.console.edit.looking import look
from tabletop.console.edit.proving import Proof
from tabletop.console.edit.seen import views
from tabletop.console.edit.watching import Watch
from tabletop.errors import TabletopError, UsageError
from tabletop.scenario.index import Index
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tests.console.editing import LEAK, MISSPELT, TEXT, changed, line_of, save

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SHIPPED = ["gsomia-ninety-days", "northern-arc", "opcon-conditions"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An exercise that nothing is wrong with."""
    path = tmp_path / "harbour.yaml"
    save(path)
    return path


# --- editors ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "words", "own_window"),
    [
        ("vim", ["vim", "+7", "a.yaml"], False),
        ("nvim -u NONE", ["nvim", "-u", "NONE", "+7", "a.yaml"], False),
        ("/usr/bin/nano", ["/usr/bin/nano", "+7,3", "a.yaml"], False),
        ("emacs -nw", ["emacs", "-nw", "+7:3", "a.yaml"], False),
        ("micro", ["micro", "+7:3", "a.yaml"], False),
        ("kak", ["kak", "+7:3", "a.yaml"], False),
        ("hx", ["hx", "a.yaml:7:3"], False),
        ("helix", ["helix", "a.yaml:7:3"], False),
        ("code --wait", ["code", "--wait", "--goto", "a.yaml:7:3"], True),
        ("subl", ["subl", "a.yaml:7:3"], True),
        ("'/my tools/vim'", ["/my tools/vim", "+7", "a.yaml"], False),
        ("some-editor", ["some-editor", "a.yaml"], False),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(named: str, words: list[str], own_window: bool) -> None:
    editor = editor_at("a.yaml", 7, 3, {"EDITOR": named})
    assert list(editor.words) == words
    assert editor.own_window == own_window


def test_visual_comes_before_editor() -> None:
    assert editor_at("a.yaml", 1, 1, {"VISUAL": "nano", "EDITOR": "vim"}).words[0] == "nano"
    assert editor_at("a.yaml", 1, 1, {"VISUAL": " ", "EDITOR": "vim"}).words[0] == "vim"


@pytest.mark.parametrize("environment", [{}, {"EDITOR": ""}, {"EDITOR": "vim 'x"}])
def test_where_no_editor_is_named_the_place_is_said(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"a\.yaml:7:3"):
        editor_at("a.yaml", 7, 3, environment)


def test_a_file_whose_name_begins_with_a_dash_is_no_option() -> None:
    assert editor_at("-c.yaml", 7, 3, {"EDITOR": "vim"}).words == ("vim", "+7", "./-c.yaml")


# --- watching -----------------------------------------------------------------------------------------


def test_a_save_is_told_once_and_not_while_it_is_being_written(file: Path) -> None:
    watch = Watch(file)
    assert not watch.changed()
    save(file, TEXT[:100])
    assert not watch.changed()
    save(file, TEXT[:200])
    assert not watch.changed()
    assert watch.changed()
    assert not watch.changed()


def test_another_file_of_the_same_size_and_time_is_a_change(file: Path) -> None:
    watch = Watch(file)
    before = file.stat()
    new = file.with_name("new")
    save(new, TEXT.replace("Leaked", "Stolen"))
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(file)
    assert [watch.changed(), watch.changed()] == [False, True]


def test_a_file_that_goes_and_comes_back_is_two_changes(file: Path) -> None:
    watch = Watch(file)
    file.unlink()
    assert [watch.changed(), watch.changed()] == [False, True]
    save(file)
    assert [watch.changed(), watch.changed()] == [False, True]


def test_rights_that_are_given_back_are_a_change(file: Path) -> None:
    file.chmod(0o000)
    watch = Watch(file)
    time.sleep(0.02)  # the clock of some file systems is coarse
    file.chmod(0o644)
    assert [watch.changed(), watch.changed()] == [False, True]


def test_a_script_that_appears_is_a_change(file: Path) -> None:
    watch = Watch(file)
    watch.follow(["press"])
    assert not watch.changed()
    (file.parent / "injects").mkdir()
    save(file.parent / "injects" / "press.yaml", "format: 1\n")
    assert [watch.changed(), watch.changed()] == [False, True]


# --- looking and proving ------------------------------------------------------------------------------


def test_a_look_tells_form_at_once_and_the_proof_adds_the_branches(file: Path) -> None:
    save(file, changed("    minutes: 40", "    minutes: 5"))
    assert not look(file).faults
    proof = Proof(file)
    assert {fault.rule for fault in proof.faults()} >= {"late-inject", "time-overrun"}


def test_a_proof_that_is_stopped_says_so(file: Path) -> None:
    proof = Proof(file)
    proof.stop()
    with pytest.raises(TabletopError):
        proof.faults()


def test_modules_in_the_authors_folder_are_never_imported(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("tabletop.py", "yaml.py", "json.py"):
        save(file.parent / name, "raise SystemExit('imported')")
    monkeypatch.chdir(file.parent)
    assert Proof(Path("harbour.yaml")).faults() == []


def test_what_is_under_the_cursor_is_found_in_the_file(file: Path) -> None:
    tree = look(file).tree
    assert place_of("inject:leak", tree) == (str(file), line_of("- id: leak"), 9)
    assert place_of("decision:answer", tree) == (str(file), line_of("- id: answer"), 13)
    assert place_of("move:evening", tree) == (str(file), line_of("- id: evening"), 5)
    assert place_of("inject:nothing", tree) is None


def test_an_inject_that_is_drawn_on_as_it_is_stands_in_its_script() -> None:
    tree = look(find_exercise("gsomia-ninety-days")).tree
    place = place_of("inject:metis-paper", tree)
    assert place is not None
    assert place.file.endswith(("gsomia.yaml", "gsomia-ninety-days.yaml"))


# --- branches -----------------------------------------------------------------------------------------


def branches(file: Path, when: str) -> Branches:
    """The branches, with another condition for the protest note."""
    save(file, changed("          chose: {answer: [escort]}", when))
    return Branches.of(Index(load_exercise(file)))


def test_a_choice_under_not_closes(file: Path) -> None:
    found = branches(file, "          released: [closure]\n          not: {chose: {answer: [wait]}}")
    [said] = found.on_choice("answer", "wait")
    assert said.startswith("closes A protest note (protest, asked with others: ")
    assert list(found.on_choice("answer", "escort")) == []
    [said] = found.on_release("closure")
    assert said.startswith("opens A protest note")


def test_a_choice_of_one_cell_says_whose(file: Path) -> None:
    found = branches(file, "          chose: {answer/jpn: [escort]}")
    assert list(found.on_choice("answer", "escort")) == ["opens A protest note (protest) if it is 東京 that chooses it"]


def test_a_track_says_from_which_value_on(file: Path) -> None:
    found = branches(file, "          any: [{track: {trust: '<= 3'}}, {track: {fuel: '>= 9'}}]")
    [said] = found.on_track("trust")
    assert said.startswith("<= 3 opens A protest note")


# --- courses of play ----------------------------------------------------------------------------------


def test_play_is_taken_up_to_a_point_and_no_further(file: Path, tmp_path: Path) -> None:
    index = Index(load_exercise(file))
    point = Point("inject", "protest")
    course = leading_to(index, Course(), point)
    reached = reach(index, course, point)
    log = tmp_path / "trial.jsonl"
    write_trial(index, reached, log, NOW)
    session = go_on(log)
    try:
        assert set(session.state.play.released) == {"closure", "leak"}
        assert session.clock.elapsed == 600
        assert session.events[-1].at == "2026-11-24T09:00:00.000Z"
        assert session.events[0].at == "2026-11-24T08:50:00.000Z"
        assert session.state.play.readings["answer"]
    finally:
        session.close()


def test_a_choice_of_the_authors_is_kept_on_the_way(file: Path) -> None:
    index = Index(load_exercise(file))
    course = leading_to(index, Course(("answer/rok=wait",)), Point("inject", "protest"))
    assert course.given[-1] == "answer/rok=wait"
    assert reach(index, course, Point("inject", "protest")).total == 10


def test_a_point_that_nothing_leads_to_is_passed_by(file: Path) -> None:
    index = Index(load_exercise(file))
    course = Course(("answer=wait",))
    assert leading_to(index, course, Point("inject", "protest")) == course
    assert reach(index, course, Point("inject", "protest")).total is None


def test_choices_that_the_exercise_no_longer_offers_are_passed_over(file: Path) -> None:
    index = Index(load_exercise(file))
    course = Course(("gone=yes", "answer=gone", "answer/rok=wait"))
    assert [str(given) for given in course.choices(index).given] == ["answer/rok=wait"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_inject_and_move_of_the_shipped_exercises_can_be_played_from(name: str, tmp_path: Path) -> None:
    index = Index(load_exercise(find_exercise(name)))
    points = [Point("move", move) for move in index.moves] + [Point("inject", inject) for inject in index.injects]
    for at, point in enumerate(points):
        reached = reach(index, leading_to(index, Course(), point), point)
        assert reached.total is not None, point
        write_trial(index, reached, tmp_path / f"{at}.jsonl", NOW)


def test_play_that_began_before_the_calendar_is_refused(file: Path, tmp_path: Path) -> None:
    save(file, changed("    minutes: 40", "    minutes: 4000000000"))
    index = Index(load_exercise(file))
    point = Point("move", "evening")
    with pytest.raises(TabletopError, match="millennia"):
        write_trial(index, reach(index, Course(), point), tmp_path / "trial.jsonl", NOW)


def test_play_that_leaves_the_calendar_has_no_views_and_says_why(file: Path) -> None:
    save(file, changed("    minutes: 40", "    minutes: 5000000000"))
    assert "millennia" in views(Index(load_exercise(file)), Course()).fault


# --- what cells see -----------------------------------------------------------------------------------


def test_every_card_is_shown_to_whom_it_goes_and_to_nobody_else(file: Path) -> None:
    save(file, changed(LEAK, f"{LEAK}\n        private: {{jpn: OWN}}"))
    found = views(Index(load_exercise(file)), Course())
    titles = {eyes: [seen.card.title for seen in cards] for eyes, cards in found.cards.items()}
    assert "Leaked paper" in titles["jpn"]
    assert "Leaked paper" not in titles["rok"]
    assert "Leaked paper" not in titles[None]
    assert [seen.card.own for seen in found.cards["jpn"] if seen.card.title == "Leaked paper"] == ["OWN"]


def test_what_follows_a_choice_is_read_to_those_who_chose(file: Path) -> None:
    found = views(Index(load_exercise(file)), Course(("answer/rok=escort", "answer/jpn=wait")))
    assert [seen.about for seen in found.cards["rok"] if seen.card.title == "What follows"] == ["decision:answer"]
    assert not [seen for seen in found.cards["jpn"] if seen.card.title == "What follows"]


def test_what_the_course_passes_by_is_shown_last_and_marked(file: Path) -> None:
    found = views(Index(load_exercise(file)), Course(("answer=wait",)))
    passed_by = [seen.about for seen in found.cards["rok"] if not seen.planned]
    assert passed_by == ["inject:protest", "inject:calm"]


# --- the command --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["brand-new", "exercises/brand-new.yaml"])
def test_an_exercise_that_is_not_there_yet_leads_to_new(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["edit", name]) == 2
    said = capsys.readouterr().err
    assert f"`tabletop new {name}` writes one to start from." in said
    assert said.count("\n") == 1


def test_without_a_terminal_it_is_one_sentence(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(file, TEXT.replace(LEAK, MISSPELT))
    assert main(["edit", str(file)]) == 2
    assert "A screen needs a terminal." in capsys.readouterr().err


def test_its_help_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["edit", "--help"])
    assert "Enter opens the editor" in " ".join(capsys.readouterr().out.split())
