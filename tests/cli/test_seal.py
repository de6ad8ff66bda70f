"""`tabletop seal`, and what `verify` makes of a seal and of a head noted elsewhere."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tabletop.cli import main
from tabletop.journal import Draft, FileJournal, MemoryJournal, canonical_sha256, read_log

Printed = pytest.CaptureFixture[str]


def write(path: Path, *texts: str) -> None:
    """A log of its opening and some notes."""
    journal = MemoryJournal()
    opened = {"format": "tabletop-log/1", "exercise": {}, "exercise_sha256": canonical_sha256({})}
    journal.append([Draft("session_opened", opened, "2026", 0.0, "facilitator")], expect=0)
    for text in texts:
        journal.append([note(text)], expect=len(journal.events))
    path.write_bytes(journal.lines())


def note(text: str) -> Draft:
    """A note to be written."""
    return Draft("discussion_noted", {"text": text}, "2026", 1.0, "facilitator")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of four events."""
    path = tmp_path / "gate-1.jsonl"
    write(path, "one", "two", "three")
    return path


def make_key(path: Path, who: str) -> Path:
    """A key of somebody's, without a passphrase."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", who, "-f", str(path)], check=True)
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The keeper's key."""
    return make_key(tmp_path / "key", "keeper")


@pytest.fixture
def signers(tmp_path: Path, key: Path) -> Path:
    """A file that allows the keeper to seal."""
    path = tmp_path / "signers"
    path.write_text(f'keeper@rok namespaces="tabletop-log" {key.with_suffix(".pub").read_text()}')
    return path


# --- a head noted elsewhere --------------------------------------------------------------------------


def heads(log: Path) -> list[str]:
    """The head after each line, from the log alone."""
    from hashlib import sha256

    return [sha256(line).hexdigest() for line in log.read_bytes().splitlines()]


def test_the_last_lines_head_is_the_logs(log: Path, capfd: Printed) -> None:
    head = read_log(log).head
    assert main(["verify", str(log), "--head", f" {head.upper()}"]) == 0
    assert capfd.readouterr().out == (
        f"{log}: 4 events, head {head}\n"
        f"{log}: the first is of 2026, the last of 2026\n"
        f"{log}: line 4 has the head given: nothing before it was changed, and nothing came after it.\n"
    )


@pytest.mark.parametrize(("line", "after"), [(1, "3 events"), (3, "1 event")])
def test_an_earlier_lines_head_tells_how_much_came_after(log: Path, capfd: Printed, line: int, after: str) -> None:
    assert main(["verify", str(log), "--head", heads(log)[line - 1]]) == 0
    said = f"{log}: line {line} has the head given: nothing before it was changed; {after} came after it."
    assert capfd.readouterr().out.splitlines()[2] == said


def test_a_log_written_anew_has_not_the_head_that_was_noted(log: Path, capfd: Printed) -> None:
    head = read_log(log).head
    write(log, "one", "2", "three")
    assert main(["verify", str(log), "--head", head]) == 1
    first, _, second = capfd.readouterr().out.splitlines()
    assert first.startswith(f"{log}: 4 events, head ")
    assert second.startswith(f"{log}:4: no line up to here has the head given: one was changed, added or taken out")


def test_a_log_cut_at_the_end_of_a_line_is_whole_and_still_not_the_one_noted(log: Path, capfd: Printed) -> None:
    head = read_log(log).head
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:3]))
    assert main(["verify", str(log)]) == 0
    assert main(["verify", str(log), "--head", head]) == 1
    assert f"{log}:3: no line up to here has the head given" in capfd.readouterr().out


def test_up_to_the_damage_a_head_is_still_found(log: Path, capfd: Printed) -> None:
    head = heads(log)[1]
    log.write_bytes(log.read_bytes().replace(b"three", b"thrae"))
    assert main(["verify", str(log), "--head", head]) == 1
    first, second = capfd.readouterr().out.splitlines()
    assert first.startswith(f"{log}:4: its bytes give the sum ")
    assert second == f"{log}: line 2 has the head given: nothing before it was changed; 1 event came after it."


@pytest.mark.parametrize("head", ["", "abc", "g" * 64, "a" * 63])
def test_what_is_no_head_is_a_wrong_argument(log: Path, capfd: Printed, head: str) -> None:
    assert main(["verify", str(log), "--head", head]) == 2
    assert "A head is 64 hex digits." in capfd.readouterr().err


# --- seals -------------------------------------------------------------------------------------------


def sealed(log: Path, key: Path, capfd: Printed) -> Path:
    """The seal of the log."""
    assert main(["seal", str(log), "--key", str(key)]) == 0
    path = log.with_name("gate-1.sig")
    assert capfd.readouterr().out.splitlines()[-1] == f"{log}: sealed in {path}"
    return path


def verified(capfd: Printed, log: Path, *words: str | Path) -> tuple[int, str]:
    """What `verify` says of the seal, in its last line, and its exit code."""
    code = main(["verify", str(log), *map(str, words)])
    return code, capfd.readouterr().out.splitlines()[-1]


def test_a_seal_is_good_by_its_key_and_by_whom_the_signers_file_allows(
    log: Path, key: Path, signers: Path, capfd: Printed
) -> None:
    seal = sealed(log, key, capfd)
    code, said = verified(capfd, log)
    assert code == 0
    assert said.startswith(f"{log}: line 4 is sealed by {seal}, with ED25519 key SHA256:")
    assert said.endswith("; whose key that is was not checked (--signers FILE), and nothing came after it.")
    code, said = verified(capfd, log, "--signers", signers)
    assert code == 0
    assert f"line 4 is sealed by {seal}, by keeper@rok with ED25519 key SHA256:" in said
    assert said.endswith(f", whom {signers} allows, and nothing came after it.")


