"""The author's screen follows the files: faults, the last good rendering, views, trials, the editor."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tabletop.console.edit.app import EditApp
from tabletop.console.edit.screen import EditScreen
from tests.console.conftest import SIZES, recorded, said, shows, text_of
from tests.console.editing import LEAK, MISSPELT, TEXT, app_on, changed, line_of, opened, recorder, rename_over, save
from tests.console.test_hostile import HOSTILE, check, poisoned
from tests.console.test_play import press

PROVEN = "every branch looked at"
BROKEN = changed(LEAK, MISSPELT)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An exercise that nothing is wrong with."""
    path = tmp_path / "harbour.yaml"
    save(path)
    return path


async def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds."""
    for _ in range(200):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{what} never came")


# --- faults -------------------------------------------------------------------------------------------


async def test_what_is_said_of_an_empty_view_is_said_whole(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(100, 30)):
        await shows(app, "4 what cells see.")


async def test_a_click_on_a_view_shows_it(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(app, "[1 Findings")
        line, text = next((at, row) for at, row in enumerate(text_of(app).splitlines()) if "2 Schedule" in row)
        await pilot.click(offset=(text.index("2 Schedule") + 3, line))
        await shows(app, "[2 Schedule]")


@pytest.mark.parametrize("size", SIZES)
async def test_a_save_shows_a_new_fault_at_its_line_with_a_caret(file: Path, size: tuple[int, int]) -> None:
    app = app_on(file)
    async with app.run_test(size=size):
        await shows(app, PROVEN)
        assert "Nothing found." in said(app)
        save(file, BROKEN)
        await shows(app, f"harbour.yaml:{line_of('texts:', BROKEN)}:9 TT105")
        assert "did you mean `text`?" in said(app)
        lines = text_of(app).splitlines()
        at = next(number for number, line in enumerate(lines) if "|         texts: A" in line)
        assert lines[at + 1].index("^") == lines[at].index("texts:")


async def test_mending_it_clears_the_fault(file: Path) -> None:
    save(file, BROKEN)
    app = app_on(file)
    async with app.run_test(size=(120, 40)):
        await shows(app, "TT105")
        save(file)
        await shows(app, PROVEN)
        assert "TT105" not in said(app)


async def test_it_tells_what_check_tells(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tabletop.cli import main

    save(file, changed("    minutes: 40", "    minutes: 5"))
    main(["check", str(file), "--format", "json"])
    told = {(fault["code"], fault["line"], fault["column"]) for fault in json.loads(capsys.readouterr().out)}
    assert told
    app = app_on(file)
    async with app.run_test(size=(120, 40)):
        await shows(app, PROVEN)
        screen = app.screen
        assert isinstance(screen, EditScreen)
        assert {(fault.code, fault.line, fault.column) for fault in screen.looked.faults} == told


async def test_faults_come_before_doubts(file: Path) -> None:
    one = "moves:\n  - {id: eve, title: Eve, minutes: 05}\n"
    save(file, changed("moves:\n", one, BROKEN))
    app = app_on(file)
    async with app.run_test(size=(120, 40)):
        found = await shows(app, "TT105")
        assert found.index("TT105") < found.index("TT209")


async def test_a_file_replaced_by_an_editors_rename_is_followed(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)):
        await shows(app, PROVEN)
        rename_over(file, BROKEN)
        await shows(app, "TT105")
        rename_over(file, TEXT)
        await shows(app, PROVEN)


async def test_a_link_is_followed_to_its_file(file: Path) -> None:
    link = file.parent / "linked" / "harbour.yaml"
    link.parent.mkdir()
    link.symlink_to(file)
    app = app_on(link)
    async with app.run_test(size=(120, 40)):
        await shows(app, PROVEN)
        save(file, BROKEN)
        await shows(app, "TT105")


async def test_a_change_in_a_script_is_shown(file: Path) -> None:
    script = file.parent / "injects" / "press.yaml"
    script.parent.mkdir()
    written = "format: 1\nid: press\ninjects:\n  - id: poll\n    title: A poll of voters\n    text: Half say no.\n"
    save(script, written)
    drawing = TEXT.replace("moves:\n", "injects_from: [press]\nmoves:\n")
    save(file, changed("      - id: leak\n", "      - press/poll\n      - id: leak\n", drawing))
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "2")
        await shows(app, "A poll of voters")
        save(script, written.replace("A poll of voters", "A poll of sailors"))
        await shows(app, "A poll of sailors")
        save(script, written.replace("title", "titel"))
        await press(pilot, "1")
        await shows(app, "TT105")
        assert "`titel` is not a key of this." in said(app)
        assert "injects/press.yaml:5:5" in said(app)


async def test_a_stale_translation_is_told(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)):
        await shows(app, PROVEN)
        text = 'format: 1\ntranslates: harbour\nlanguage: ko\ntexts:\n  title: {text: "항만", of: "00000000"}\n'
        save(file.parent / "harbour.ko.yaml", text)
        await shows(app, "The text at `title` has changed since it was translated.")


async def test_a_finding_in_full_has_the_page_of_its_rule(file: Path) -> None:
    save(file, BROKEN)
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await shows(app, "TT105")
        await press(pilot, "v")
        await shows(app, "TT105 unknown-key (error)")


# --- what does not load -------------------------------------------------------------------------------


async def test_while_it_does_not_load_the_last_good_rendering_stays_and_says_so(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "2")
        await shows(app, "Leaked paper (leak)")
        save(file, TEXT[: TEXT.index("Leaked paper")] + "[")
        await shows(app, "; the file has")
        assert "as of " in said(app)
        assert "Leaked paper (leak)" in said(app)
        save(file, changed("Leaked paper", "A stolen paper"))
        await shows(app, "A stolen paper (leak)")
        assert "as of" not in said(app)


@pytest.mark.parametrize("state", ["", "\t", "format: 1\nid:", "moves: [", "a: b: c", "\x00", "- x\n", "moves: {}\n"])
async def test_no_half_written_state_ends_it(file: Path, state: str) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await shows(app, PROVEN)
        save(file, state)
        await shows(app, "as of ")
        await press(pilot, "2", "3", "4", "v", "escape", "1")
        save(file)
        await shows(app, PROVEN)


async def test_a_file_that_vanishes_is_said_to_be_gone_until_it_is_back(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await shows(app, PROVEN)
        file.unlink()
        await shows(app, "the file cannot be read now")
        await press(pilot, "2")
        await shows(app, "Leaked paper (leak)")
        save(file)
        await shows(app, PROVEN)


async def test_an_exercise_that_never_loaded_has_findings_only(file: Path) -> None:
    save(file, BROKEN)
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await shows(app, "the file has 1 fault now")
        await press(pilot, "2")
        await shows(app, "It has not loaded yet: see Findings.")
        await press(pilot, "p", "c")
        save(file)
        await shows(app, "Leaked paper (leak)")


async def test_a_newer_save_makes_an_older_proof_void(file: Path) -> None:
    crowded = changed("    minutes: 40", "    minutes: 5")
    app = app_on(file)
    async with app.run_test(size=(120, 40)):
        await shows(app, PROVEN)
        for text in (crowded, TEXT, crowded, TEXT):
            save(file, text)
            await asyncio.sleep(0.25)
        await shows(app, f"nothing found; {PROVEN}")
        await asyncio.sleep(1)
        assert f"nothing found; {PROVEN}" in said(app)


# --- the views ----------------------------------------------------------------------------------------


async def test_the_schedule_says_when_to_whom_and_on_what_condition(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "2")
        found = await shows(app, "0:10 A protest note (protest)")
        assert "if answer: escort" in found
        assert "to 東京" in found
        assert "pocket Calm seas (calm)" in found


async def test_branches_say_which_choice_opens_what(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "3")
        found = await shows(app, "escort: opens A protest note (protest); trust -2")
        assert "wait: trust +1" in found


async def test_a_cells_view_hides_what_others_alone_are_given(file: Path) -> None:
    private = f"{LEAK}\n        notes: CONTROL'S OWN\n        private: {{jpn: FOR TOKYO'S EYES}}"
    both = changed(LEAK, private).replace("        to: [jpn]\n", "")
    app = app_on(file)
    save(file, both)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "4")
        await shows(app, "Seen by every player")
        assert "FOR TOKYO'S EYES" not in said(app)
        await press(pilot, "right")
        found = await shows(app, "Seen by Seoul")
        assert "Leaked paper" in found
        assert "FOR TOKYO'S EYES" not in found
        await press(pilot, "right")
        found = await shows(app, "Seen by 東京")
        assert "FOR TOKYO'S EYES" in found
        assert "CONTROL'S OWN" not in found


async def test_a_cell_does_not_see_what_goes_to_another(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "4", "right")
        assert "Leaked paper" not in await shows(app, "Seen by Seoul")
        await press(pilot, "right")
        assert "Leaked paper" in await shows(app, "Seen by 東京")


async def test_the_course_of_play_decides_what_cells_see(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 60)) as pilot:
        await press(pilot, "c")
        await shows(app, "Seoul, answer")
        for _ in range(2):  # until Seoul waits, whatever the seed drew
            if "(o) Wait" not in said(app):
                await press(pilot, "right")
        await press(pilot, "down")
        await press(pilot, *(["right"] if said(app).count("(o) Wait") < 2 else []))
        await press(pilot, *(["right"] if said(app).count("(o) Wait") < 2 else []))
        await press(pilot, "enter", "4", "right")
        found = await shows(app, "2 answers chosen")
        before, _, after = found.partition("NOT ON THIS COURSE")
        assert "A protest note" not in before
        assert "A protest note" in after


# --- trials -------------------------------------------------------------------------------------------


async def go_to(app: EditApp, words: str) -> None:
    """Put the cursor on the row that the words stand in."""
    screen = app.screen
    assert isinstance(screen, EditScreen)
    screen.put_cursor(words)
    await asyncio.sleep(0)


async def test_play_begins_at_an_inject_and_comes_back(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "2")
        await shows(app, "A protest note (protest)")
        await go_to(app, "inject:protest")
        await press(pilot, "p")
        await shows(app, "Come to after 10 min of play.")
        await press(pilot, "enter")
        found = await shows(app, "space release: A protest note, to everyone")
        assert "RUNNING" in found
        await press(pilot, "space")
        await shows(app, "The other capital protests.")
        await press(pilot, "q")
        await shows(app, "Leave this trial?")
        await press(pilot, "enter")
        await shows(app, "[2 Schedule]")
        assert not (file.parent / "logs").exists()


async def test_play_begins_at_a_move_with_its_briefing(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "2")
        await shows(app, "The morning")
        await go_to(app, "move:evening")
        await press(pilot, "p", "enter")
        await shows(app, "start the clock of this move")
        await press(pilot, "space")
        await shows(app, "space release: The strait opens")
        await press(pilot, "q", "enter")
        await shows(app, "[2 Schedule]")


async def test_a_trials_log_can_be_kept_and_is_whole(file: Path) -> None:
    from tabletop.journal import verify

    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "2")
        await shows(app, "The strait is closed (closure)")
        await go_to(app, "inject:calm")
        await press(pilot, "p", "enter")
        await shows(app, "Calm seas")
        await press(pilot, "q")
        await shows(app, "Leave this trial?")
        await press(pilot, "down", "enter")
        await shows(app, "[2 Schedule]")
    log = file.parent / "logs" / "harbour-trial.jsonl"
    assert recorded(log)[-1]["type"] == "clock_paused"
    assert not verify(log).wrong


async def test_a_course_that_passes_the_point_by_is_not_taken(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "2")
        await shows(app, "A protest note (protest)")
        await go_to(app, "inject:protest")
        await press(pilot, "p")
        await shows(app, "Come to after 10 min of play.")
        for _ in range(2):
            await press(pilot, *(["right"] if "(o) Send" in said(app) or "(o) Wait" not in said(app) else []))
        await press(pilot, "down")
        while said(app).count("Wait for the other capital") < 2:
            await press(pilot, "right")
        await shows(app, "NOT REACHED on this course")
        await press(pilot, "enter")
        assert "NOT REACHED on this course" in said(app)
        await press(pilot, "escape")
        await shows(app, "[2 Schedule]")


async def test_a_doubt_is_played_with_the_choices_that_lead_to_it(file: Path) -> None:
    late = changed("        at: 10m\n        when:", "        at: 50m\n        when:")
    save(file, late)
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await shows(app, "lead to it: w shows, p plays it")
        await press(pilot, "w")
        await shows(app, "escort (")
        await press(pilot, "escape", "p")
        await shows(app, "Play from: A protest note (protest)")
        await press(pilot, "enter")
        await shows(app, "space release: A protest note")
        await press(pilot, "q", "enter")
        await shows(app, "[1 Findings")


# --- the editor ---------------------------------------------------------------------------------------


async def test_enter_opens_an_editor_with_a_window_at_the_line_of_the_fault(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = recorder(file.parent, "code")
    monkeypatch.setenv("VISUAL", f"{editor} --reuse-window")
    save(file, BROKEN)
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await shows(app, "TT105")
        await press(pilot, "enter")
        await until(lambda: bool(opened(editor)), "the editor")
        at = f"{file}:{line_of('texts:', BROKEN)}:9"
        assert opened(editor) == ["--reuse-window", "--goto", at]
        assert "TT105" in said(app)


async def test_enter_on_an_inject_opens_the_editor_where_it_stands(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = recorder(file.parent, "subl")
    monkeypatch.setenv("VISUAL", str(editor))
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "2")
        await shows(app, "Leaked paper (leak)")
        await go_to(app, "inject:leak")
        await press(pilot, "enter")
        await until(lambda: bool(opened(editor)), "the editor")
        assert opened(editor) == [f"{file}:{line_of('- id: leak')}:9"]


async def test_without_an_editor_it_says_where_to_go(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    save(file, BROKEN)
    app = app_on(file)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await shows(app, "TT105")
        await press(pilot, "enter")
        await shows(app, "Neither VISUAL nor EDITOR names an editor.")


async def test_every_key_stands_in_the_help(file: Path) -> None:
    app = app_on(file)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "f1")
        await shows(app, "Exactly what one cell would see")
        await press(pilot, "escape")
        await shows(app, "[1 Findings")


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind not in ("escapes", "bidi")])
@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 60)])
async def test_hostile_texts_steer_nothing(file: Path, kind: str, size: tuple[int, int]) -> None:
    exercise = yaml.safe_load(TEXT)
    save(file, yaml.safe_dump(poisoned(exercise, HOSTILE[kind]), allow_unicode=True, sort_keys=False))
    app = app_on(file)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        for view in ("1", "2", "3", "4"):
            await press(pilot, view, "down", "down", "v")
            check(app)
            await press(pilot, "escape")
            check(app)
        await press(pilot, "2", "p")
        check(app)


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_line_is_shown_as_it_is_told_and_steers_nothing(file: Path, kind: str) -> None:
    save(file, TEXT.replace("title: Leaked paper", f"titel: {HOSTILE[kind]}"))
    app = app_on(file)
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(app, "fault")
        check(app)
        await press(pilot, "v")
        check(app)
