"""Hostile files without end, into the YAML reader, the loader and the log reader: no traceback, no hang, no hunger.

    python benchmarks/fuzz.py [--inputs 1000000] [--minutes 20] [--seed 0] [--only yaml|exercise|log]

Each input is a file that was good and then bent, made from a number: ``--seed N --inputs 1`` makes input N again.
Goals: nothing but a TabletopError is raised, no input takes more than a second, and memory stays within a gigabyte.
Prints how many inputs were read, how many of each kind, the slowest, and the most memory.
"""

from __future__ import annotations

import argparse
import codecs
import json
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tabletop.documents.markdown import as_markdown
from tabletop.documents.report.as_json import report_json
from tabletop.documents.report.building import after_action_report
from tabletop.errors import TabletopError
from tabletop.journal.chain import NO_HEAD, canonical_sha256, digest, line_sum
from tabletop.journal.reading import Reading, parse
from tabletop.review.record import opened, read_record
from tabletop.review.redacting import redact
from tabletop.review.reviewing import review
from tabletop.review.wording import describe, made_on_the_spot
from tabletop.scenario.index import Index
from tabletop.scenario.loading import load, load_exercise
from tabletop.scenario.reading import read_yaml
from tabletop.scenario.starting import starting_exercise
from tabletop.session.choosing import Choices
from tabletop.session.evolve import fold
from tabletop.session.rehearsal import rehearsal_log

SLOW = 1.0  # seconds of processor time
MEMORY = 2**30  # bytes of address space
STEERING = [*(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))), *"\u202a\u202e\u2066\u2069\u2028\ufeff\ufffe"]
_WORDS = """
[ ] { } [[[[ {a: - ' " # | > |+ &a *a *b !x !!python/object:os.system <<: --- ... %YAML : ? = ~ null -1 0x7f 1e999
../../x use: injects_from: when: chose: all: any: not: effects: decisions: options: id: minutes: at: private: 항만
👩‍👩‍👧 \\u0000 "\\x1b[2J" "\\u202e" {"a": "prev": "sum": "more":true NaN Infinity \\ud800
"""
_SIGNS = ["\n", "\r\n", "\r", "\t", " ", "  - ", "\0", "9" * 5000, "x" * 70_000, "&a [*a]", "\n- " * 400]
PIECES = [*_WORDS.split(), *_SIGNS]
VALUES: list[Any] = [
    None,
    True,
    -1,
    1e300,
    2**70,
    "",
    "x" * 9000,
    [],
    {},
    [None],
    {"a": {"b": [1]}},
    "../../x",
    "\x1b[2J\u202e",
]

Input = tuple[str, bytes]


# --- making ------------------------------------------------------------------------------------------


@cache
def good_yaml() -> bytes:
    """An exercise without a fault."""
    return starting_exercise("drill").encode()


