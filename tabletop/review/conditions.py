"""Conditions in words that a reader understands who has never seen the exercise's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from tabletop.review.branches import Play
from tabletop.review.phrases import or_listed
from tabletop.review.speech import fixed, key
from tabletop.review.teller import Teller
from tabletop.scenario.conditions import Fact, compile_condition, reads
from tabletop.scenario.model import Condition
from tabletop.scenario.scalars import comparison

_AT = {
    "<": key("below {number}"),
    "<=": key("at {number} or less"),
    "==": key("at {number}"),
    "!=": key("not at {number}"),
    ">=": key("at {number} or more"),
    ">": key("above {number}"),
}
_OPPOSITE = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a condition: its words, and the entries on which it rests."""

    words: str
    seqs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """Tells conditions; ``numbers`` are decisions by number, which are called so rather than by their question."""

    teller: Teller
    numbers: Mapping[str, int]

    def asked(self, when: Condition) -> str:
        """The whole condition: ``Seoul chose “Wait” in decision 3 and Trust was at 4 or less``."""
        return _together(self._parts(when, wanted=True))

    def needed(self, when: Condition, play: Play) -> str:
        """What of the condition did not hold, with how it was instead; without what only shuts it out."""
        return _together(words for one in self._lacking(when, play) for words in self._unmet(one, play))

    def lacking(self, when: Condition, play: Play) -> frozenset[Fact]:
        """The facts about which the parts ask that did not hold; without what only shuts it out."""
        return frozenset(fact for one in self._lacking(when, play) for fact in reads(one))

    def instead(self, when: Condition, play: Play) -> tuple[str, ...]:
        """The injects that had come and shut it out."""
        return tuple(dict.fromkeys(id for one in _split(when) for id in self._came(one, play)))

    def met(self, when: Condition, play: Play) -> tuple[Clause, ...]:
        """On what it turned that the condition held: the choices made, the tracks' values, what had come."""
        sure = [clause for one in _split(when) if one.not_ is None for clause in self._because(one, play)]
        return tuple(sure) or tuple(Clause(words) for words in self._parts(when, wanted=True))

    # --- the words of a condition -------------------------------------------------------------------

    def _parts(self, when: Condition, *, wanted: bool) -> Iterator[str]:
        """Its parts, all of which hold together; not wanted: as they are when they do not hold."""
        for place, options in when.chose.items():
            yield self._chose(place, options, wanted=wanted)
        for track, text in when.track.items():
            yield self._track(track, text, wanted=wanted)
        for id in when.released:
            come = key("{inject} had come") if wanted else key("{inject} had not come")
            yield fixed(come, inject=self.teller.inject(id))
        if when.any_ is not None:
            yield self._any(when.any_, wanted=wanted)
        if when.not_ is not None:
            yield self._all(when.not_, wanted=not wanted)

    def _any(self, parts: tuple[Condition, ...], *, wanted: bool) -> str:
        words = _between(wanted=not wanted).join(self._all(part, wanted=wanted, within=True) for part in parts)
        return f"({words})" if len(parts) > 1 and wanted else words

    def _all(self, when: Condition, *, wanted: bool, within: bool = False) -> str:
        """All parts as one; not wanted: at least one of them does not hold."""
        parts = list(self._parts(when, wanted=wanted))
        words = _between(wanted=wanted).join(parts)
        return f"({words})" if len(parts) > 1 and (within or not wanted) else words

    def _chose(self, place: str, options: tuple[str, ...], *, wanted: bool) -> str:
        decision, _, cell = place.partition("/")
        chosen = or_listed(self.teller.option(decision, option) for option in options)
        number = self.numbers.get(decision)
        where = (
            fixed("in decision {number}", number=number)
            if number
            else fixed("when asked {question}", question=self.teller.question(decision))
        )
        chose = key("{who} chose {option} {where}") if wanted else key("{who} did not choose {option} {where}")
        return fixed(chose, who=self._who(decision, cell), option=chosen, where=where)

    def _who(self, decision: str, cell: str) -> str:
        index = self.teller.index
        known = index.decisions.get(decision)
        cells = (cell,) if cell else index.decision_cells(decision) if known else ()
        return self.teller.each(cells) if len(cells) == 1 or (known and known.together and cells) else fixed("a cell")

    def _track(self, track: str, text: str, *, wanted: bool) -> str:
        bounds = [(sign if wanted else _OPPOSITE[sign], number) for sign, number in comparison(text)]
        words = _between(wanted=wanted).join(fixed(_AT[sign], number=number) for sign, number in bounds)
        return fixed("{track} was {value}", track=self.teller.track(track), value=words)

    # --- how it stood -------------------------------------------------------------------------------

    def _holds(self, when: Condition, play: Play) -> bool:
        return compile_condition(when, self.teller.index)(play.tracks, play.released, play.chosen)

    def _lacking(self, when: Condition, play: Play) -> Iterator[Condition]:
        yield from (one for one in _split(when) if not self._holds(one, play) and not self._came(one, play))

    def _unmet(self, one: Condition, play: Play) -> Iterator[str]:
        for words in self._parts(one, wanted=True):
            was = [fixed(" (it was at {value})", value=play.tracks[each]) for each in one.track if each in play.tracks]
            yield f"{words}{''.join(was)}"

    def _came(self, one: Condition, play: Play) -> tuple[str, ...]:
        """The injects whose release alone makes a ``not`` fail."""
        if one.not_ is None or not _of_releases(one.not_) or not self._holds(one.not_, play):
            return ()
        return tuple(self._releases(one.not_, play))

    def _releases(self, when: Condition, play: Play) -> Iterator[str]:
        yield from (id for id in when.released if id in play.released)
        for part in when.any_ or ():
            if self._holds(part, play):
                yield from self._releases(part, play)

    def _because(self, one: Condition, play: Play) -> Iterator[Clause]:
        for place, options in one.chose.items():
            yield from self._chosen(place, options, play)
        for track in one.track:
            seqs = (play.moved[track],) if track in play.moved else ()
            at = fixed("at {number}", number=play.tracks.get(track))
            yield Clause(fixed("{track} was {value}", track=self.teller.track(track), value=at), seqs)
        for id in one.released:
            come = fixed("{inject} had come", inject=self.teller.inject(id))
            yield Clause(come, (play.released[id],) if id in play.released else ())
        for part in one.any_ or ():
            if self._holds(part, play):
                yield from self.met(part, play)
                return

    def _chosen(self, place: str, options: tuple[str, ...], play: Play) -> Iterator[Clause]:
        decision, _, cell = place.partition("/")
        by_seq: dict[int, list[str]] = {}
        for (asked, who), option in play.chosen.items():
            if asked == decision and option in options and (not cell or who == cell):
                by_seq.setdefault(play.answered[asked, who], []).append(who)
        number = self.numbers.get(decision)
        for seq, cells in by_seq.items():
            option = self.teller.option(decision, play.chosen[decision, cells[0]] or "")
            yield Clause(_did(self.teller.each(cells), option, number, seq in play.counted), (seq,))


