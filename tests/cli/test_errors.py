"""What goes wrong is one plain sentence with a remedy, the right exit code, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.cli import COMMANDS, main

SCRIPT = "format: 1\nid: media\ninjects:\n  - {id: leak, title: A leak}\n"
FILES = {
    "script/media.yaml": SCRIPT.encode(),
    "empty.yaml": b"",
    "comment.yaml": b"# nothing\n",
    "dashes.yaml": b"---\n",
    "list.yaml": b"- a\n",
    "binary.yaml": bytes(range(256)),
    "deep.yaml": b"a: " + b"[" * 40 + b"]" * 40,
    "broken.yaml": b"a: [\n",
    "future.yaml": b"format: 99\nid: future\n",
    "huge.yaml": b"#" * (11 * 2**20),
    "translation.ko.yaml": b"format: 1\ntranslates: x\nlanguage: ko\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a file for each thing that may be wrong."""
    monkeypatch.chdir(tmp_path)
    for name, raw in FILES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(raw)
    return tmp_path


@pytest.mark.parametrize("command", ["show", "rehearse", "show --json"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_exercise_is_found_wanting_in_one_sentence(
    here: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    first, *rest = command.split()
    assert main([first, name, *rest]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"tabletop: {name}:1:" if name != "binary.yaml" else f"tabletop: {name}:")
    assert err.count("\n") == 1
    assert err.rstrip().endswith((".", "?"))


@pytest.mark.parametrize("command", ["show", "rehearse", "check"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("gone.yaml", "There is no file gone.yaml."),
        ("gone", "There is no exercise 'gone'."),
        ("empty.yaml/x.yaml", "There is no file empty.yaml/x.yaml."),
        ("pipe.yaml", "pipe.yaml is a pipe or a device"),
        ("x\0y", "There is no exercise"),
        ("", "is a folder, and a file is wanted"),
        ("/dev/null", "is a pipe or a device"),
    ],
)
def test_a_path_that_is_not_there_is_wrong_arguments(
    here: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, words: str
) -> None:
    os.mkfifo("pipe.yaml")
    assert main([command, name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["show", "rehearse"])
def test_a_folder_where_a_file_is_wanted_is_wrong_arguments(
    here: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, "script/"]) == 2
    assert "is a folder, and a file is wanted" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["chekc"], "There is no command 'chekc'; did you mean `check`? `tabletop --help`"),
        (["zzzz"], "There is no command 'zzzz'. `tabletop --help`"),
        (["check"], "required: EXERCISE|FILE|FOLDER. `tabletop check --help`"),
        (["show", "--jsno", "x"], "Unrecognized arguments: --jsno."),
        (["--nope"], "Unrecognized arguments: --nope."),
        (["check", "x", "--format", "xml"], "invalid choice: 'xml'"),
    ],
)
def test_wrong_arguments_are_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_a_page_of_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: tabletop {command}".rstrip())


def run(command: str) -> subprocess.CompletedProcess[str]:
    """A command in a shell, as `$T`."""
    environment = {**os.environ, "T": f"{sys.executable} -m tabletop"}
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, check=False)


def test_the_module_is_run_like_the_command() -> None:
    done = run("$T --version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("tabletop ")


@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_that_goes_away_is_no_error(reader: str) -> None:
    done = run(f"$T show gsomia-ninety-days | {reader}; echo ${{PIPESTATUS[0]}}")
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in ("0", "141")


def test_output_that_cannot_be_written_is_said_in_a_sentence() -> None:
    done = run("$T list > /dev/full")
    assert done.returncode == 2
    assert done.stderr == "tabletop: The output cannot be written: No space left on device. Write it elsewhere.\n"


def test_a_closed_stdout_is_no_traceback() -> None:
    done = run("$T list >&-")
    assert "Traceback" not in done.stderr


def test_a_terminal_of_few_characters_gets_question_marks() -> None:
    done = run("PYTHONIOENCODING=ascii PYTHONUTF8=0 LC_ALL=C $T show gsomia-ninety-days --json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" in done.stdout
