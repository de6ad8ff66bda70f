"""YAML with positions, and without what an exercise has no use for.

The parser is libyaml's alone; PyYAML's other one reads some files differently. Its events are built into
texts, lists and maps that know their places; no value is guessed at. Anchors, aliases, tags and merge keys
are refused, as are second documents, deep nesting and characters that could steer a terminal.
"""

from __future__ import annotations

import codecs
import gc
import io
import re
import stat
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from tabletop.errors import TabletopError, UsageError
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.reading.nodes import Map, Mark, Node, Nothing, Place, Scalar, Seq, place_of, shown
from tabletop.scenario.reading.parser_words import LINE_END, in_plain_words

LARGEST = 10 * 2**20
DEEPEST = 32
MOST = 1000
"""So many faults are told of a file's form: nobody reads further, and a file can be made to have millions."""
MERGE = "<<"

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_HARMLESS = bytes(byte for byte in range(256) if byte in b"\t\n\r" or 0x20 <= byte != 0x7F)
_STEERING_BYTES = [  # roughly, in UTF-8: each is a search that runs through a file in no time
    re.compile(rb"\xc2[\x80-\x9f]"),
    re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])"),
    re.compile(rb"\xef(?:\xbb\xbf|\xbf[\xbe\xbf])"),
]
_ESCAPED = re.compile(f"\r|{_STEERING.pattern}")
_LINE_ENDS = "\u2028\u2029"
"""Separators that the parser takes for ends of lines, and every editor for characters like others."""
_NULL = "null"
_INSTEAD = "Write it out again; injects are shared by `use:`."


def read_file(path: Path, wanted: str = "a .yaml file", largest: int = LARGEST) -> bytes:
    """The bytes of a file; of one that is too large, no more than shows it. UsageError if it cannot be read."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{path} is a folder, and a file is wanted.", f"Name {wanted} in it.")
        if not stat.S_ISREG(mode):
            raise UsageError(f"{path} is a pipe or a device, and a file is wanted.", f"Name {wanted}.")
        with path.open("rb") as file:
            return file.read(largest + 1)
    except FileNotFoundError as cause:
        raise UsageError(f"There is no file {path}.", "Look at its name, and at the folder's.") from cause
    except (OSError, ValueError) as cause:
        reason = getattr(cause, "strerror", None) or "no file can have that name"
        raise UsageError(f"{path} cannot be read: {reason}.", "Look at its name and its permissions.") from cause


def read_yaml(raw: bytes, file: str) -> tuple[Node | None, list[Fault]]:
    """What the file holds, and every fault of its form; None where nothing can be made of it.

    ``file`` is the name that the faults bear.
    """
    if len(raw) > LARGEST:
        message = "The file is larger than 10 MiB."
        return None, [Fault("refused-yaml", message, file, 1, 1, help="Split it up.")]
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as cause:
        line, column = _position(raw[: cause.start].decode())
        message = f"The byte 0x{raw[cause.start]:02x} is not UTF-8."
        return None, [Fault("refused-yaml", message, file, line, column, help="Save the file as UTF-8 text.")]
    reader = _Reader(text, file)
    armed = bool(raw.translate(None, _HARMLESS)) or any(form.search(raw) for form in _STEERING_BYTES)
    with no_collecting():
        node = reader.read(armed)
    return node, sorted(reader.faults, key=lambda fault: (fault.line, fault.column))


@contextmanager
def no_collecting() -> Iterator[None]:
    """No search for cycles while a tree is built: it has none, and the search takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _position(before: str) -> tuple[int, int]:
    """The line and column of what follows: a line ends with a line feed, a carriage return, or both."""
    lines = LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1


