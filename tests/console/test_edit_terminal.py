"""The author's screen in a real terminal: the editor is given the terminal, and saves what the screen then shows."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.console.editing import LEAK, MISSPELT, TEXT, changed, line_of, opened, recorder, save
from tests.console.test_terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

MENDS = """\
import signal
signal.signal(signal.SIGINT, lambda *_: print('INTERRUPTED', flush=True))
print('THE EDITOR HAS THE TERMINAL', flush=True)
input()
file = pathlib.Path(sys.argv[-1])
file.write_text(file.read_text('utf-8').replace('texts: A', 'text: A'), 'utf-8')
"""


def test_a_fault_is_mended_in_the_editor_and_the_part_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, broken = tmp_path / "harbour.yaml", changed(LEAK, MISSPELT)
    editor = recorder(tmp_path, "vim")
    with editor.open("a", encoding="utf-8") as script:
        script.write(MENDS)
    monkeypatch.setenv("VISUAL", str(editor))
    save(file)
    terminal = Terminal("edit", str(file), "--logs", str(tmp_path / "logs"), size=(120, 40))
    try:
        terminal.wait("every branch looked at")
        save(file, broken)
        terminal.wait("TT105")
        terminal.press("\r", "THE EDITOR HAS THE TERMINAL")
        assert opened(editor) == [f"+{line_of('texts:', broken)}", str(file)]
        terminal.press("\x03", "INTERRUPTED")
        terminal.press("\r", "every branch looked at")
        assert file.read_text(encoding="utf-8") == TEXT
        terminal.press("2", "Leaked paper (leak)")
        terminal.press("jj", "A newspaper prints the plan.")
        terminal.press("p", "Play from: Leaked paper (leak)")
        terminal.press("\r", "RUNNING")
        terminal.press("q", "Leave this trial?")
        terminal.press("\r", "[2 Schedule]")
        terminal.child.send("q")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.raw
    finally:
        terminal.child.close(force=True)


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_in_a_trial_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: signal.Signals, code: int
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    file = tmp_path / "harbour.yaml"
    save(file)
    terminal = Terminal("edit", str(file), "--logs", str(tmp_path / "logs"))
    try:
        terminal.wait("every branch looked at")
        terminal.press("2", "Leaked paper (leak)")
        terminal.press("jj", "Inject      leak")
        terminal.press("p", "Play from")
        terminal.press("\r", "RUNNING")
        assert list(temporary.iterdir())
        terminal.child.kill(sent)
        assert terminal.end() == code
        assert b"\x1b[?1049l" in terminal.raw
        assert not list(temporary.iterdir())
    finally:
        terminal.child.close(force=True)
