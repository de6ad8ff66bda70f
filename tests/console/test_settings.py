"""The user's own keys and theme: obeyed where they are sound, named at their line where they are not."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import OptionList, TextArea

import tabletop.console
from tabletop.console import remembering
from tabletop.console.app import Console
from tabletop.console.catalogue import known_bindings
from tabletop.console.keynames import key_name
from tabletop.console.screens.record import RecordScreen
from tabletop.console.settings import read_settings
from tabletop.console.tour import STEPS
from tests.console.conftest import HARBOUR, said, shows, types
from tests.console.editing import app_on, save
from tests.console.test_play import press, start, type_text
from tests.console.test_terminal import F10, Terminal

Make = Callable[..., Console]


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Writes a file of settings, and names it by the variable."""

    def write(text: str) -> Path:
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("TABLETOP_CONFIG", str(path))
        return path

    return write


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("theme = 'nord'\n[keys\n", 2, "this is no TOML"),
        ("colour = 'red'\n", 1, "'colour' is no setting"),
        ("vim = true\ntheme = 'nrod'\n", 2, "there is no theme 'nrod'. Did you mean 'nord'?"),
        ("[keys]\nobsreve = 'f9'\n", 2, "there is no act 'obsreve'. Did you mean 'observe'?"),
        ("[keys]\n\nnote = 'k9'\n", 3, "'k9' is no key"),
        ("[keys]\nnote = 7\n", 2, "7 is no key"),
        ("[keys]\nnote = 'd'\n", 2, "'d' is also the key of decide, so note keeps its own"),
        ("[keys]\nnote = 'ctrl+q'\n", 2, "'Ctrl+Q' is also the key of app.quit"),
        ("[keys]\nnote = 'ctrl+p'\n", 2, "'Ctrl+P' is also the key of the palette"),
        ("[keys]\n'form.record' = 'r'\n", 2, "'r' is what people type"),
        ("vim = 'yes'\n", 1, "vim is true or false"),
        ("keys = 'd'\n", 1, "keys is a table"),
    ],
)
def test_what_is_wrong_is_named_at_its_line_and_left_aside(
    configure: Callable[[str], Path], text: str, line: int, fault: str
) -> None:
    path = configure(text)
    found = read_settings()
    assert len(found.faults) == 1
    assert found.faults[0].startswith(f"{path}:{line}: {fault}")
    assert not found.keymap
    assert not found.theme


def test_two_acts_may_change_places(configure: Callable[[str], Path]) -> None:
    configure("[keys]\nnote = 'd'\ndecide = 'n'\n")
    found = read_settings()
    assert found.faults == ()
    assert found.keymap == {"act.note": "d", "act.decide": "n"}


def test_no_file_is_no_fault_unless_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().faults == ()
    monkeypatch.setenv("TABLETOP_CONFIG", str(tmp_path / "none.toml"))
    assert "TABLETOP_CONFIG names" in read_settings().faults[0]


def test_bytes_that_are_no_text_are_named(configure: Callable[[str], Path]) -> None:
    configure("").write_bytes(b"\xff\xfe\x00")
    assert "not text in UTF-8" in read_settings().faults[0]


async def test_a_key_of_the_users_own_works_and_stands_in_bar_help_and_palette(
    console: Make, configure: Callable[[str], Path]
) -> None:
    configure("[keys]\ndecide = 'f7'\n'form.record' = 'f12'\n")
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        assert "F12 or Ctrl+S goes on" in said(app)
        await press(pilot, "f12", "space", "space", "space")
        assert "F7 decide" in await shows(app, "RUNNING")
        assert "(F7)" in " ".join(command.title for command in app.get_system_commands(app.screen))
        await press(pilot, "f1")
        await shows(app, "F7 Record what a cell decided")
        await press(pilot, "escape", "d")
        assert not app.screen.query(TextArea)
        await press(pilot, "f7")
        assert app.screen.query(TextArea)


async def test_fixed_words_name_the_users_own_keys(console: Make, configure: Callable[[str], Path]) -> None:
    configure("[keys]\nnext = 'f7'\ndecide = 'f6'\nend = 'f11'\nmove = 'f12'\n'run.back' = 'f4'\n")
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        await press(pilot, "f10", "space", "space", "space", "f7", "f7")
        await shows(app, "F7 nothing is due; F6 records what is owed; then F12 opens The evening")
        await press(pilot, "f6", "1", "f10")
        await shows(app, "F7: it was read out. F4: not now.")
        await press(pilot, "f7", "f6", "2", "f10", "f12", "enter", "space", "f7")
        await shows(app, "F7 nothing is due; F11 ends")


async def test_the_tour_names_the_users_own_keys(logs: Path, configure: Callable[[str], Path]) -> None:
    configure("[keys]\nnext = 'f7'\n'app.tour-end' = 'f12'\n'decide.choose-1' = 'f6'\n")
    app = Console(logs=logs)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await shows(app, "New here?")
        await press(pilot, "t")
        assert "F12 ends it" in await shows(app, "Tour 1 of 5: release. F7 goes on")
        await press(pilot, "space", "space", "space", "f7")
        await shows(app, "d opens the form, F6 or 2 chooses")


