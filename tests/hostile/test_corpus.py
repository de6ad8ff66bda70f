"""Exercises that were made to do harm, one of each kind that is known: told of in words, in little time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tabletop.scenario.loading import load
from tabletop.scenario.starting import starting_exercise

GOOD = starting_exercise("drill")
SECOND = 1.0  # of processor time
MEMORY = 500 * 2**20  # bytes of address space, Python and its libraries included
CONTROLS = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]
BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]


def titled(text: str) -> bytes:
    """The good exercise with another title."""
    line = next(line for line in GOOD.splitlines() if line.startswith("title:"))
    return GOOD.replace(line, f"title: {text}").encode()


def laughs(sign: str) -> bytes:
    """Ten names, each nine times the one before."""
    lines = [f"a0: &a0 {sign}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 11)]
    return "\n".join(lines).encode()


REFUSED = {
    "billion-laughs": laughs("ha"),
    "merge-bomb": b"a: &a {x: 1}\n" + b"".join(b"b%d: {<<: [*a, *a, *a]}\n" % n for n in range(900)),
    "cyclic-anchor": b"a: &a\n  - *a\n",
    "cyclic-map": b"&a ? *a\n: *a\n",
    "deep-lists": b"a: " + b"[" * 30_000 + b"]" * 30_000,
    "deep-maps": b"a: " + b"{b: " * 30_000 + b"1" + b"}" * 30_000,
    "deep-blocks": b"\n".join(b" " * n + b"- " for n in range(3000)),
    "nul": titled('"a"').replace(b'"a"', b'"a\0b"'),
    "not-utf-8": titled("x").replace(b"title: x", b"title: \xff\xfe\xfd"),
    "overlong": titled("x").replace(b"title: x", b"title: \xc0\xaf"),
    "surrogate": titled("x").replace(b"title: x", b"title: \xed\xa0\x80"),
    "utf-16": GOOD.encode("utf-16"),
    "utf-16-be": GOOD[:1500].encode("utf-16-be"),
    "utf-32": GOOD.encode("utf-32"),
    "tab-indent": GOOD.replace("\n  ", "\n\t").encode(),
    "duplicate-keys": GOOD.encode() + b"title: again\n" * 3000,
    "second-document": GOOD.encode() + b"---\n" + GOOD.encode(),
    "python-object": titled("!!python/object/apply:os.system [id]"),
    "huge-number": GOOD.encode() + b"minutes: " + b"9" * 1_000_000,
    "endless-quote": GOOD.encode() + b'summary: "' + b"x" * 1_000_000,
    "id-outside": GOOD.replace("id: drill", "id: ../../x").encode(),
    "script-outside": GOOD.encode() + b"injects_from: [../../../etc/passwd]\n",
    **{f"control-{code:02x}": titled("x").replace(b"title: x", f"title: a{chr(code)}b".encode()) for code in CONTROLS},
    **{f"escaped-{code:02x}": titled(f'"a\\x{code:02x}b"') for code in CONTROLS},
    **{f"bidi-{code:04x}": titled(f"a{chr(code)}b") for code in BIDI},
    **{f"escaped-bidi-{code:04x}": titled(f'"a\\u{code:04x}b"') for code in BIDI},
}
TAKEN = {
    "byte-order-mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "windows-line-ends": GOOD.replace("\n", "\r\n").encode(),
    "old-mac-line-ends": GOOD.replace("\n", "\r").encode(),
    "huge-scalar": titled("x" * 2_000_000),
    "huge-block": GOOD.encode() + b"summary: |\n" + b"  line upon line\n" * 200_000,
}


def written(folder: Path, raw: bytes) -> Path:
    """The exercise as a file of its own."""
    path = folder / "drill.yaml"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_harm_is_refused_with_line_and_remedy_at_once(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, REFUSED[name])
    begun = time.process_time()
    loaded = load(path)
    assert time.process_time() - begun < SECOND
    assert loaded.exercise is None
    assert any(fault.severity == "error" and fault.line >= 1 for fault in loaded.faults)


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_only_odd_or_large_is_read_or_told_of_at_once(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, TAKEN[name])
    begun = time.process_time()
    loaded = load(path)
    print(name, time.process_time() - begun, loaded.faults[:2])
    assert time.process_time() - begun < SECOND


@pytest.mark.parametrize("where", ["", "cells:\n  - id: a\n    name: A\n    "], ids=["at the top", "in a cell"])
def test_of_a_file_that_is_nothing_but_unknown_keys_the_first_thousand_are_told_and_how_many_more(
    tmp_path: Path, where: str
) -> None:
    indent = " " * (len(where) - 1 - where.rfind("\n")) if where else ""
    keys = f"\n{indent}".join(f"k{number}: v" for number in range(75_000))
    path = written(tmp_path, f"format: 1\nid: drill\n{where}{keys}\n".encode())
    begun = time.process_time()
    told = [fault for fault in load(path).faults if fault.rule == "unknown-key"]
    assert time.process_time() - begun < SECOND
    assert 900 < len(told) <= 1001
    assert any("`k900` is not a key of this." in fault.message for fault in told)
    assert sum("faults of form more are not told" in fault.message for fault in told) == 1
    assert told[-1].message.startswith("74,0")
    assert told[-1].help == "Mend the others first."


def test_ten_thousand_injects_are_an_exercise_like_others(tmp_path: Path) -> None:
    inject = "      - id: i{0}\n        title: Inject {0}\n        at: 1\n        text: Something happens.\n"
    raw = "format: 1\nid: drill\ntitle: Many\ncells:\n  - id: a\n    name: A\nmoves:\n  - id: one\n    title: One\n"
    raw += "    minutes: 60\n    injects:\n" + "".join(inject.format(number) for number in range(10_000))
    path = written(tmp_path, raw.encode())
    begun = time.process_time()
    loaded = load(path)
    assert time.process_time() - begun < 3
    assert loaded.exercise is not None
    assert len(list(loaded.exercise.injects())) == 10_000


def test_a_script_that_is_a_link_out_of_its_folder_is_not_drawn_on(tmp_path: Path) -> None:
    (tmp_path / "injects").mkdir()
    (tmp_path / "secret.yaml").write_text("format: 1\nid: secret\ninjects: [{id: a, title: The secret, text: x}]\n")
    (tmp_path / "injects" / "secret.yaml").symlink_to(tmp_path / "secret.yaml")
    (tmp_path / "exercises").mkdir()
    raw = GOOD.replace("\nmoves:", "\ninjects_from: [secret]\nmoves:")
    loaded = load(written(tmp_path / "exercises", raw.encode()))
    assert [fault.rule for fault in loaded.faults if fault.severity == "error"] == ["missing-script"]
    assert "The secret" not in str(loaded.faults)


def test_all_of_it_is_checked_in_little_memory(tmp_path: Path) -> None:
    for name, raw in {**REFUSED, **TAKEN}.items():
        (tmp_path / f"{name}.yaml").write_bytes(raw)

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    words = [sys.executable, "-m", "tabletop", "check", str(tmp_path)]
    done = subprocess.run(words, capture_output=True, preexec_fn=little, check=False, timeout=120)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    told = done.stdout + done.stderr
    assert not any(chr(code).encode() in told for code in [*CONTROLS, *BIDI])
    assert all(f"{name}.yaml:".encode() in done.stdout for name in REFUSED)