@cache
def good_lines() -> list[dict[str, Any]]:
    """The events of a whole log of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drill.yaml"
        path.write_bytes(good_yaml())
        exercise = load_exercise(path)
    return [json.loads(line) for line in rehearsal_log(exercise, 1, Choices()).splitlines()]


def chained(lines: list[dict[str, Any]]) -> bytes:
    """A log of these events with all its digests right, as somebody could write who knows the format."""
    raw, prev = b"", NO_HEAD
    for seq, line in enumerate(lines):
        record = {key: value for key, value in line.items() if key not in ("prev", "sum")} | {"prev": prev}
        if "seq" in line:
            record["seq"] = seq
        body = json.dumps(record, separators=(",", ":")).encode()[:-1]
        whole = body + b',"sum":"%b"}' % line_sum(body).encode()
        raw, prev = raw + whole + b"\n", digest(whole)
    return raw


def bent(raw: bytes, random: Random) -> bytes:
    """Bytes with one to four faults in them."""
    for _ in range(random.randint(1, 4)):
        at = random.randint(0, len(raw))
        to = min(len(raw), at + random.randint(0, 40))
        piece = random.choice(PIECES).encode()
        how = random.randrange(10)
        if how < 4:
            raw = raw[:at] + piece + raw[to if how % 2 else at :]
        elif how == 4:
            raw = raw[:at] + random.choice(STEERING).encode() + raw[at:]
        elif how == 5:
            raw = raw[:at] + bytes(random.randrange(256) for _ in range(random.randint(1, 6))) + raw[to:]
        elif how == 6:
            raw = raw[:at] + piece * random.choice([2, 33, 500]) + raw[at:] if len(piece) < 9 else raw[:at]
        elif how == 7:
            lines = raw.splitlines(keepends=True)
            one, other = (random.randrange(len(lines)) if lines else 0 for _ in "ab")
            raw = b"".join([*lines[:one], *lines[other : other + random.randint(1, 9)], *lines[one + 1 :]])
        elif how == 8:
            raw = raw[:at] + raw[to:]
        else:
            raw = _recoded(raw, random)
    return raw


def _recoded(raw: bytes, random: Random) -> bytes:
    """The same text as another program might have saved it."""
    how = random.randrange(5)
    if how == 0:
        return raw.decode(errors="replace").encode(random.choice(["utf-16", "utf-16-be", "utf-32", "utf-8-sig"]))
    if how == 1:
        return raw.replace(b"\n", random.choice([b"\r\n", b"\r", b"\n\n", b"\xe2\x80\xa8", b"\t\n"]))
    if how == 2:
        return codecs.BOM_UTF8 * random.randint(1, 2) + raw
    return raw.replace(b"  ", b"\t") if how == 3 else raw[: random.randint(0, len(raw))]


def bent_events(random: Random) -> bytes:
    """A log on which the digests are right and what stands in it is not."""
    lines = json.loads(json.dumps(good_lines()))
    for _ in range(random.randint(1, 3)):
        _bend(random.choice([lines[0], random.choice(lines)]), random)
    if random.random() < 0.3:
        lines.insert(random.randint(0, len(lines)), random.choice(lines))
    if random.random() < 0.3:
        del lines[random.randrange(len(lines))]
    opened = lines[0].get("data") if lines else None
    if isinstance(opened, dict) and "exercise" in opened and random.random() < 0.9:
        opened["exercise_sha256"] = canonical_sha256(opened["exercise"])
    return chained(lines)


def _bend(value: Any, random: Random) -> None:
    """Puts something else somewhere in a JSON value."""
    while True:
        places = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not places:
            return
        at = random.choice(places)
        inner = value[at]
        if isinstance(inner, dict | list) and inner and random.random() < 0.8:
            value = inner
            continue
        if random.random() < 0.25:
            del value[at]
        elif isinstance(value, dict) and random.random() < 0.2:
            value[random.choice(["id", "cells", "tracks", "by", "a\x1b", "seq"])] = deepcopy(random.choice(VALUES))
        else:
            value[at] = deepcopy(random.choice(VALUES))
        return


def hostile_yaml(random: Random) -> bytes:
    """A text for the YAML reader: a bent exercise, or pieces thrown together."""
    if random.random() < 0.5:
        return bent(good_yaml(), random)
    return "".join(random.choice(PIECES) for _ in range(random.randint(0, 60))).encode()


def hostile_exercise(random: Random) -> bytes:
    """An exercise that mostly reads as YAML, for the loader."""
    lines = good_yaml().decode().splitlines()
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(lines))
        key, colon, value = lines[at].partition(": ")
        if colon and random.random() < 0.6:
            lines[at] = f"{key}: {random.choice([*PIECES, value])}"
        else:
            lines[at:at] = [lines[random.randrange(len(lines))]]
    return "\n".join(lines).encode()


def hostile_log(random: Random) -> bytes:
    """A log with faults in its bytes, or on a chain that is right in what its events say."""
    return bent_events(random) if random.random() < 0.75 else bent(chained(good_lines()), random)


# --- reading -----------------------------------------------------------------------------------------


def read_as_yaml(raw: bytes, folder: Path) -> None:
    """The YAML reader; what it complains of steers no terminal."""
    _, faults = read_yaml(raw, "f")
    for fault in faults:
        assert fault.line >= 1
        assert not any(mark in fault.message for mark in STEERING if mark not in "\t\n")


def read_as_exercise(raw: bytes, folder: Path) -> None:
    """The loader, on a file."""
    path = folder / "drill.yaml"
    path.write_bytes(raw)
    load(path)


def read_as_log(raw: bytes, folder: Path) -> None:
    """The log reader, then all that is worked out from a log: its lines, the state of play, a redaction, the report."""
    reading = parse(raw, Path("drill.jsonl"))
    if reading.events:
        for work in (_told, _folded, _redacted, _reported):
            with suppress(TabletopError):
                work(reading)


def _told(reading: Reading) -> None:
    index, names = Index(opened(read_record(reading.events))[1]), made_on_the_spot(reading.events)
    for event in reading.events:
        describe(event, index, names)


def _folded(reading: Reading) -> None:
    fold(reading.events)


def _redacted(reading: Reading) -> None:
    chosen = frozenset(event.seq for event in reading.events[1::5])
    redact(reading.events, reading.head, names=True, others=("Minister",), chosen=chosen)


def _reported(reading: Reading) -> None:
    found = review(reading.events, reading.head)
    as_markdown(after_action_report(found, reading))
    report_json(found, reading)


KINDS: dict[str, tuple[Callable[[Random], bytes], Callable[[bytes, Path], None]]] = {
    "yaml": (hostile_yaml, read_as_yaml),
    "exercise": (hostile_exercise, read_as_exercise),
    "log": (hostile_log, read_as_log),
}


def one_input(number: int, folder: Path, only: str = "") -> tuple[str, str, float, bytes]:
    """Makes and reads an input: its kind, what came of it, the seconds that reading took, and its bytes."""
    random = Random(number)
    kind = only or random.choice([*KINDS])
    make, read = KINDS[kind]
    raw = make(random)
    begun = time.process_time()
    try:
        read(raw, folder)
        came = "read"
    except TabletopError:
        came = "refused"
    return kind, came, time.process_time() - begun, raw


def main() -> None:
    """Read as many as are asked for, and say what came of it; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=KINDS, default="")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    found, failed, slowest = Counter[str](), Counter[str](), (0.0, -1)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        for number in range(options.seed, options.seed + options.inputs):
            try:
                kind, came, seconds, _ = one_input(number, Path(folder), options.only)
            except Exception:  # whatever it is, the run goes on and tells of it
                frames = traceback.format_exc().strip().splitlines()
                failed[f"{frames[-1][:150]} at {frames[-3 if len(frames) > 2 else 0].strip()[:90]}"] += 1
                print(
                    f"input {number}:\n{traceback.format_exc()}" * (sum(failed.values()) < 20), file=sys.stderr, end=""
                )
                continue
            found[f"{kind} {came}"] += 1
            slowest = max(slowest, (seconds, number))
            if seconds > SLOW:
                failed[f"took {seconds:.1f} s"] += 1
            if time.monotonic() - begun > options.minutes * 60:
                break
    taken = time.monotonic() - begun
    total = sum(found.values()) + sum(failed.values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{total} inputs in {taken:.0f} s, {total / taken:.0f} a second: {dict(sorted(found.items()))}")
    print(f"slowest {slowest[0]:.2f} s (input {slowest[1]}; goal: at most {SLOW}), memory {memory} MB")
    print(f"{sum(failed.values())} failed" + "".join(f"\n{count} x {what}" for what, count in failed.most_common(30)))
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
