"""Seals: a detached signature of a log's head, made and checked by ``ssh-keygen``.

What is signed is the head in hex and a newline, in the namespace ``tabletop-log``. NAME.sig holds the
signature as ssh-keygen writes it, and after it one line that says of which line of the log it is; that line is
not signed and need not be: it only says where to look, and ssh-keygen passes it over.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tabletop.errors import TabletopError, UsageError
from tabletop.journal import disk
from tabletop.journal.folder import beside, reason

NAMESPACE = "tabletop-log"
_KEYS = ("id_ed25519", "id_ecdsa", "id_rsa")
_LONGEST = 2**16  # bytes; a signature takes less than one of these
_ARMOUR = re.compile(rb"-----BEGIN SSH SIGNATURE-----\n.+?\n-----END SSH SIGNATURE-----\n", re.DOTALL)
_STATED = re.compile(rb"tabletop-log head ([0-9a-f]{64}) events ([0-9]+)\n")


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature, and the head that it says it is of; empty where it says nothing."""

    path: Path
    armour: bytes
    head: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a signature is good, and in words: whose it is, or what is wrong.

    ``key`` is the key in ssh-keygen's words, ``who`` whose it is by the allowed signers file, empty without one.
    """

    good: bool
    words: str
    key: str = ""
    who: str = ""


def seal_path(log_path: Path) -> Path:
    """NAME.sig beside a log."""
    return beside(log_path, "sig")


def signers_file(log_path: Path) -> Path | None:
    """The file of allowed signers that reports go by: ``TABLETOP_SIGNERS``, else ``signers`` beside the log."""
    if named := os.environ.get("TABLETOP_SIGNERS"):
        return Path(named)
    beside_it = log_path.with_name("signers")
    return beside_it if beside_it.is_file() else None


def default_key() -> Path:
    """The user's own key for ssh; raises UsageError where there is none."""
    keys = [Path.home() / ".ssh" / name for name in _KEYS]
    found = next((key for key in keys if key.is_file()), None)
    if found is None:
        raise UsageError(
            "There is no key to seal with in ~/.ssh.", "Name one with --key; `ssh-keygen -t ed25519` makes one."
        )
    return found


def write_seal(log_path: Path, head: str, events: int, key: Path) -> Path:
    """Signs a head into NAME.sig, which must not exist yet.

    Raises UsageError where the key is missing, TabletopError where ssh-keygen is, or does not sign.
    """
    path = seal_path(log_path)
    if path.exists():
        raise _taken(path)
    if not key.is_file():
        raise UsageError(
            f"There is no key at {key}.", "--key names a private key, or the public one of a key in ssh-agent."
        )
    done = _ssh_keygen(["sign", "-f", str(key), "-n", NAMESPACE], _signed(head))
    if done.returncode or not _ARMOUR.fullmatch(done.stdout):
        raise TabletopError(f"ssh-keygen did not sign with {key}: {_complaint(done)}.", "Nothing was written.")
    stated = f"tabletop-log head {head} events {events}\n".encode()
    try:
        disk.write_new(path, done.stdout + stated)
    except FileExistsError as cause:
        raise _taken(path) from cause
    except OSError as cause:
        with suppress(OSError):
            path.unlink()
        raise TabletopError(f"{path} cannot be written: {reason(cause)}.") from cause
    return path


def read_seal(path: Path) -> Seal:
    """What a file of a signature holds; raises UsageError where there is none to be read."""
    try:
        if not path.is_file():
            raise UsageError(f"There is no seal at {path}.", "`tabletop seal` makes one.")
        with path.open("rb") as file:
            raw = file.read(_LONGEST)
    except OSError as cause:
        raise UsageError(f"{path} cannot be read: {reason(cause)}.") from cause
    armour, stated = _ARMOUR.match(raw), _STATED.search(raw)
    return Seal(path, armour[0] if armour else b"", stated[1].decode() if stated else "")


def check_seal(seal: Seal, head: str, signers: Path | None) -> Checked:
    """Whether the seal is a good signature of that head, by somebody in the allowed signers file if one is given.

    Raises UsageError where the file of signers is missing, TabletopError where ssh-keygen is.
    """
    if not seal.armour:
        return Checked(False, "it holds no signature")
    if signers is not None and not signers.is_file():
        raise UsageError(f"There is no file of allowed signers at {signers}.", "Its form is that of ssh-keygen(1).")
    with tempfile.TemporaryDirectory() as folder:
        signature = Path(folder) / "sig"
        signature.write_bytes(seal.armour)
        return _checked(str(signature), head, signers)


def _checked(signature: str, head: str, signers: Path | None) -> Checked:
    known = ["-n", NAMESPACE, "-s", signature]
    if signers is None:
        done = _ssh_keygen(["check-novalidate", *known], _signed(head))
        if done.returncode:
            return Checked(False, "it is no signature of that head")
        return Checked(True, f"with {_key(done)}; whose key that is was not checked (--signers FILE)", _key(done))
    found = _ssh_keygen(["find-principals", "-s", signature, "-f", str(signers)], b"")
    names = found.stdout.decode(errors="replace").splitlines()
    if found.returncode or not names:
        return Checked(False, f"it was made with a key that {signers} does not allow")
    done = _ssh_keygen(["verify", "-f", str(signers), "-I", names[0], *known], _signed(head))
    if done.returncode:
        return Checked(False, f"it is no signature of that head by {names[0]} that {signers} allows")
    return Checked(True, f"by {names[0]} with {_key(done)}, whom {signers} allows", _key(done), names[0])


def _signed(head: str) -> bytes:
    return f"{head}\n".encode()


def _ssh_keygen(words: list[str], told: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["ssh-keygen", "-Y", *words], input=told, capture_output=True, check=False)
    except OSError as cause:
        raise TabletopError(
            "There is no ssh-keygen here, which makes and checks seals.", "It comes with OpenSSH 8.1 and later."
        ) from cause


def _complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
    said = [line for line in lines if line != "Signing data on standard input"]
    return said[-1].rstrip(".\r") if said else "it gave no reason"


def _key(done: subprocess.CompletedProcess[bytes]) -> str:
    """The key in ssh-keygen's words: ``ED25519 key SHA256:…``."""
    return done.stdout.decode(errors="replace").strip().rpartition(" with ")[2]


def _taken(path: Path) -> TabletopError:
    return TabletopError(f"There is a seal at {path} already.", "Move it away to seal the log anew.")