def _did(who: str, option: str, number: int | None, counted: bool) -> str:
    """What was chosen in a decision; one that has no number was not on record as asked."""
    if counted:
        words = key("{who} gave an answer that counts as {option} in decision {number}")
        bare = key("{who} gave an answer that counts as {option}")
    else:
        words, bare = key("{who} chose {option} in decision {number}"), key("{who} chose {option}")
    return fixed(words, who=who, option=option, number=number) if number else fixed(bare, who=who, option=option)


def _between(*, wanted: bool) -> str:
    return fixed(" and ") if wanted else fixed(" or ")


def _together(parts: Iterable[str]) -> str:
    """Parts that hold together; one by itself needs no brackets."""
    found = list(parts)
    return found[0][1:-1] if len(found) == 1 and _bracketed(found[0]) else fixed(" and ").join(found)


def _bracketed(words: str) -> bool:
    """Whether one pair of brackets holds the whole of it."""
    depths = list(accumulate((mark == "(") - (mark == ")") for mark in words))
    return words.startswith("(") and 0 not in depths[:-1] and depths[-1] == 0


def _of_releases(when: Condition) -> bool:
    """Whether it asks of nothing but what was released."""
    return not when.chose and not when.track and when.not_ is None and all(map(_of_releases, when.any_ or ()))


def _split(when: Condition) -> Iterator[Condition]:
    """Each part as a condition of its own."""
    yield from (Condition(chose={place: options}) for place, options in when.chose.items())
    yield from (Condition(track={track: text}) for track, text in when.track.items())
    yield from (Condition(released=(id,)) for id in when.released)
    if when.any_ is not None:
        yield Condition(any_=when.any_)
    if when.not_ is not None:
        yield Condition(not_=when.not_)
