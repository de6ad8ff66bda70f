"""What was chosen: for each decision and cell, how often each option was taken over all sessions.

Where versions of the exercise offer different options, or say them differently, each wording is counted by
itself; what was put on the spot likewise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tabletop.review.comparing.numbers import Share, Spread, spread
from tabletop.review.comparing.sessions import Session
from tabletop.review.decisions import AnswerGiven, CellAnswers, DecisionTaken
from tabletop.scenario.model import Option
from tabletop.session.events import DecisionRevised

How = Literal["option", "own words", "declined", "out of time", "no answer"]
HOWS: tuple[How, ...] = ("option", "own words", "declined", "out of time", "no answer")


@dataclass(frozen=True, slots=True)
class Dissented:
    """A view that was held against a choice."""

    who: str
    view: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The newest answer in effect of one cell (or of cells that answer as one) in one session.

    ``how`` it was given; ``counted`` is the option that it is or counts as, None for none. ``seconds`` is the
    time to the first answer since the question was last put, None where none was given by choice, where it was
    given before the question, and in rehearsals. ``first`` is the option that the first answer was, where it was
    ``revised``. ``seq`` is None where there is no answer.
    """

    session: Session
    how: How
    counted: str | None
    seq: int | None = None
    text: str = ""
    rationale: str = ""
    confidence: str = ""
    seconds: float | None = None
    early: bool = False
    revised: bool = False
    first: str | None = None
    dissents: tuple[Dissented, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was the answer.

    ``option`` is None for answers that count as no option; then ``how`` says what they were. ``ways`` is how
    often it came about in each way: chosen, in own words that count as it, by silence that does.
    """

    option: str | None
    how: How
    text: str
    ways: dict[How, int]
    share: Share
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellChoices:
    """One question to one cell, in one wording, over the sessions in which it came up.

    ``wording`` is the same for all cells that were asked in these words; ``versions`` are those that have it,
    ``planned`` is False for what was put on the spot. ``not_asked`` are sessions of these versions in which
    it did not come up.
    """

    decision: str
    question: str
    cells: tuple[str, ...]
    cell_names: tuple[str, ...]
    options: tuple[Option, ...]
    versions: tuple[str, ...]
    planned: bool
    steers: bool
    choices: tuple[Choice, ...]
    not_asked: tuple[str, ...]

    @property
    def asked(self) -> int:
        """The sessions in which it came up."""
        return len(self.choices)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Every option in the exercise's order, then what counts as none; the shares add up to 1."""
        return tuple(_tallies(self))

    @property
    def times(self) -> Spread | None:
        """The seconds that it took to decide, where somebody did."""
        return spread(choice.seconds for choice in self.choices if choice.seconds is not None)

    @property
    def revised(self) -> tuple[str, ...]:
        """The sessions in which the answer was revised."""
        return tuple(choice.session.mark for choice in self.choices if choice.revised)

    def of(self, mark: str) -> Choice | None:
        """The choice of one session."""
        return next((choice for choice in self.choices if choice.session.mark == mark), None)


_Wording = tuple[object, ...]
_Key = tuple[str, tuple[str, ...], _Wording]


@dataclass(slots=True)
class _Gathered:
    taken: DecisionTaken
    planned: bool
    choices: list[Choice]


def cell_choices(sessions: Sequence[Session]) -> tuple[CellChoices, ...]:
    """Every decision that came up in any session, cell by cell, in the exercise's order."""
    gathered: dict[_Key, _Gathered] = {}
    for session in sessions:
        for taken in session.review.decisions:
            planned = taken.id in session.review.index.decisions
            wording = _wording(taken, planned)
            for cells, choice in _choices(session, taken):
                found = gathered.setdefault((taken.id, cells, wording), _Gathered(taken, planned, []))
                found.choices.append(choice)
    places = decision_places(sessions)
    ordered = sorted(gathered.items(), key=lambda each: _place(each, places, sessions))
    return tuple(_put_together(key, found, sessions) for key, found in ordered)


def decision_places(sessions: Sequence[Session]) -> dict[str, int]:
    """Where each decision of any version stands: as in the newest version, then those that it has no more."""
    ids: dict[str, None] = {}
    for session in reversed(sessions):
        ids |= dict.fromkeys(session.review.index.decisions)
    return {id: place for place, id in enumerate(ids)}


def _wording(taken: DecisionTaken, planned: bool) -> _Wording:
    """What two versions must agree in to be counted together: the options, and the question if on the spot."""
    options = frozenset((option.id, " ".join(option.text.split())) for option in taken.options)
    return (options,) if planned and options else (options, " ".join(taken.question.split()), planned)


def _place(
    each: tuple[_Key, _Gathered], places: dict[str, int], sessions: Sequence[Session]
) -> tuple[int, str, str, tuple[int, tuple[str, ...]]]:
    (id, cells, _), found = each
    first = found.choices[0].session
    known = list(first.review.index.cells)
    at = min((known.index(cell) for cell in cells if cell in known), default=len(known))
    return places.get(id, len(places)), id, first.version, (at, cells)


def _choices(session: Session, taken: DecisionTaken) -> Iterator[tuple[tuple[str, ...], Choice]]:
    for given in taken.by_cells:
        yield given.cells, _choice(session, given)
    known = session.review.index.decisions.get(taken.id)
    if known is not None and known.together and taken.unanswered:
        yield taken.unanswered, Choice(session, "no answer", None)
        return
    for cell in taken.unanswered:
        yield (cell,), Choice(session, "no answer", None)


def _choice(session: Session, given: CellAnswers) -> Choice:
    newest = given.newest
    data = newest.entry.data
    chain = _chain(given, newest)
    first = chain[0].entry.data
    revised = len(chain) > 1
    return Choice(
        session=session,
        how=_how(newest),
        counted=data.option or data.counts_as,
        seq=newest.entry.seq,
        text=data.text or "",
        rationale=data.rationale,
        confidence=data.confidence,
        seconds=first.seconds if first.outcome == "answered" and not (first.early or session.rehearsed) else None,
        early=bool(first.early),
        revised=revised,
        first=(first.option or first.counts_as) if revised else None,
        dissents=_dissents(session, chain),
    )


def _chain(given: CellAnswers, newest: AnswerGiven) -> list[AnswerGiven]:
    """The newest answer and those that it replaces, oldest first; answers to an earlier asking are no part of it."""
    by_seq = {answer.entry.seq: answer for answer in given.answers}
    chain = [newest]
    while isinstance(chain[0].entry.data, DecisionRevised):
        earlier = by_seq.pop(chain[0].entry.data.replaces, None)
        if earlier is None:
            break
        chain.insert(0, earlier)
    return chain


def _how(answer: AnswerGiven) -> How:
    data = answer.entry.data
    if data.outcome == "declined":
        return "declined"
    if data.outcome == "out_of_time":
        return "out of time"
    return "option" if data.option else "own words"


def _dissents(session: Session, chain: Iterable[AnswerGiven]) -> tuple[Dissented, ...]:
    names = session.review.names
    said = (dissent for answer in chain for dissent in answer.entry.data.dissents)
    return tuple(dict.fromkeys(Dissented(names.person(each.who) if each.who else "", each.view) for each in said))


def _put_together(key: _Key, found: _Gathered, sessions: Sequence[Session]) -> CellChoices:
    id, cells, _ = key
    first = found.choices[0].session.review
    versions = tuple(sorted({choice.session.version for choice in found.choices}))
    asked = {choice.session.mark for choice in found.choices}
    missed = (each.mark for each in sessions if each.version in versions and each.mark not in asked)
    return CellChoices(
        decision=id,
        question=found.taken.question,
        cells=cells,
        cell_names=tuple(first.names.cell(cell) for cell in cells),
        options=found.taken.options,
        versions=versions,
        planned=found.planned,
        steers=found.taken.steers,
        choices=tuple(found.choices),
        not_asked=tuple(missed) if found.planned else (),
    )


def _tallies(given: CellChoices) -> Iterator[Tally]:
    texts = {option.id: option.text for option in given.options}
    unknown = sorted({choice.counted for choice in given.choices if choice.counted} - set(texts))
    for id in (*texts, *unknown):
        yield _tally(given, id, "option", texts.get(id, id), [each for each in given.choices if each.counted == id])
    for how in HOWS[1:]:
        without = [each for each in given.choices if each.counted is None and each.how == how]
        if without:
            yield _tally(given, None, how, "", without)


def _tally(given: CellChoices, option: str | None, how: How, text: str, chose: Sequence[Choice]) -> Tally:
    ways = Counter(choice.how for choice in chose)
    share = Share(len(chose), given.asked)
    return Tally(option, how, text, dict(ways), share, tuple(choice.session.mark for choice in chose))
