"""What leaves the tool steers nothing: no control byte on a terminal, no live HTML in a report, no file elsewhere.

The exercise, the log, and the names of files are hostile; every command is run on them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import fuzz
import pytest

from tabletop.cli import COMMANDS
from tabletop.journal import canonical_sha256
from tabletop.scenario.starting import starting_exercise

STEERS = "\x1b]0;owned\x07\x1b[2J\x9b31m\x90q\x9c\u202eevil\u2066\x08\r\x7f"
MARKUP = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> <!-- &lt;b&gt; [x](javascript:alert(1)) ![i](http://x/i.png)"
)
_TEXTS = """
title text name summary question consequence briefing notes background marking role rationale via from message zone
capability brief topics roles aims tasks expects hot_wash reason scenario_time decided_by analysis owner
"""
TEXTS = frozenset(_TEXTS.split())
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


OWN = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\]22;[a-z-]*\x07|[()][0-9A-B]|[=>78MD]|P[^\x1b]*\x1b\\)")
"""What the screens themselves tell a terminal."""


def poisoned(value: Any, text: str, key: str = "") -> Any:
    """A JSON value in which every text that somebody wrote holds another too."""
    if isinstance(value, dict):
        return {each: poisoned(inner, text, each) for each, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, text, key) for inner in value]
    return f"{value} {text}" if isinstance(value, str) and key in TEXTS else value


def hostile_log(text: str, lines: list[dict[str, Any]] | None = None) -> bytes:
    """A log whose chain is whole, and each of whose texts steers; of these events, or of a whole session."""
    lines = [{**line, "data": poisoned(line["data"], text)} for line in lines or fuzz.good_lines()]
    opened = lines[0]["data"]
    said = {**lines[-1], "by": f"x {text}"}
    more = {
        "participant_joined": {"id": f"p{text}", "name": text, "role": text, "cell": "transport"},
        "discussion_noted": {"text": text, "cell": "interior", "quote": True},
        "observation_recorded": {"kind": "strength", "text": text, "objective": "consult"},
        "hot_wash_noted": {"text": text},
        "feedback_given": {text: text, "participant": f"p{text}"},
        "action_agreed": {"id": f"a{text}", "action": text, "owner": text, "due": text},
        f"newer{text}": {text: [text]},
    }
    lines += [{**said, "type": type, "data": data} for type, data in more.items()]
    opened["exercise_sha256"] = canonical_sha256(opened["exercise"])
    return fuzz.chained(lines)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with hostile files, by name too."""
    for folder in ("exercises", "injects", "logs"):
        (tmp_path / folder).mkdir()
    evil = STEERS.replace("/", "")
    (tmp_path / "exercises" / f"{evil}.yaml").write_text(f'title: "{STEERS}"\n? [a]\n{STEERS}: &a *b\n')
    (tmp_path / "exercises" / "bent.yaml").write_text(starting_exercise("bent").replace("title:", f"title: {STEERS}"))
    (tmp_path / "injects" / f"{evil}.yaml").write_text("injects: [{" + STEERS)
    (tmp_path / "logs" / f"{evil}.jsonl").write_bytes(hostile_log(STEERS))
    (tmp_path / "logs" / "evil.jsonl").write_bytes(hostile_log(STEERS))
    (tmp_path / "logs" / "bent.jsonl").write_bytes(hostile_log(STEERS).replace(b"morning", STEERS.encode(), 3))
    (tmp_path / "logs" / "evil.sig").write_text(STEERS)
    (tmp_path / "commands").write_text(f'{{"do": "{STEERS.encode("unicode_escape").decode()}"}}\n{{"do": "note"}}\n')
    return tmp_path


def run(here: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """A command, in that folder."""
    environment = {**os.environ, "TABLETOP_LOGS": str(here / "logs"), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "tabletop", *words],
        cwd=here,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )


