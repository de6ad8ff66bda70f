"""One move of the facilitator guide: its briefing, its schedule, and all that it gives out and asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tabletop.documents.papers.conditions import condition
from tabletop.documents.papers.pieces import (
    BOX,
    Aside,
    Block,
    Grid,
    Heading,
    Lines,
    Listing,
    Para,
    bold,
    para,
    words,
)
from tabletop.documents.papers.prose import inline, plain, prose
from tabletop.documents.papers.wording import cell_names, effects, everyone, facts, hangs_on, inject_columns, moment
from tabletop.documents.words import sentence
from tabletop.review.speech import fixed, key
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Inject, Move, Option


def move_blocks(number: int, move: Move, index: Index) -> Iterator[Block]:
    """All of the move, in the order in which it is run; contingencies come last."""
    yield Heading(1, fixed("Move {number}: {title}", number=number, title=plain(move.title)), fresh=True)
    yield facts(
        (key("Minutes"), f"{move.minutes}"),
        (key("Story time"), plain(move.scenario_time or "")),
        (key("Played only if"), condition(move.when, index)),
        (key("Agenda"), "; ".join(f"{plain(item.name)} {_minutes(item.minutes)}" for item in move.agenda)),
        (key("Speaks of"), ", ".join(move.refers_to)),
    )
    if move.briefing:
        yield Aside(fixed("Read out to everyone"), prose(move.briefing))
    yield from _private(move.private, index)
    yield from _notes(move.notes)
    injects = sorted(move.injects, key=lambda inject: (inject.contingency, inject.at))
    if injects:
        yield _schedule(injects, index)
    for inject in injects:
        yield from _inject(inject, index)
    if move.questions:
        yield Heading(3, fixed("Questions for the whole move"))
        yield _list(move.questions)
    yield Heading(3, fixed("Notes"))
    yield Lines(8)


def _schedule(injects: list[Inject], index: Index) -> Grid:
    rows = [
        (
            words(BOX),
            words(moment(inject)),
            words(plain(inject.title)),
            words(cell_names(index, index.addressees(inject))),
            words(hangs_on(inject, index)),
        )
        for inject in injects
    ]
    columns = ("", *inject_columns())
    return Grid(fixed("Injects, in the order of the plan"), columns, tuple(rows), (1, 2, 6, 3, 7))


def _inject(inject: Inject, index: Index) -> Iterator[Block]:
    yield Heading(2, f"{moment(inject)}  {plain(inject.title)}")
    yield facts(
        (key("Inject"), inject.id),
        (key("From"), plain(inject.from_ or "")),
        (key("To"), cell_names(index, index.addressees(inject))),
        (key("Via"), plain(inject.via or "")),
        (key("Story time"), plain(inject.scenario_time or "")),
        (key("Discussion"), _minutes(inject.minutes) if inject.minutes else ""),
        (key("On release"), effects(inject.effects, index)),
        (key("Objectives"), ", ".join(inject.objectives)),
        (key("Sources"), ", ".join(inject.sources)),
        (key("Speaks of"), ", ".join(inject.refers_to)),
    )
    if hangs_on(inject, index):
        yield para(bold(sentence(hangs_on(inject, index))))
    if inject.text:
        yield _said_to(index.addressees(inject), inject.text, index)
    yield from _private(inject.private, index)
    yield from _notes(inject.notes)
    if inject.expects:
        yield Heading(3, fixed("Expected"))
        for each in inject.expects:
            yield Para((*words(f"{BOX} "), *inline(each)))
    if inject.questions:
        yield Heading(3, fixed("Questions"))
        yield _list(inject.questions)
    for decision in inject.decisions:
        yield from _decision(decision, index)
    yield Lines(2)


def _decision(decision: Decision, index: Index) -> Iterator[Block]:
    cells = index.decision_cells(decision.id)
    said = key("Decision of {cells}, each for itself") if len(cells) > 1 else key("Decision of {cells}")
    said = key("Decision of {cells} together") if decision.together else said
    yield Heading(3, fixed(said, cells=cell_names(index, cells)))
    yield Para(tuple(inline(decision.question)))
    yield facts(
        (key("Decision"), decision.id),
        (key("Minutes"), f"{decision.minutes}" if decision.minutes else ""),
        (key("Silence counts as"), decision.otherwise or ""),
        (key("Own words"), _own_words(decision)),
    )
    if decision.start:
        yield Aside(fixed("To begin from"), prose(decision.start))
    for option in decision.options:
        yield from _option(decision, option, index)


def _option(decision: Decision, option: Option, index: Index) -> Iterator[Block]:
    does = effects(option.effects, index)
    yield Para((*words(f"{BOX} "), *inline(option.text), *words(f" [{option.id}{f'; {does}' if does else ''}]")))
    if option.consequence:
        hearing = option.reveal_to or index.decision_cells(decision.id)
        yield _said_to(hearing, option.consequence, index, once_chosen=True)
    yield from _notes(option.notes)


def _own_words(decision: Decision) -> str:
    """Whether players may answer in words of their own, and in about how many."""
    if not decision.open_:
        return fixed("not allowed")
    return fixed("allowed, about {number} words", number=decision.words) if decision.words else fixed("allowed")


def _said_to(cells: Sequence[str], text: str, index: Index, *, once_chosen: bool = False) -> Aside:
    """What is said to cells; only what is for all of them may be read out in the room."""
    all_of_them = everyone(index, cells)
    if once_chosen:
        said = key("Once chosen, read out to everyone") if all_of_them else key("Once chosen, only for {cells}")
    else:
        said = key("Read out to everyone") if all_of_them else key("Only for {cells}")
    return Aside(fixed(said, cells=cell_names(index, cells)), prose(text), private=not all_of_them)


def _minutes(number: int) -> str:
    return fixed("{minutes} min", minutes=number)


def _private(private: Mapping[str, str], index: Index) -> Iterator[Block]:
    for cell, text in private.items():
        yield Aside(fixed("Hand over, only for {cells}", cells=cell_names(index, [cell])), prose(text), private=True)


def _notes(notes: str | None) -> Iterator[Block]:
    if notes:
        yield Heading(3, fixed("For control"))
        yield from prose(notes)


def _list(texts: tuple[str, ...]) -> Listing:
    return Listing(tuple(prose(text) for text in texts))
