"""Commands load what they need and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCREEN = {"textual", "rich"}


def loaded(*words: str) -> set[str]:
    """The top-level modules that a fresh process holds after a command."""
    program = (
        "import sys\nfrom tabletop.cli import main\n"
        f"try:\n    main({list(words)!r})\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    [line] = [line for line in done.stdout.splitlines() if line.startswith("LOADED")]
    return set(line.split()[1:])


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_help_loads_neither_screen_code_nor_models(words: list[str]) -> None:
    assert not loaded(*words) & (SCREEN | {"pydantic", "yaml"})


@pytest.mark.parametrize("command", ["check", "show", "rehearse"])
def test_an_exercise_is_read_without_screen_code(command: str) -> None:
    assert not loaded(command, "gsomia-ninety-days") & SCREEN


def test_a_log_is_verified_without_models(tmp_path_factory: pytest.TempPathFactory) -> None:
    log = tmp_path_factory.mktemp("log") / "a.jsonl"
    loaded("rehearse", "gsomia-ninety-days", "--log", str(log))
    assert log.exists()
    assert not loaded("verify", str(log)) & (SCREEN | {"pydantic", "yaml"})
