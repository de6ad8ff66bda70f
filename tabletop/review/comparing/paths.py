"""The ways through the branches: which conditional injects and moves came in which session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabletop.review.comparing.sessions import Session
from tabletop.review.course import InjectPlayed

NOT_PLAYED = "not played"


@dataclass(frozen=True, slots=True)
class Turn:
    """A thing that has a condition, and what became of it.

    ``kind`` is ``inject`` or ``move``; ``fates`` has, for each session whose version has it, what became of
    it there (``released``, ``not taken``, ``skipped``, ``lost``, ``not reached``, ``played``, ...), ``minutes`` the
    minute of its move at which it went out.
    """

    kind: str
    id: str
    title: str
    move: str
    versions: tuple[str, ...]
    fates: Mapping[str, str]
    minutes: Mapping[str, float]

    @property
    def came(self) -> tuple[str, ...]:
        """The sessions in which it came."""
        return tuple(mark for mark, fate in self.fates.items() if fate in ("released", "played"))


@dataclass(frozen=True, slots=True)
class Stage:
    """A move on one session's way: the conditional injects that went out in it, in file order.

    ``played`` is False for a move that was passed over because its condition did not hold.
    """

    move: str
    title: str
    injects: tuple[str, ...]
    played: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """One session's way; ``broken_off`` says that its record ends before the session was closed."""

    mark: str
    stages: tuple[Stage, ...]
    broken_off: bool


@dataclass(frozen=True, slots=True)
class Fork:
    """A place in the tree of all ways: the sessions that came here, and where they went on to.

    ``stage`` is None at the root. ``ends`` are the sessions whose way ends here.
    """

    stage: Stage | None
    sessions: tuple[str, ...]
    onward: tuple[Fork, ...]
    ends: tuple[str, ...]

    @property
    def leaves(self) -> int:
        """How many places there are at which the tree ends, from here on."""
        return max(1, sum(fork.leaves for fork in self.onward))


@dataclass(frozen=True, slots=True)
class Paths:
    """All that is known of the ways; ``shared`` are things that came in every session."""

    turns: tuple[Turn, ...]
    ways: tuple[Way, ...]
    tree: Fork
    shared: tuple[Turn, ...]

    @property
    def parting(self) -> tuple[Turn, ...]:
        """The things that came in some sessions and not in others."""
        return tuple(turn for turn in self.turns if turn not in self.shared)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The sessions that went the same way, together; the largest group first."""
        same: dict[tuple[Stage, ...], list[str]] = {}
        for way in self.ways:
            same.setdefault(way.stages, []).append(way.mark)
        return tuple(sorted((tuple(marks) for marks in same.values()), key=lambda marks: -len(marks)))

    def title(self, id: str) -> str:
        """What a conditional inject is called."""
        return next((turn.title for turn in self.turns if turn.id == id), id)


def paths(sessions: Sequence[Session]) -> Paths:
    """The ways of all sessions through what has a condition."""
    turns = tuple(_turns(sessions))
    marks = {session.mark for session in sessions}
    shared = tuple(turn for turn in turns if set(turn.came) == marks)
    parting = {turn.id for turn in turns if turn not in shared}
    titles = {move.id: move.title for session in sessions for move in session.review.exercise.moves}
    ways = tuple(_way(session, parting, titles) for session in sessions)
    return Paths(turns, ways, _fork(None, ways, 0), shared)


def _turns(sessions: Sequence[Session]) -> Iterator[Turn]:
    """Every inject and move with a condition, in the newest version's order, those it has no more behind."""
    ids: dict[tuple[str, str], None] = {}
    for session in reversed(sessions):
        ids |= dict.fromkeys(_conditional(session))
    for kind, id in ids:
        having = [session for session in sessions if (kind, id) in _conditional(session)]
        yield _turn(kind, id, having)


def _conditional(session: Session) -> dict[tuple[str, str], None]:
    """What has a condition in a session's version: moves before their injects."""
    index = session.review.index
    found: dict[tuple[str, str], None] = {}
    for move in session.review.exercise.moves:
        if move.when is not None:
            found["move", move.id] = None
        for inject in move.injects:
            if not inject.contingency and index.conditional(inject.id):
                found["inject", inject.id] = None
    return found


def _turn(kind: str, id: str, having: Sequence[Session]) -> Turn:
    newest = having[-1].review.index
    move = newest.moves[id] if kind == "move" else newest.move_of[id]
    fates, minutes = {}, {}
    for session in having:
        if kind == "move":
            played = any(each.move == id for each in session.review.moves)
            fates[session.mark] = "played" if played else "not taken" if session.whole else "not reached"
            continue
        inject = next(each for each in session.review.injects if each.inject.id == id)
        fates[session.mark] = _fate(session, inject)
        if inject.minute is not None:
            minutes[session.mark] = inject.minute
    title = move.title if kind == "move" else newest.injects[id].title
    return Turn(kind, id, title, move.id, tuple(sorted({each.version for each in having})), fates, minutes)


def _fate(session: Session, inject: InjectPlayed) -> str:
    """What became of an inject; where the record breaks off within its move, nobody knows what was to come."""
    last = session.review.moves[-1] if session.review.moves else None
    open_still = not session.whole and last is not None and last.move == inject.move
    return "not reached" if open_still and inject.fate in ("lost", "not taken") else inject.fate


def _way(session: Session, parting: set[str], titles: Mapping[str, str]) -> Way:
    """A session's way, up to the last move that it played."""
    review = session.review
    released = {each.inject.id for each in review.injects if each.released}
    played = {each.move for each in review.moves}
    moves = review.exercise.moves
    last = max((place for place, move in enumerate(moves) if move.id in played), default=-1)
    stages = (
        Stage(
            move=move.id,
            title=titles.get(move.id, move.title),
            injects=tuple(each.id for each in move.injects if each.id in released and each.id in parting),
            played=move.id in played,
        )
        for move in moves[: last + 1]
    )
    return Way(session.mark, tuple(stages), broken_off=not session.whole)


def _fork(stage: Stage | None, ways: Sequence[Way], depth: int) -> Fork:
    """The tree of ways that agree up to this depth."""
    onward: dict[Stage, list[Way]] = {}
    for way in ways:
        if len(way.stages) > depth:
            onward.setdefault(way.stages[depth], []).append(way)
    order = sorted(onward, key=lambda each: (-len(onward[each]), each.injects, each.move))
    forks = tuple(_fork(each, onward[each], depth + 1) for each in order)
    ends = tuple(way.mark for way in ways if len(way.stages) <= depth)
    return Fork(stage, tuple(way.mark for way in ways), forks, ends)


def told(
    fork: Fork, titles: Mapping[str, str], depth: int = 0
) -> Iterable[tuple[int, str, tuple[str, ...], tuple[str, ...]]]:
    """The tree as an outline: depth, what happened there, the sessions, and those whose way ends there."""
    if fork.stage is not None:
        yield depth, stage_words(fork.stage, titles), fork.sessions, fork.ends
    for each in fork.onward:
        yield from told(each, titles, depth + (fork.stage is not None))


def stage_words(stage: Stage, titles: Mapping[str, str]) -> str:
    """A stage in words: ``The notice: Seoul hands over its notice; A leak``."""
    if not stage.played:
        return f"{stage.title}: {NOT_PLAYED}"
    return (
        f"{stage.title}: {'; '.join(titles.get(id, id) for id in stage.injects) or 'nothing that parts the sessions'}"
    )
