"""YAML with positions, and without what an exercise has no use for.

The parser is libyaml's alone; PyYAML's other one reads some files differently. Its events are built into
texts, lists and maps that know their places; no value is guessed at. Anchors, aliases, tags and merge keys
are refused, as are second documents, deep nesting and characters that could steer a terminal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
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
from tabletop.scenario.nodes import Map, Node, Place, Scalar, Seq
from tabletop.scenario.parser_words import in_plain_words

LARGEST = 10 * 2**20
DEEPEST = 32

_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|(?<!^)\ufeff")
_NOT_THERE = ("", "null")


def read_file(path: Path) -> bytes:
    """The bytes of a file; UsageError, in words, if it cannot be read."""
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder, and a file is wanted.", "Name a .yaml file in it.")
        return path.read_bytes()
    except FileNotFoundError as cause:
        raise UsageError(f"There is no file {path}.") from cause
    except (OSError, ValueError) as cause:
        reason = getattr(cause, "strerror", None) or "no file can have that name"
        raise UsageError(f"{path} cannot be read: {reason}.") from cause


def read_yaml(raw: bytes, file: str) -> tuple[Node | None, list[Fault]]:
    """What the file holds, and every fault of its form; None where nothing can be made of it.

    ``file`` is the name that the faults bear.
    """
    if len(raw) > LARGEST:
        fault = Fault("refused-yaml", "The file is larger than 10 MiB.", file, 1, 1, help="Split it up.")
        return None, [fault]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        return None, [_not_utf8(raw, cause, file)]
    reader = _Reader(file)
    node = reader.read(reader.without_steering(text))
    return node, sorted(reader.faults, key=lambda fault: (fault.line, fault.column))


def _not_utf8(raw: bytes, cause: UnicodeDecodeError, file: str) -> Fault:
    before = raw[: cause.start].decode("utf-8-sig", errors="replace")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    message = f"The byte 0x{raw[cause.start]:02x} is not UTF-8."
    return Fault("refused-yaml", message, file, line, column, help="Save the file as UTF-8 text.")


def _parser(text: str) -> Any:
    try:
        from yaml._yaml import CParser
    except ImportError as cause:
        raise TabletopError(
            "This Python's PyYAML was built without libyaml, which reads the exercises.",
            "Install PyYAML from a wheel: pip install --force-reinstall --only-binary :all: pyyaml.",
        ) from cause
    return CParser(text)


class _Reader:
    """Builds nodes from the parser's events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._text = ""

    def read(self, text: str) -> Node | None:
        self._text = text
        try:
            return self._built(_parser(text))
        except MarkedYAMLError as cause:
            self.faults.append(in_plain_words(cause, text, self.file))
        except YAMLError as cause:
            self._refuse(Place(self.file, 1, 1), f"This is not YAML: {cause}", rule="not-yaml")
        return None

    def without_steering(self, text: str) -> str:
        """The text with each control and bidi-override character told and put out of action."""

        def replaced(found: re.Match[str]) -> str:
            at = found.start()
            place = Place(self.file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            self._refuse(
                place,
                f"Here stands {_named(found[0])}, which is refused.",
                "Delete it; some editors hide it.",
            )
            return " "

        return _STEERING.sub(replaced, text) if _STEERING.search(text) else text

    def _refuse(self, place: Place, message: str, help: str = "", rule: str = "refused-yaml") -> None:
        self.faults.append(Fault(rule, message, place.file, place.line, place.column, help=help))

    def _built(self, parser: Any) -> Node | None:
        """One loop over all events: the parser never recurses, and neither does this."""
        root: list[Node] = []
        stack: list[tuple[Node, Callable[[Node], None]]] = []
        add: Callable[[Node], None] = root.append
        documents = 0
        while True:
            event = parser.get_event()
            kind = type(event)
            if kind is ScalarEvent:
                add(self._scalar(event))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                place = self._place(event)
                self._plain_start(event, place)
                if len(stack) == DEEPEST:
                    self._refuse(place, f"Nesting goes past {DEEPEST} levels.", "Lay it out flatter.")
                    return None
                if kind is MappingStartEvent:
                    below = Map(place)
                    stack.append((below, add))
                    add = _Adding(self, below)
                else:
                    items = self._seq(event, place)
                    stack.append((items, add))
                    add = items.append
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                done, add = stack.pop()
                add(done)
            elif kind is AliasEvent:
                place = self._place(event)
                self._refuse(place, f"An alias (*{event.anchor}) is refused.", _INSTEAD)
                add(self._made("", place, plain=False))
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    place = self._place(event)
                    self._refuse(place, "A second document is refused: a file holds one.", "Delete the `---`.")
                    break
            elif kind is StreamEndEvent:
                break
        return root[0] if root else None

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _made(self, text: str, place: Place, *, plain: bool) -> Scalar:
        scalar = Scalar(text)
        scalar.place, scalar.plain = place, plain
        return scalar

    def _scalar(self, event: Any) -> Scalar:
        text = event.value
        mark = event.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1)
        if event.anchor is not None or event.tag is not None:
            self._plain_start(event, place)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        style = event.style
        if style == '"' and (found := _STEERING.search(text)):
            self._refuse(place, f"An escape makes {_named(found[0])}, which is refused.", "Delete it.")
            text = _STEERING.sub(" ", text)
        scalar = Scalar(text)
        scalar.place = place
        scalar.plain = not style
        return scalar

    def _seq(self, event: Any, place: Place) -> Seq:
        items = Seq()
        items.place, items.flow = place, bool(event.flow_style)
        return items

    def _plain_start(self, event: Any, place: Place) -> None:
        """Refuse what stands before a value."""
        if event.anchor is not None:
            self._refuse(place, f"An anchor (&{event.anchor}) is refused.", _INSTEAD)
        elif event.tag is not None:
            line = self._text.splitlines()[place.line - 1][place.column - 1 :]
            if line.startswith("!="):
                self._refuse(place, "`!=` needs quotes here: YAML reads `!` as a tag.", f'Write "{line.strip()}".')
            else:
                self._refuse(
                    place,
                    "A tag (!) is refused.",
                    "Delete it, or put the text in quotes if it starts with `!`.",
                )


