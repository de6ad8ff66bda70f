"""What docs/keeping-logs.md says can be done without the tool is done here, with the code as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from journal_playing import play

from tabletop.cli import main
from tabletop.journal import Draft, FileJournal, MemoryJournal, read_log

PAGE = (Path(__file__).parent.parent.parent / "docs" / "keeping-logs.md").read_text(encoding="utf-8")


def block(language: str, mark: str) -> str:
    """The one block of the page in a language that holds some words."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    [found] = [each for each in blocks if mark in each]
    return found


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A played log, under the name that it has on the page."""
    path = tmp_path / "kept.jsonl"
    journal = MemoryJournal()
    play(journal, 40)
    path.write_bytes(journal.lines())
    return path


def shell(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Code from the page, run beside the log."""
    return subprocess.run(["bash", "-c", code], cwd=folder, capture_output=True, text=True, check=False)


def test_the_head_is_what_sha256sum_says(kept: Path) -> None:
    done = shell(block("bash", "sha256sum\n"), kept.parent)
    assert done.stdout == f"{read_log(kept).head}  -\n"


def chain(kept: Path) -> subprocess.CompletedProcess[str]:
    """The page's Python on a log."""
    words = [sys.executable, "-c", block("python", "hashlib"), str(kept)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_the_chain_is_proved_by_the_pages_python(kept: Path) -> None:
    reading = read_log(kept)
    assert chain(kept).stdout == f"{len(reading.events)} events, head {reading.head}\n"


@pytest.mark.parametrize("change", [(b"Note 7", b"Note 8"), (b'"sum"', b'"sun"'), (b'"seq":9,', b'"seq":8,')])
def test_the_pages_python_names_the_line_that_the_tool_names(kept: Path, change: tuple[bytes, bytes]) -> None:
    kept.write_bytes(kept.read_bytes().replace(*change, 1))
    done, damage = chain(kept), read_log(kept).damage
    assert damage
    assert (done.returncode, done.stderr) == (1, f"line {damage.line} is not as it was written\n")


def test_the_pages_python_notices_a_torn_end_and_lines_that_are_missing(kept: Path) -> None:
    raw = kept.read_bytes()
    kept.write_bytes(raw[:-1])
    assert "line 50 is not as it was written" in chain(kept).stderr
    lines = raw.splitlines(keepends=True)
    kept.write_bytes(b"".join(lines[:9] + lines[10:]))
    assert "line 10 is not as it was written" in chain(kept).stderr


def test_a_seal_is_made_and_checked_as_the_page_says(kept: Path) -> None:
    key = kept.with_name("key")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    who = re.match(r"(\S+ namespaces=\S+) ", block("text", "namespaces"))
    assert who
    kept.with_name("signers").write_text(f"{who[1]} {key.with_suffix('.pub').read_text()}")
    seal, verify = (line.split()[1:] for line in block("bash", "tabletop seal").splitlines())
    places = {"kept.jsonl": str(kept), "~/.ssh/id_ed25519": str(key), "signers": str(kept.with_name("signers"))}
    assert main([places.get(word, word) for word in seal]) == 0
    assert main([places.get(word, word) for word in verify]) == 0
    code = block("bash", "ssh-keygen -Y verify")
    assert shell(code, kept.parent).returncode == 0
    kept.write_bytes(kept.read_bytes()[:-2] + b"\n")
    assert shell(code, kept.parent).returncode != 0


def test_what_is_whole_of_a_damaged_log_goes_on_as_the_page_says(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes().replace(b'"seq":40,', b'"seq":50,'))
    damage = read_log(kept).damage
    assert damage
    assert damage.line == 41
    assert shell(block("bash", "head -n 40"), kept.parent).returncode == 0
    with FileJournal.open(kept.with_name("kept-from-40.jsonl")) as journal:
        assert len(journal.events) == 40
        assert journal.torn is None


def test_a_copy_goes_on_from_the_old_logs_head_as_the_page_says(kept: Path) -> None:
    (kept.parent / "elsewhere").mkdir()
    code = block("bash", "cp kept.jsonl").splitlines()[0].replace("/elsewhere", "elsewhere")
    assert shell(code, kept.parent).returncode == 0
    copy = kept.parent / "elsewhere" / "kept-2.jsonl"
    with FileJournal.open(copy) as journal:
        journal.append([Draft("hot_wash_noted", {"text": "x"}, "2026", 9999.0, "facilitator")], expect=50)
    assert main(["verify", str(copy), "--head", read_log(kept).head]) == 0
