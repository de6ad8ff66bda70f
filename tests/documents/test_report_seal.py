"""What a report says of the seal beside its log, where there is one."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.documents.markdown import as_markdown
from tabletop.documents.report.as_json import report_json
from tabletop.documents.report.building import after_action_report
from tabletop.journal import FileJournal, read_log
from tabletop.journal.event import Draft
from tabletop.journal.sealing import seal_path, write_seal
from tabletop.review.reviewing import review


@pytest.fixture
def log(sample: ModuleType, tmp_path: Path) -> Path:
    """A log of 34 events."""
    path = tmp_path / "gate-1.jsonl"
    path.write_bytes(sample.journal(sample.PLAYED).lines())
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The keeper's key."""
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    return path


@pytest.fixture
def sealed(log: Path, key: Path) -> Path:
    """The log, sealed."""
    write_seal(log, read_log(log).head, 34, key)
    return log


def seal_in(log: Path) -> tuple[str, dict[str, object] | None]:
    """What the report says of the seal: in its words, and as JSON."""
    read = read_log(log)
    found = review(read.events, read.head)
    rows = [line for line in as_markdown(after_action_report(found, read)).splitlines() if line.startswith("| Seal |")]
    return "".join(rows), json.loads(report_json(found, read))["record"]["seal"]


def test_without_a_seal_nothing_is_said(log: Path) -> None:
    assert seal_in(log) == ("", None)


def test_a_good_seal_is_printed_with_its_key(sealed: Path) -> None:
    words, value = seal_in(sealed)
    assert words.startswith("| Seal | gate-1.sig is a good seal of this head, made with ED25519 key SHA256:")
    assert words.endswith("; whose key that is was not checked. |")
    assert value
    assert (value["good"], value["events"], value["by"]) == (True, 34, "")


@pytest.mark.parametrize("named", [True, False])
def test_who_sealed_it_is_printed_where_a_file_of_signers_tells(
    sealed: Path, key: Path, named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    signers = sealed.with_name("who" if named else "signers")
    signers.write_text(f'keeper@rok namespaces="tabletop-log" {key.with_suffix(".pub").read_text()}')
    if named:
        monkeypatch.setenv("TABLETOP_SIGNERS", str(signers))
    words, value = seal_in(sealed)
    assert ", made by keeper@rok with ED25519 key SHA256:" in words
    assert value
    assert (value["good"], value["by"]) == (True, "keeper@rok")


def test_what_came_after_a_seal_is_counted(sealed: Path) -> None:
    with FileJournal.open(sealed) as journal:
        journal.append([Draft("hot_wash_noted", {"text": "x"}, "2026", 9999.0, "facilitator")], expect=34)
    words, value = seal_in(sealed)
    assert "gate-1.sig is a good seal of the head at #33, and does not cover the 1 later entry, made with" in words
    assert value
    assert value["events"] == 34


def test_a_seal_of_another_log_vouches_for_nothing(sealed: Path, sample: ModuleType) -> None:
    sealed.write_bytes(sample.journal(sample.PLAYED[:-1]).lines())
    words, value = seal_in(sealed)
    assert "is the seal of another head: it vouches for nothing here." in words
    assert value
    assert value["good"] is False


def test_a_seal_whose_head_was_put_in_by_hand_is_not_good(sealed: Path, sample: ModuleType) -> None:
    old = read_log(sealed).head
    sealed.write_bytes(sample.journal(sample.PLAYED[:-1]).lines())
    path = seal_path(sealed)
    path.write_bytes(path.read_bytes().replace(old.encode(), read_log(sealed).head.encode()))
    words, value = seal_in(sealed)
    assert "is not good: it is no signature of that head." in words
    assert value
    assert value["good"] is False


@pytest.mark.parametrize("raw", [b"", b"\x1b]0;owned\x07 <script>", b"-----BEGIN SSH SIGNATURE-----\n"])
def test_garbage_for_a_seal_is_called_so(log: Path, raw: bytes) -> None:
    seal_path(log).write_bytes(raw)
    words, value = seal_in(log)
    assert "is not good: it holds no signature." in words
    assert value
    assert value["good"] is False


def test_without_ssh_keygen_the_report_says_so_and_is_made(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    words, value = seal_in(sealed)
    assert "gate-1.sig lies beside the log, and was not checked: There is no ssh-keygen here" in words
    assert value
    assert value["good"] is None


def test_a_folder_for_a_seal_fails_nothing(log: Path) -> None:
    seal_path(log).mkdir()
    assert "was not checked" in seal_in(log)[0]
