"""No command opens a connection, looks up a name, or listens: proved in a process that would be stopped if it did."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.cli import COMMANDS

GUARD = """
import os, sys

def guard(event, arguments):
    if event.startswith(("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostby",
                         "urllib.Request", "http.client", "ftplib", "smtplib", "webbrowser")):
        os.write(2, f"NETWORK: {event} {arguments}\\n".encode())
        os._exit(99)
    if event == "socket.__new__" and arguments[1] not in (1, None):  # AF_UNIX is no network
        os.write(2, f"NETWORK: {event} {arguments}\\n".encode())
        os._exit(99)

sys.addaudithook(guard)
"""

WORDS = [
    ["list"],
    ["list", "--json"],
    ["show", "gsomia-ninety-days"],
    ["check", "gsomia-ninety-days"],
    ["new", "a-new-one"],
    ["schema"],
    ["rehearse", "gsomia-ninety-days", "--log", "kept.jsonl"],
    ["play", "gsomia-ninety-days", "--commands", "commands", "--logs", "."],
    ["log", "kept.jsonl"],
    ["seal", "kept.jsonl", "--key", "key"],
    ["verify", "kept.jsonl"],
    ["redact", "kept.jsonl", "-o", "shared.jsonl", "--names", "--also", "Nobody"],
    ["report", "kept.jsonl"],
    ["report", "kept.jsonl", "--format", "json"],
    *(["report", "kept.jsonl", "-o", f"report.{kind}"] for kind in ("html", "docx", "pdf")),
    ["compare", "kept.jsonl", "shared.jsonl"],
    ["actions", "kept.jsonl"],
    ["fmt", "--check", "exercises/a-new-one.yaml"],
    ["diff", "gsomia-ninety-days", "gsomia-ninety-days"],
    *(
        ["export", "gsomia-ninety-days", "--format", kind, "-o", f"{kind}.{kind.rpartition('-')[2]}"]
        for kind in ("msel-xlsx", "msel-csv", "manual-docx", "handouts-pdf")
    ),
    ["import", "msel-csv.csv", "-o", "brought-in.yaml"],
]
ON_SCREEN = {
    "run": ["run", "gsomia-ninety-days", "--name", "first", "--logs", "."],
    "resume": ["resume", "kept.jsonl"],
    "review": ["review", "kept.jsonl"],
    "display": ["display", "kept.jsonl"],
    "edit": ["edit", "gsomia-ninety-days"],
}


def guarded(folder: Path) -> dict[str, str]:
    """An environment in which Python stops at the first use of the network."""
    (folder / "guard").mkdir()
    (folder / "guard" / "sitecustomize.py").write_text(GUARD)
    (folder / "commands").write_text('{"do": "start"}\n')
    places = os.pathsep.join([str(folder / "guard"), *sys.path])
    return {**os.environ, "PYTHONPATH": places, "TERM": "xterm-256color", "TEXTUAL": ""}


@pytest.mark.parametrize("use", ["socket()", "getaddrinfo('localhost', 80)", "gethostbyname('localhost')"])
def test_the_guard_stops_what_uses_the_network(tmp_path: Path, use: str) -> None:
    words = [sys.executable, "-c", f"import socket; socket.{use}"]
    assert subprocess.run(words, env=guarded(tmp_path), capture_output=True, check=False).returncode == 99


def test_no_command_uses_the_network(tmp_path: Path) -> None:
    environment = guarded(tmp_path)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    for words in WORDS:
        done = subprocess.run(
            [sys.executable, "-m", "tabletop", *words], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert (done.returncode, b"NETWORK" in done.stderr) == (0, False), (words, done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("command", ON_SCREEN)
def test_no_screen_uses_the_network(tmp_path: Path, command: str) -> None:
    import pexpect

    environment = guarded(tmp_path)
    made = [sys.executable, "-m", "tabletop", "rehearse", "gsomia-ninety-days", "--log", str(tmp_path / "kept.jsonl")]
    subprocess.run(made, check=True, capture_output=True)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tabletop", *ON_SCREEN[command]],
        cwd=tmp_path,
        env=environment,
        dimensions=(40, 120),
        timeout=30,
    )
    try:
        assert child.expect(["\\x1b\\[\\?1049h", "NETWORK", pexpect.EOF]) == 0
        drawn = b""
        while len(drawn) <= 3000:
            drawn += child.read_nonblocking(65536, 20)  # raises where nothing more is drawn
        for keys in ("\t", "n", "\x1b", "\x1b[B"):
            child.send(keys)
        assert child.expect(["NETWORK", pexpect.EOF, pexpect.TIMEOUT], timeout=3) != 0
        assert b"NETWORK" not in drawn
    finally:
        child.close(force=True)
    assert child.exitstatus != 99


def test_each_command_is_among_those_tried() -> None:
    assert {words[0] for words in WORDS} | set(ON_SCREEN) == set(COMMANDS)