_INSTEAD = "Write it out again; injects are shared by `use:`."


class _Adding:
    """Puts keys and values into a map, in turn."""

    def __init__(self, reader: _Reader, map: Map) -> None:
        self._reader, self._map = reader, map
        self._key: Scalar | None = None
        self._expects_key = True

    def __call__(self, node: Node) -> None:
        if self._expects_key:
            self._key, self._expects_key = self._as_key(node), False
            return
        self._expects_key = True
        key, self._key = self._key, None
        if key is None:
            return
        if isinstance(node, Scalar) and node.plain and node in _NOT_THERE:
            self._map.absent[str(key)] = key.place
        else:
            self._map[key] = node

    def _as_key(self, node: Node) -> Scalar | None:
        """The node as a key that is not in the map yet; None, with a fault told, if it cannot be one."""
        refuse = self._reader._refuse
        if not isinstance(node, Scalar):
            refuse(node.place, "A key is one word, not a list or a map.", "Write `key: value`.")
        elif node == "<<" and node.plain:
            refuse(node.place, "A merge key (<<) is refused.", _INSTEAD)
        elif node in self._map or str(node) in self._map.absent:
            first = self._map.absent.get(str(node)) or self._map.key(node)
            refuse(
                node.place,
                f"`{node}` stands here a second time.",
                f"It is in line {first.line} already: keep one of the two.",
                rule="duplicate-key",
            )
        else:
            return node
        return None


def _named(char: str) -> str:
    return f"the character U+{ord(char):04X} ({unicodedata.name(char, 'a control character').lower()})"
