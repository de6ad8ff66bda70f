"""One look at an exercise's files: what is wrong with them, and the exercise where they hold one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from tabletop.errors import UsageError
from tabletop.scenario.checks import doubts, forms, structure
from tabletop.scenario.checks.ignoring import without_ignored
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.loading import Kind, Loaded, load
from tabletop.scenario.loading.translations import translation_files
from tabletop.scenario.model import Exercise
from tabletop.scenario.reading.looking import texts, under
from tabletop.scenario.reading.nodes import Map
from tabletop.session.clock import SystemTime

_GRAVITY = {"error": 0, "warning": 1, "note": 2}
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True)
class Looked:
    """What the files held: ``unread`` says in a sentence why the exercise's own could not be read at all.

    ``names`` are the scripts that it draws on, ``lines`` those of each file that a fault stands in.
    """

    at: datetime
    kind: Kind = "exercise"
    tree: Map | None = None
    exercise: Exercise | None = None
    faults: tuple[Fault, ...] = ()
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unread: str = ""
    names: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many faults keep it from being played."""
        return sum(fault.severity == "error" for fault in self.faults)

    def telling(self, faults: Iterable[Fault]) -> Looked:
        """The same look with other faults, the worst first."""
        worst = tuple(sorted(faults, key=lambda fault: _GRAVITY[fault.severity]))
        return replace(self, faults=worst, lines={file: _lines(file) for file in {fault.file for fault in worst}})


def look(path: Path, scripts: Sequence[Path] = ()) -> Looked:
    """Read the files and tell what their form shows; the branches take longer, and are proven apart."""
    looked = Looked(SystemTime().wall())
    try:
        loaded = load(path, scripts)
    except UsageError as cause:
        return replace(looked, unread=str(cause))
    looked = replace(looked, kind=loaded.kind, tree=loaded.tree, exercise=loaded.exercise, names=_names(loaded))
    return looked.telling([*_form(loaded), *_translations(path, scripts)])


def _form(loaded: Loaded) -> list[Fault]:
    if loaded.tree is None or loaded.exercise is None:
        return [*loaded.faults, *doubts(loaded)]
    found = [*forms.check(loaded.tree), *structure.check(loaded.tree, loaded.exercise)]
    return [*loaded.faults, *without_ignored(found, loaded)]


def _translations(path: Path, scripts: Sequence[Path]) -> Iterable[Fault]:
    for each in translation_files(path):
        try:
            loaded = load(each, scripts)
        except UsageError:
            continue
        yield from loaded.faults
        yield from doubts(loaded)


def _names(loaded: Loaded) -> tuple[str, ...]:
    named = texts(*under(loaded.tree, "injects_from", ())) if loaded.tree is not None else ()
    return tuple(str(name) for name, _ in named)


def _lines(file: str) -> Sequence[str]:
    try:
        return _LINE_ENDS.split(Path(file).read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:
        return ()
