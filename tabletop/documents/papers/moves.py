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
    quiet,
    words,
)
from tabletop.documents.papers.prose import inline, plain, prose
from tabletop.documents.papers.wording import EVERYONE, cell_names, effects, hangs_on, moment
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Inject, Move, Option


def move_blocks(number: int, move: Move, index: Index) -> Iterator[Block]:
    """All of the move, in the order in which it is run; contingencies come last."""
    yield Heading(1, f"Move {number}: {plain(move.title)}", fresh=True)
    yield _facts(
        ("Minutes", f"{move.minutes}"),
        ("Story time", plain(move.scenario_time or "")),
        ("Played only if", condition(move.when, index)),
        ("Agenda", "; ".join(f"{plain(item.name)} {item.minutes} min" for item in move.agenda)),
        ("Speaks of", ", ".join(move.refers_to)),
    )
    if move.briefing:
        yield Aside("Read out to everyone", prose(move.briefing))
    yield from _private(move.private, index)
    yield from _notes(move.notes)
    injects = sorted(move.injects, key=lambda inject: (inject.contingency, inject.at))
    if injects:
        yield _schedule(injects, index)
    for inject in injects:
        yield from _inject(inject, index)
    if move.questions:
        yield Heading(3, "Questions for the whole move")
        yield _list(move.questions)
    yield Heading(3, "Notes")
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
    return Grid(
        "Injects, in the order of the plan", ("", "At", "Inject", "To", "Hangs on"), tuple(rows), (1, 2, 6, 3, 7)
    )


def _inject(inject: Inject, index: Index) -> Iterator[Block]:
    yield Heading(2, f"{moment(inject)}  {plain(inject.title)}")
    yield _facts(
        ("Inject", inject.id),
        ("From", plain(inject.from_ or "")),
        ("To", cell_names(index, index.addressees(inject))),
        ("Via", plain(inject.via or "")),
        ("Story time", plain(inject.scenario_time or "")),
        ("Discussion", f"{inject.minutes} min" if inject.minutes else ""),
        ("On release", effects(inject.effects, index)),
        ("Objectives", ", ".join(inject.objectives)),
        ("Sources", ", ".join(inject.sources)),
        ("Speaks of", ", ".join(inject.refers_to)),
    )
    if hangs_on(inject, index):
        yield para(bold(f"{hangs_on(inject, index)}."))
    if inject.text:
        yield _said_to(index.addressees(inject), "", inject.text, index)
    yield from _private(inject.private, index)
    yield from _notes(inject.notes)
    if inject.expects:
        yield Heading(3, "Expected")
        for each in inject.expects:
            yield Para((*words(f"{BOX} "), *inline(each)))
    if inject.questions:
        yield Heading(3, "Questions")
        yield _list(inject.questions)
    for decision in inject.decisions:
        yield from _decision(decision, index)
    yield Lines(2)


def _decision(decision: Decision, index: Index) -> Iterator[Block]:
    cells = index.decision_cells(decision.id)
    how = " together" if decision.together else ", each for itself" if len(cells) > 1 else ""
    yield Heading(3, f"Decision of {cell_names(index, cells)}{how}")
    yield Para(tuple(inline(decision.question)))
    yield _facts(
        ("Decision", decision.id),
        ("Minutes", f"{decision.minutes}" if decision.minutes else ""),
        ("Silence counts as", decision.otherwise or ""),
        ("Own words", ("yes" if decision.open_ else "no") + (f", about {decision.words}" if decision.words else "")),
    )
    if decision.start:
        yield Aside("To begin from", prose(decision.start))
    for option in decision.options:
        yield from _option(decision, option, index)


def _option(decision: Decision, option: Option, index: Index) -> Iterator[Block]:
    does = effects(option.effects, index)
    yield Para((*words(f"{BOX} "), *inline(option.text), *words(f" [{option.id}{f'; {does}' if does else ''}]")))
    if option.consequence:
        hearing = option.reveal_to or index.decision_cells(decision.id)
        yield _said_to(hearing, "Once chosen, ", option.consequence, index)
    yield from _notes(option.notes)


def _said_to(cells: Sequence[str], once: str, text: str, index: Index) -> Aside:
    """What is said to cells; only what is for all of them may be read out in the room."""
    named = cell_names(index, cells)
    label = f"{once}read out to everyone" if named == EVERYONE else f"{once}only for {named}"
    return Aside(f"{label[:1].upper()}{label[1:]}", prose(text), private=named != EVERYONE)


def _facts(*facts: tuple[str, str]) -> Para:
    return quiet("  ·  ".join(f"{name}: {value}" for name, value in facts if value))


def _private(private: Mapping[str, str], index: Index) -> Iterator[Block]:
    for cell, text in private.items():
        yield Aside(f"Hand over, only for {cell_names(index, [cell])}", prose(text), private=True)


def _notes(notes: str | None) -> Iterator[Block]:
    if notes:
        yield Heading(3, "For control")
        yield from prose(notes)


def _list(texts: tuple[str, ...]) -> Listing:
    return Listing(tuple(prose(text) for text in texts))