WORDS = {
    "list": [["list"], ["list", "--json"], ["list", "--logs", f"no{STEERS[:5]}"]],
    "show": [["show", "bent"], ["show", STEERS[:9]], ["show", f"exercises/{STEERS}.yaml"]],
    "check": [
        ["check", "exercises", "injects"],
        *(["check", "exercises", "--format", each] for each in ("json", "sarif", "github")),
    ],
    "new": [["new", STEERS], ["new", "../../x"]],
    "schema": [["schema"]],
    "rehearse": [["rehearse", "bent"], ["rehearse", f"exercises/{STEERS}.yaml"]],
    "play": [
        ["play", "evil", "--commands", "commands"],
        ["play", "bent", "--commands", "commands"],
        ["play", STEERS, "--commands", "commands"],
    ],
    "log": [["log", "evil"], ["log", "bent"], ["log", f"logs/{STEERS}.jsonl"], ["log", "evil", "--json"]],
    "verify": [["verify", "evil", "bent"], ["verify", f"logs/{STEERS}.jsonl"], ["verify", "evil", "--head", STEERS]],
    "seal": [["seal", "evil", "--key", STEERS], ["seal", "evil", "--key", "commands"]],
    "redact": [["redact", "evil", "-o", "new.jsonl", "--names"], ["redact", "evil", "-o", "x", "--kind", STEERS]],
    "report": [["report", "evil"], ["report", "evil", "--format", "json"], ["report", "bent"]],
    "run": [["run", "bent", "--name", STEERS], ["run", f"exercises/{STEERS}.yaml"]],
    "resume": [["resume", STEERS], ["resume", "bent"]],
    "review": [["review", STEERS], ["review", "commands"]],
    "display": [["display", STEERS], ["display", "commands"]],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_a_byte_that_steers_a_terminal(here: Path, command: str) -> None:
    for words in WORDS.get(command, [[command, STEERS], [command, "bent"]]):
        done = run(here, *words)
        said = (done.stdout + done.stderr).decode()
        assert "Traceback" not in said
        assert said, words
        assert not CONTROL.search(said), (words, CONTROL.search(said), said)


# --- in a terminal -----------------------------------------------------------------------------------


@contextmanager
def terminal(here: Path, *words: str) -> Iterator[Any]:
    """A command in a pseudo-terminal, gone afterwards."""
    import pexpect

    environment = {**os.environ, "TABLETOP_LOGS": str(here / "logs"), "TERM": "xterm-256color"}
    command = ["-m", "tabletop", *words]
    child = pexpect.spawn(sys.executable, command, cwd=here, env=environment, dimensions=(40, 120), timeout=30)
    try:
        yield child
    finally:
        child.close(force=True)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    "words", [["resume", "evil"], ["review", "evil"], ["display", "evil"]], ids=lambda words: words[0]
)
def test_no_screen_passes_on_what_steers_a_terminal(here: Path, words: list[str]) -> None:
    import pexpect

    shown = b""
    with terminal(here, *words) as child, suppress(pexpect.EOF):
        child.expect("owned")
        shown += child.before + child.after
        for keys in ("\t", "h", "\x1b[B", "\r"):
            child.send(keys)
            ends = time.monotonic() + 1
            with suppress(pexpect.TIMEOUT):
                while time.monotonic() < ends:
                    shown += child.read_nonblocking(65536, timeout=0.5)
    assert b"owned" in shown
    assert b"]0;owned\x07" not in shown
    assert b"\x1b]0;owned" not in shown
    text = OWN.sub(b"", shown).decode()
    assert not set(CONTROL.findall(text)) - {"\r"}


# --- on paper ----------------------------------------------------------------------------------------


def tokens(markdown: str) -> Iterator[Any]:
    """What a Markdown reader that passes HTML on makes of a paper."""
    from markdown_it import MarkdownIt

    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown):
        yield from (token, *(token.children or ()))


def test_a_report_holds_no_live_html_no_picture_and_no_link_that_runs(here: Path) -> None:
    (here / "logs" / "evil.jsonl").write_bytes(hostile_log(MARKUP))
    done = run(here, "report", "evil")
    assert b"alert(1)" in done.stdout
    found = list(tokens(done.stdout.decode()))
    assert not [token.content for token in found if token.type in ("html_inline", "html_block", "image")]
    assert not [token.attrs for token in found if token.type == "link_open" and "script" in str(token.attrs)]


# --- on the disk -------------------------------------------------------------------------------------

NAMES = ["../../out", "/etc/out", "..", ".", "a/b", "~/out", "out\\..\\up", STEERS, "CON", "x" * 4000, "\u202e", "-o"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_made_from_any_title_stays_in_its_folder(here: Path, name: str) -> None:
    from tabletop.errors import UsageError
    from tabletop.journal import new_log_path, safe_name

    logs = here / "logs"
    assert (logs / f"{safe_name(name)}.jsonl").resolve().parent == logs
    with suppress(UsageError):
        assert new_log_path(name, logs).resolve().parent == logs
    before = sorted(here.parent.rglob("*"))
    run(here, "play", "bent", "--name", name, "--commands", os.devnull)
    made = [path for path in sorted(here.parent.rglob("*")) if path not in before]
    assert all(path.parent == logs for path in made)
