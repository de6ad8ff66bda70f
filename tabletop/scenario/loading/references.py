"""Names and what they refer to, checked on the nodes, so that faults of form hide none of these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice

from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import RULES, Fault, did_you_mean, nearest_word
from tabletop.scenario.model import CONTROL, Exercise
from tabletop.scenario.reading.looking import injects_of, maps, text_of, texts, under
from tabletop.scenario.reading.nodes import Drawn, Map, Mark, Place, Scalar, Seq, Steps, place_of, shown

_KINDS = ("sources", "objectives", "cells", "tracks", "moves")
_AT_TOP = {field.alias or name for name, field in Exercise.model_fields.items()} | {"injects"}
_SUGGESTIONS = 100
"""Faults, and strange keys, after which no near names are looked for any more: each look goes through all names."""


def check_script(root: Map) -> list[Fault]:
    """The faults of a script by itself: what it says of an exercise is for the exercise to check."""
    return _Checker(root, script=True).all()


def check_exercise(root: Map, *, whole: bool = True) -> list[Fault]:
    """Every name that refers to nothing, stands twice, or is none.

    ``whole`` says that every inject is there: else a decision or a source that is not may be theirs.
    """
    return _Checker(root, script=False, whole=whole).all()


class _Checker:
    def __init__(self, root: Map, *, script: bool, whole: bool = True) -> None:
        self._root, self._script = root, script
        self._unsure = {kind for kind in _KINDS if self._is_unsure(kind)}
        """Kinds of which nothing can be said to be unknown, because what would declare it is at fault."""
        if not whole:
            self._unsure |= {"decisions", "sources"}
        self.faults: list[Fault] = []
        self._known: dict[str, dict[str, Mark]] = {}
        self._options: dict[str, list[str]] = {}
        self._asked: dict[str, list[str]] = {}

    def all(self) -> list[Fault]:
        """Declare everything first: references may point forward."""
        root = self._root
        for kind in _KINDS:
            self._declare(kind, ((each, steps) for each, steps in maps(*under(root, kind, ()))))
        for cell, steps in maps(*under(root, "cells", ())):
            self._reserved(cell, steps)
        self._declare("injects", injects_of(root))
        decisions = [(each, at) for inject, steps in injects_of(root) for each, at in self._decisions(inject, steps)]
        self._declare("decisions", decisions)
        self._drawn_twice()
        for inject, steps in injects_of(root):
            for decision, at in self._decisions(inject, steps):
                self._declare_decision(inject, decision, at)
        self._ignored(root, ())
        self._by_tool(root, "translations", ())
        if not self._script:
            for track, steps in maps(*under(root, "tracks", ())):
                self._names("cells", under(track, "shown_to", steps), {CONTROL})
            for move, steps in maps(*under(root, "moves", ())):
                self._move(move, steps)
        for inject, steps in injects_of(root):
            self._inject(inject, steps)
        return self.faults

    def _is_unsure(self, kind: str) -> bool:
        declared = self._root.get(kind)
        if declared is not None:
            return not isinstance(declared, Seq)
        needed = kind in ("cells", "moves") and not self._script
        strange = islice((key for key in self._root if key not in _AT_TOP), _SUGGESTIONS)
        return needed or any(nearest_word(key, _KINDS) == kind for key in strange)

    def _decisions(self, inject: Map, steps: Steps) -> Iterator[tuple[Map, Steps]]:
        return maps(*under(inject, "decisions", steps))

    # --- telling ------------------------------------------------------------------------------------

    def _tell(self, rule: str, message: str, place: Place, steps: Steps, help: str = "") -> None:
        self.faults.append(Fault.at(place, rule, message, shown(steps), help))

    def _unknown(
        self, kind: str, name: str, place: Place, steps: Steps, known: Iterable[str], also: Iterable[str] = ()
    ) -> None:
        first = list(islice(chain(known, also), 12))
        help = f"Known: {', '.join(first)}{', ...' if len(first) == 12 else ''}." if first else "There is none."
        if len(self.faults) < _SUGGESTIONS:
            help = did_you_mean(name, chain(known, also)) or help
        self._tell("unknown-reference", f"There is no {kind} `{name}`.", place, steps, help)

    # --- declaring ----------------------------------------------------------------------------------

    def _declare(self, kind: str, things: Iterable[tuple[Map, Steps]]) -> None:
        known = self._known.setdefault(kind, {})
        for thing, steps in things:
            self._id(thing, steps, known, kind.removesuffix("s"))

    def _id(self, thing: Map, steps: Steps, known: dict[str, Mark], kind: str) -> None:
        id, at = under(thing, "id", steps)
        if not isinstance(id, Scalar):
            return
        # An inject that is drawn as it is bears its name where it is drawn.
        mark = thing.mark if isinstance(thing, Drawn) and thing.base.get("id") is id else id.mark
        if not scalars.is_id(id):
            help = "Lower-case letters and digits, words joined by hyphens, such as press-leak."
            self._tell("wrong-type", f"`{id}` is not an id.", id.place, at, help)
        if str(id) not in known:
            known[str(id)] = mark
        elif known[str(id)] is not mark:
            first = place_of(known[str(id)])
            help = f"The first is in {first.file}:{first.line}; give this one another `id`."
            self._tell("duplicate-id", f"There are two {kind}s `{id}`.", place_of(mark), at, help)

    def _drawn_twice(self) -> None:
        """Decisions that two injects have from one in a script: told where the second is drawn."""
        first: dict[Place, Map] = {}
        for inject, steps in injects_of(self._root):
            for decision, at in self._decisions(inject, steps) if isinstance(inject, Drawn) else ():
                id = decision.get("id")
                if not isinstance(id, Scalar):
                    continue
                other = first.setdefault(id.place, inject)
                if other is not inject:
                    message = f"The decision `{id}` is drawn twice, first in line {other.place.line}."
                    help = "Give this inject `decisions:` of its own."
                    self._tell("duplicate-id", message, inject.place, (*at, "id"), help)

    def _reserved(self, cell: Map, steps: Steps) -> None:
        id, at = under(cell, "id", steps)
        if isinstance(id, Scalar) and id in scalars.RESERVED_CELLS:
            self._tell("duplicate-id", f"`{id}` is reserved: it always exists.", id.place, at, "Choose another id.")

    def _declare_decision(self, inject: Map, decision: Map, steps: Steps) -> None:
        options, at = under(decision, "options", steps)
        known: dict[str, Mark] = {}
        for option, where in maps(options, at):
            self._id(option, where, known, "option")
        id = text_of(decision, "id")
        if id is not None and id not in self._options:
            self._options[id] = list(known)
            cells = [str(cell) for cell, _ in texts(*under(decision, "cells", steps))]
            to = [str(cell) for cell, _ in texts(*under(inject, "to", steps))]
            self._asked[id] = cells or to or list(self._known["cells"])
        otherwise, where = under(decision, "otherwise", steps)
        if isinstance(otherwise, Scalar) and otherwise not in known:
            self._unknown("option", otherwise, otherwise.place, where, known)
        if text_of(decision, "open") == "false" and not known:
            message = "A decision that is not `open` needs `options`."
            self._tell("missing-key", message, decision.place, steps, "Add options, or leave `open` out.")

    # --- referring ----------------------------------------------------------------------------------

    def _names(self, kind: str, found: tuple[object, Steps], also: Collection[str] = ()) -> None:
        known = self._known[kind]
        if kind in self._unsure:
            return
        for name, steps in texts(*found):
            if str(name) not in known and str(name) not in also:
                self._unknown(kind.removesuffix("s"), name, name.place, steps, known, also)

    def _keys(self, kind: str, found: tuple[object, Steps], also: Collection[str] = ()) -> None:
        node, steps = found
        if not isinstance(node, Map) or kind in self._unsure:
            return
        known = self._known[kind]
        for key in node:
            if key not in known and key not in also:
                self._unknown(kind.removesuffix("s"), key, node.key(key), (*steps, key), known, also)

    def _move(self, move: Map, steps: Steps) -> None:
        self._ignored(move, steps)
        self._keys("cells", under(move, "private", steps), {CONTROL})
        self._refers_to(move, steps)
        self._when(*under(move, "when", steps))

    def _inject(self, inject: Map, steps: Steps) -> None:
        self._ignored(inject, steps)
        self._by_tool(inject, "drawn_from", steps)
        for decision, at in self._decisions(inject, steps):
            self._ignored(decision, at)
        if self._script:
            self._names("sources", under(inject, "sources", steps))
            self._conditions_by_themselves(inject, steps)
            return
        self._names("cells", under(inject, "to", steps), {CONTROL})
        to = {str(cell) for cell, _ in texts(*under(inject, "to", steps))} or set(self._known["cells"])
        self._private(inject, steps, to)
        self._names("objectives", under(inject, "objectives", steps))
        self._names("sources", under(inject, "sources", steps))
        self._refers_to(inject, steps)
        self._keys("tracks", under(inject, "effects", steps))
        self._when(*under(inject, "when", steps))
        for decision, at in self._decisions(inject, steps):
            self._names("cells", under(decision, "cells", at), {CONTROL})
            for option, where in maps(*under(decision, "options", at)):
                self._names("cells", under(option, "reveal_to", where), {CONTROL})
                self._keys("tracks", under(option, "effects", where))

    def _private(self, inject: Map, steps: Steps, to: Collection[str]) -> None:
        node, at = under(inject, "private", steps)
        if not isinstance(node, Map) or "cells" in self._unsure:
            return
        known = self._known["cells"]
        for key in node:
            if key not in known and key != CONTROL:
                self._unknown("cell", key, node.key(key), (*at, key), known, (CONTROL,))
            elif key not in to:
                message = f"`{key}` is told something here, and the inject does not go to it."
                self._tell("unknown-reference", message, node.key(key), (*at, key), f"Add `{key}` to `to`.")

    def _refers_to(self, thing: Map, steps: Steps) -> None:
        """Injects, decisions, and decisions with one of the cells that they are asked of."""
        injects, decisions = self._known["injects"], self._known["decisions"]
        for name, at in texts(*under(thing, "refers_to", steps)):
            decision, slash, cell = name.partition("/")
            if decision in decisions and slash:
                self._asked_of(decision, cell, name.place, at)
            elif (slash or name not in injects) and decision not in decisions and "decisions" not in self._unsure:
                self._unknown("inject and no decision", name, name.place, at, injects, decisions)

    def _asked_of(self, decision: str, cell: str, place: Place, steps: Steps) -> None:
        asked = self._asked.get(decision, [])
        if cell not in asked:
            message = f"`{decision}` is not asked of `{cell}`."
            help = did_you_mean(cell, asked) or f"It is asked of {', '.join(asked)}."
            self._tell("unknown-reference", message, place, steps, help)

    # --- conditions ---------------------------------------------------------------------------------

    def _conditions_by_themselves(self, inject: Map, steps: Steps) -> None:
        when, at = under(inject, "when", steps)
        for condition, where in _conditions(when, at):
            self._empty_parts(condition, where)

    def _when(self, node: object, steps: Steps) -> None:
        for condition, at in _conditions(node, steps):
            self._empty_parts(condition, at)
            self._chose(*under(condition, "chose", at))
            self._keys("tracks", under(condition, "track", at))
            self._names("injects", under(condition, "released", at))

    def _empty_parts(self, condition: Map, steps: Steps) -> None:
        for key, value in condition.items():
            at = (*steps, key)
            if key in ("any", "not", "released", "chose", "track") and isinstance(value, Map | Seq) and not value:
                self._empty(key, value.place, at)
            elif key == "chose" and isinstance(value, Map):
                for place, options in value.items():
                    if isinstance(options, Seq) and not options:
                        self._empty(place, options.place, (*at, place))

    def _empty(self, key: str, place: Place, steps: Steps) -> None:
        help = "Say what is asked, or delete the line."
        self._tell("empty-condition", f"`{key}` is empty: it asks nothing.", place, steps, help)

    def _chose(self, node: object, steps: Steps) -> None:
        if not isinstance(node, Map):
            return
        for key, value in node.items():
            decision, slash, cell = key.partition("/")
            at = (*steps, key)
            if decision not in self._known["decisions"]:
                if "decisions" not in self._unsure:
                    self._unknown("decision", decision, node.key(key), at, self._known["decisions"])
                continue
            if slash:
                self._asked_of(decision, cell, node.key(key), at)
            options = self._options.get(decision, [])
            for option, where in texts(value, at):
                if str(option) not in options:
                    self._unknown(f"option of `{decision}` named", option, option.place, where, options)

    # --- what is not an author's to say -----------------------------------------------------------------

    def _by_tool(self, thing: Map, key: str, steps: Steps) -> None:
        if key in thing:
            message = f"`{key}` is written by the tool, never by an author."
            self._tell("unknown-key", message, thing.key(key), (*steps, key), "Delete it.")

    def _ignored(self, thing: Map, steps: Steps) -> None:
        node, at = under(thing, "ignore", steps)
        if not isinstance(node, Map):
            return
        for key in node:
            if key not in RULES:
                self._unknown("rule", key, node.key(key), (*at, key), RULES)
            elif RULES[key].severity == "error":
                message = f"`{key}` is an error, and errors cannot be ignored."
                self._tell("wrong-type", message, node.key(key), (*at, key), "Mend it instead.")


def _conditions(node: object, steps: Steps) -> Iterator[tuple[Map, Steps]]:
    """A condition and those inside it."""
    if not isinstance(node, Map):
        return
    yield node, steps
    either, at = under(node, "any", steps)
    for below, where in maps(either, at) if isinstance(either, Seq) else ((either, at),):
        yield from _conditions(below, where)
    yield from _conditions(*under(node, "not", steps))