def test_a_seal_is_checked_with_ssh_keygen_alone(log: Path, key: Path, signers: Path, capfd: Printed) -> None:
    seal = sealed(log, key, capfd)
    words = ["verify", "-f", str(signers), "-I", "keeper@rok", "-n", "tabletop-log", "-s", str(seal)]
    done = subprocess.run(["ssh-keygen", "-Y", *words], input=f"{read_log(log).head}\n", text=True, check=False)
    assert done.returncode == 0


def test_what_came_after_a_seal_is_counted(log: Path, key: Path, signers: Path, capfd: Printed) -> None:
    sealed(log, key, capfd)
    with FileJournal.open(log) as journal:
        journal.append([note("four"), note("five")], expect=4)
    code, said = verified(capfd, log, "--signers", signers)
    assert code == 0
    assert said.endswith("; 2 events came after it.")
    assert "line 4 is sealed" in said


@pytest.mark.parametrize("texts", [("one", "2", "three"), ("one", "two"), ("one", "three", "two")])
def test_a_changed_log_fails_its_seal_even_on_a_chain_made_anew(
    log: Path, key: Path, signers: Path, capfd: Printed, texts: tuple[str, ...]
) -> None:
    seal = sealed(log, key, capfd)
    write(log, *texts)
    for words in ([], ["--signers", signers]):
        code, said = verified(capfd, log, *words)
        assert code == 1
        assert said == f"{log}:{len(texts) + 1}: no line up to here has the head that {seal} is the seal of."


def test_a_seal_whose_head_was_changed_along_with_the_log_is_not_good(
    log: Path, key: Path, signers: Path, capfd: Printed
) -> None:
    seal, old = sealed(log, key, capfd), read_log(log).head
    write(log, "one", "2", "three")
    seal.write_bytes(seal.read_bytes().replace(old.encode(), read_log(log).head.encode()))
    code, said = verified(capfd, log)
    assert (code, said) == (1, f"{log}:4: the seal {seal} is not good: it is no signature of that head.")
    code, said = verified(capfd, log, "--signers", signers)
    assert code == 1
    assert "it is no signature of that head by keeper@rok" in said


def test_a_seal_of_somebody_elses_is_not_good(log: Path, tmp_path: Path, signers: Path, capfd: Printed) -> None:
    seal = sealed(log, make_key(tmp_path / "other", "other"), capfd)
    code, said = verified(capfd, log, "--signers", signers)
    assert code == 1
    assert said == f"{log}:4: the seal {seal} is not good: it was made with a key that {signers} does not allow."


def test_garbage_for_a_seal_is_not_good(log: Path, capfd: Printed) -> None:
    log.with_name("gate-1.sig").write_bytes(b"\0" * 100)
    code, said = verified(capfd, log)
    assert (code, said) == (1, f"{log}:4: the seal {log.with_name('gate-1.sig')} is not good: it holds no signature.")


def test_where_a_seal_is_asked_for_and_not_there_that_is_a_fault(log: Path, signers: Path, capfd: Printed) -> None:
    assert main(["verify", str(log), "--signers", str(signers)]) == 2
    assert "There is no seal at" in capfd.readouterr().err


def test_a_seal_is_not_overwritten_and_no_damaged_log_is_sealed(log: Path, key: Path, capfd: Printed) -> None:
    seal = sealed(log, key, capfd)
    before = seal.read_bytes()
    assert main(["seal", str(log), "--key", str(key)]) == 1
    assert f"There is a seal at {seal} already. Move it away to seal the log anew." in capfd.readouterr().err
    assert seal.read_bytes() == before
    seal.unlink()
    log.write_bytes(log.read_bytes()[:-1])
    assert main(["seal", str(log), "--key", str(key)]) == 1
    assert "It is not sealed." in capfd.readouterr().err
    assert not seal.exists()


def test_without_a_key_or_ssh_keygen_a_sentence_says_so(
    log: Path, key: Path, capfd: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["seal", str(log), "--key", str(key.with_name("none"))]) == 2
    assert f"There is no key at {key.with_name('none')}." in capfd.readouterr().err
    monkeypatch.setenv("HOME", str(log.parent))
    assert main(["seal", str(log)]) == 2
    assert "There is no key to seal with in ~/.ssh." in capfd.readouterr().err
    assert main(["seal", str(log), "--key", str(log)]) == 1
    assert f"ssh-keygen did not sign with {log}: " in capfd.readouterr().err
    seal = sealed(log, key, capfd)
    monkeypatch.setenv("PATH", os.devnull)
    assert main(["seal", str(log), "--key", str(key)]) == 1
    seal_moved = seal.rename(seal.with_name("moved"))
    assert main(["seal", str(log), "--key", str(key)]) == 1
    assert "There is no ssh-keygen here, which makes and checks seals." in capfd.readouterr().err
    seal_moved.rename(seal)
    assert main(["verify", str(log)]) == 0
    assert f"The seal {seal} was not checked: There is no ssh-keygen here" in capfd.readouterr().err
    assert main(["verify", str(log), "--signers", str(key)]) == 1