async def test_the_authors_screen_names_the_users_own_keys(tmp_path: Path, configure: Callable[[str], Path]) -> None:
    configure(
        "[keys]\n'edit.view-2' = 's'\n'edit.view-4' = 'c'\n'edit.course' = 'k'\n"
        "'edit.cell-1' = 'n'\n'parts.close' = 'f7'\n'app.help' = 'f12'\n"
    )
    save(tmp_path / "harbour.yaml")
    app = app_on(tmp_path / "harbour.yaml")
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        assert "1 Findings 0] s Schedule 3 Branches c Cells" in await shows(
            app, "s shows the schedule, 3 the branches, c"
        )
        assert "k course" in said(app)
        await press(pilot, "c")
        await shows(app, "(Left, n: others)")
        await press(pilot, "s", "down", "v")
        await shows(app, "F7 back")
        await press(pilot, "f7", "f12")
        await shows(app, "k The choices, and the seed")


def test_a_key_that_a_text_names_is_the_one_that_its_binding_has() -> None:
    known = known_bindings()
    named = {
        (call.args[1].value, call.args[2].value)
        for path in sorted(Path(tabletop.console.__path__[0]).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "key_of" and len(call.args) == 3
        if isinstance(call.args[1], ast.Constant) and isinstance(call.args[2], ast.Constant)
    }
    named |= {each for step in STEPS for each in step.keys}
    assert len(named) > 10
    assert {id: key for id, key in named if key not in known[id].split(",")} == {}


async def test_bad_settings_are_said_and_the_console_runs_on(console: Make, configure: Callable[[str], Path]) -> None:
    configure("[keys]\nobsreve = '['\n")
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await shows(app, "there is no act 'obsreve'")
        await start(pilot)
        await shows(app, "RUNNING")


async def test_a_theme_chosen_in_the_palette_is_the_next_starts(console: Make, nobodys_settings: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        app.theme = "nord"
        await pilot.pause()
        await pilot.pause()
    assert console().theme == "nord"


def test_a_theme_that_was_configured_since_is_taken_instead_of_the_chosen_one() -> None:
    remembering.keep_theme("nord", "dracula")
    assert remembering.theme("dracula") == "nord"
    assert remembering.theme("gruvbox") == "gruvbox"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"theme": 7}', '{"theme": "no-such", "instead of": ""}'])
def test_garbage_in_the_memory_is_forgotten(nobodys_settings: Path, content: str, console: Make) -> None:
    folder = nobodys_settings / "tabletop"
    folder.mkdir()
    (folder / "console.json").write_text(content, encoding="utf-8")
    assert console().theme == "textual-dark"


async def test_vim_keys_move_in_lists_once_they_are_asked_for(console: Make, configure: Callable[[str], Path]) -> None:
    configure("vim = true\n")
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        listed = app.screen.query_one(OptionList)
        first = listed.highlighted
        await press(pilot, "j")
        assert listed.highlighted != first
        await press(pilot, "k")
        assert listed.highlighted == first
        await press(pilot, "G")
        assert listed.highlighted == listed.option_count - 1
        await press(pilot, "g")
        assert listed.highlighted == first


async def test_vim_keys_are_letters_in_a_text_and_give_way_to_an_act(
    console: Make, configure: Callable[[str], Path], logs: Path
) -> None:
    configure("vim = true\n[keys]\nrecord = 'j'\n")
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "n")
        await type_text(pilot, "jkgG")
        assert app.screen.query_one("#text", TextArea).text == "jkgG"
        await press(pilot, "f10", "j")
        assert isinstance(app.screen, RecordScreen)


async def test_without_being_asked_for_vim_keys_do_nothing(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        listed = app.screen.query_one(OptionList)
        before = listed.highlighted
        await press(pilot, "j")
        assert listed.highlighted == before
    assert types(logs / "first.jsonl")[-1] == "clock_paused"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_no_colour_goes_out_where_none_is_wanted_and_the_cursor_is_seen(
    monkeypatch: pytest.MonkeyPatch, logs: Path
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal("run", str(HARBOUR), "--name", "real", "--logs", str(logs))
    terminal.wait("Who is here")
    terminal.press(F10, "Ground rules")
    terminal.press(" ", "Forty ships")
    terminal.press(" ", "nine in the morning")
    terminal.press(" ", "RUNNING")
    row = next(at for at, line in enumerate(terminal.screen.display) if "The strait is closed" in line)
    assert terminal.screen.buffer[row][8].underscore
    terminal.child.send("\x11")
    assert terminal.end() == 0
    assert not re.search(rb"\x1b\[(\d+;)*([34]8;[\d;]+|[349][0-7]|10[0-7])(;\d+)*m", terminal.raw)


def test_few_colours_are_the_terminals_own(monkeypatch: pytest.MonkeyPatch, console: Make) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM")
    assert console().theme == "ansi-dark"


def test_a_terminal_without_colours_is_given_none(monkeypatch: pytest.MonkeyPatch, console: Make) -> None:
    monkeypatch.setenv("TERM", "vt100")
    assert console().no_color


@pytest.mark.parametrize(
    ("key", "name"),
    [("f9", "F9"), ("ctrl+s", "Ctrl+S"), ("plus", "+"), ("A", "A"), ("space", "space"), ("pagedown", "PgDn")],
)
def test_a_key_is_named_as_people_know_it(key: str, name: str) -> None:
    assert key_name(key) == name
