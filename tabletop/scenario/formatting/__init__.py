"""`fmt`: one order of keys and one layout for exercises, scripts and translations.

Comments stay, and so does every value, to the letter: what is written is read again and compared before anyone gets
it. A library that loads and dumps YAML is not used, since it ties a comment to what stands above it: a key that is
moved would leave its comment behind.
"""

from __future__ import annotations

import codecs
import re

from tabletop.errors import TabletopError
from tabletop.scenario.diagnostics import ExerciseInvalid
from tabletop.scenario.formatting.layout import laid_out
from tabletop.scenario.formatting.parts import Unusual
from tabletop.scenario.reading import read_yaml
from tabletop.scenario.reading.nodes import Map, Node, Scalar, Seq

_LINE_END = re.compile(r"\r\n|\r|\n")


def formatted(raw: bytes, file: str) -> bytes:
    """A file's bytes in the one layout; line ends stay what they are.

    Raises ExerciseInvalid where the file is no YAML that an exercise may be, and TabletopError where it cannot be laid
    out without changing what it says.
    """
    before, faults = read_yaml(raw, file)
    if faults:
        raise ExerciseInvalid(faults)
    text = raw.removeprefix(codecs.BOM_UTF8).decode()
    if not isinstance(before, Map) or not before:
        return raw
    ends = _LINE_END.search(text)
    lines = _LINE_END.split(text)
    try:
        laid = laid_out(lines)
    except Unusual:
        return raw
    made = "".join(f"{line}\n" for line in laid)
    _prove(before, lines, made, file)
    return made.replace("\n", ends[0] if ends else "\n").encode()


def _prove(before: Node, lines: list[str], made: str, file: str) -> None:
    """Raise TabletopError unless all is there that was: each value as it was read, and each comment."""
    after, faults = read_yaml(made.encode(), file)
    if faults or not _same(before, after) or _written(lines) != _written(made.split("\n")):
        raise TabletopError(
            f"{file} cannot be laid out without changing what it says, and is left as it is.",
            "Lay out by hand what is unusual in it: lists in brackets over many lines, a last line without its end.",
        )


def _same(before: Node | None, after: Node | None) -> bool:
    """Whether two files hold the same, whatever the order of keys."""
    if isinstance(before, Map) and isinstance(after, Map):
        keys = before.keys_at
        return keys.keys() == after.keys_at.keys() and all(_same(before.get(key), after.get(key)) for key in keys)
    if isinstance(before, Seq) and isinstance(after, Seq):
        return len(before) == len(after) and all(map(_same, before, after))
    if isinstance(before, Scalar) and isinstance(after, Scalar):
        return str(before) == str(after) and before.plain == after.plain
    return type(before) is type(after)


def _written(lines: list[str]) -> list[str]:
    """What is written in a file, wherever it stands: its characters but spaces, by lines; dashes stand anywhere."""
    return sorted("".join(line.split()).lstrip("-") for line in lines if line.strip(" \t-"))