class _Named(io.BytesIO):
    """A text whose marks bear the file's name."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text.encode())
        self.name = name


def _parser(text: str, file: str) -> Any:
    try:
        from yaml._yaml import CParser
    except ImportError as cause:
        raise TabletopError(
            "This Python's PyYAML was built without libyaml, which reads the exercises.",
            "Install PyYAML from a wheel: pip install --force-reinstall --only-binary :all: pyyaml.",
        ) from cause
    return CParser(_Named(text, file))


class _Enough(Exception):
    """As many faults were found as are told."""


class _Reader:
    """Builds nodes from the parser's events."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._text = text
        self._stand_ins: dict[int, str] = {}
        self._stack: list[tuple[Any, dict[str, Mark] | None, str | None]] = []

    def read(self, armed: bool) -> Node | None:
        """What the text holds, in which something may steer a terminal; None where nothing can be made of it."""
        try:
            if armed:
                self._disarm()
            if any(mark in self._text for mark in _LINE_ENDS):
                self._set_line_ends_aside()
            return self._built(_parser(self._text, self.file).get_event)
        except _Enough:
            pass
        except MarkedYAMLError as cause:
            self.faults.append(in_plain_words(cause, self._text, self.file))
        except YAMLError as cause:
            what = " ".join(str(cause).split())
            self._refuse(Place(self.file, 1, 1), f"This is not YAML: {what}.", "Save it as text.", "not-yaml")
        return None

    def _refuse(self, place: Place, message: str, help: str = "", rule: str = "refused-yaml", path: str = "") -> None:
        self.faults.append(Fault.at(place, rule, message, path, help))
        if len(self.faults) == MOST:
            raise _Enough

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins; no change of characters changes it."""
        return [0, *(found.end() for found in LINE_END.finditer(self._text))]

    def _path(self, into: Any, key: str | None) -> str:
        """The way to what comes next in what is being filled: under its key, or at the end of its list."""
        frames = [*self._stack, (into, None, key)][1:]
        steps = [key if isinstance(each, Map) else len(each) for each, _, key in frames]
        return shown([step for step in steps if step is not None and step != _NO_KEY])

    # --- characters -----------------------------------------------------------------------------------

    def _disarm(self) -> None:
        """Tell every character that could steer a terminal, and read a space in its place."""

        def disarmed(found: re.Match[str]) -> str:
            line = bisect_right(self._starts, found.start())
            place = Place(self.file, line, found.start() - self._starts[line - 1] + 1)
            self._refuse(
                place, f"Here stands {_named(found[0])}, which is refused.", "Delete it; some editors hide it."
            )
            return " "

        self._text = _STEERING.sub(disarmed, self._text)

    def _set_line_ends_aside(self) -> None:
        """Read characters that nobody uses in place of those that only the parser takes for ends of lines."""
        free = (chr(code) for code in range(0xFDD0, 0xFDF0) if chr(code) not in self._text)
        self._stand_ins = {ord(stand_in): mark for stand_in, mark in zip(free, _LINE_ENDS, strict=False)}
        self._text = self._text.translate({ord(mark): code for code, mark in self._stand_ins.items()})

    def _mended(self, event: Any, into: Any, key: str | None) -> str:
        """A scalar's text in NFC, without what an escape made and must not."""
        text: str = event.value
        if self._stand_ins:
            text = text.translate(self._stand_ins)
        if event.style == '"' and not text.isprintable() and (found := _ESCAPED.search(text)):
            message = f"An escape makes {_named(found[0])}, which is refused."
            self._refuse(place_of(event.start_mark), message, "Delete it.", path=self._path(into, key))
            text = _ESCAPED.sub(" ", text)
        return text if text.isascii() else unicodedata.normalize("NFC", text)

    # --- events ---------------------------------------------------------------------------------------

    def _built(self, next_event: Callable[[], Any]) -> Node | None:  # noqa: PLR0915 - a call an event costs too much
        """One loop over all events, without recursion; what every scalar needs is written out in it.

        ``into`` is what is being filled, ``keys`` its ``keys_at`` if it is a map, ``key`` the key that waits
        for its value; what holds it waits in ``stack``.
        """
        mended = bool(self._stand_ins) or not unicodedata.is_normalized("NFC", self._text)
        root: list[Node] = []
        into: Any = root
        keys: dict[str, Mark] | None = None
        key: str | None = None
        stack = self._stack
        documents = 0
        while True:
            event = next_event()
            kind = event.__class__
            if kind is ScalarEvent:
                text, mark, style = event.value, event.start_mark, event.style
                if mended or style == '"':
                    text = self._mended(event, into, key)
                if event.anchor is not None or event.tag is not None:
                    self._before_a_value(event, into, key)
                if keys is not None and key is None:
                    if text in keys or text == MERGE:
                        key = self._second_or_merge(text, event, into)
                    else:
                        keys[text] = mark
                        key = text
                    continue
                if style or (text and text != _NULL):
                    scalar = Scalar(text)
                    scalar.mark = mark
                    scalar.plain = not style
                    node: Node = scalar
                elif key is None:
                    node = Nothing(mark)
                else:
                    key = None
                    continue
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                if event.anchor is not None or event.tag is not None:
                    self._before_a_value(event, into, key)
                if len(stack) == DEEPEST:
                    path = self._path(into, key)
                    self._refuse(
                        place_of(mark), f"Nesting goes past {DEEPEST} levels.", "Lay it out flatter.", path=path
                    )
                    return None
                stack.append((into, keys, key))
                if kind is MappingStartEvent:
                    into = Map()
                    into.mark = mark
                    into.keys_at = keys = {}
                else:
                    into, keys = Seq(mark, flow=bool(event.flow_style)), None
                key = None
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if keys is not None:
                    into.pop(_NO_KEY, None)
                node = into
                into, keys, key = stack.pop()
            elif kind is AliasEvent:
                node = self._alias(event, into, key)
            elif kind is StreamEndEvent:
                break
            elif kind is DocumentStartEvent and (documents := documents + 1) > 1:
                place = place_of(event.start_mark)
                self._refuse(place, "A second document is refused: a file holds one.", "Delete the `---`.")
                break
            else:
                continue
            if keys is None:
                into.append(node)
            elif key is None:
                key = self._no_key(node, kind, into)
            else:
                into[key] = node
                key = None
        return root[0] if root else None

    # --- what is refused ------------------------------------------------------------------------------

    def _second_or_merge(self, key: str, event: Any, into: Map) -> str:
        """The key to put the value under; what follows one that is refused is passed over."""
        place, path = place_of(event.start_mark), self._path(into, key)
        if key in into.keys_at:
            help = f"It is in line {into.key(key).line} already: keep one of the two."
            self._refuse(place, f"`{key}` stands here a second time.", help, "duplicate-key", path)
            return _NO_KEY
        into.keys_at[key] = event.start_mark
        if event.style:
            return key
        self._refuse(place, "A merge key (<<) is refused.", _INSTEAD, path=path)
        return _NO_KEY

    def _no_key(self, node: Node, kind: type, into: Map) -> str:
        if kind is not AliasEvent:
            path = self._path(into, None)
            self._refuse(node.place, "A key is one word, not a list or a map.", "Write `key: value`.", path=path)
        return _NO_KEY

    def _alias(self, event: Any, into: Any, key: str | None) -> Scalar:
        message = f"An alias (*{event.anchor}) is refused."
        self._refuse(place_of(event.start_mark), message, _INSTEAD, path=self._path(into, key))
        node = Scalar("")
        node.mark, node.plain = event.start_mark, False
        return node

    def _before_a_value(self, event: Any, into: Any, key: str | None) -> None:
        """Refuse what stands before a value: a name for it, or a type."""
        mark: Mark = event.start_mark
        if event.anchor is not None:
            message, help = f"An anchor (&{event.anchor}) is refused.", _INSTEAD
        else:
            start, *end = self._starts[mark.line : mark.line + 2]
            line = self._text[start + mark.column : end[0] if end else None].rstrip("\r\n")
            message, help = "A tag (!) is refused.", "Delete it, or put the text in quotes if it starts with `!`."
            if line.startswith("!="):
                message, help = "`!=` needs quotes here: YAML reads `!` as a tag.", f'Write "{line.strip()}".'
        self._refuse(place_of(mark), message, help, path=self._path(into, key))


_NO_KEY = "\0"
"""In place of a key that is refused; no key can be this, for the character is refused too."""


def _named(char: str) -> str:
    return f"the character U+{ord(char):04X} ({unicodedata.name(char, 'a control character').lower()})"
