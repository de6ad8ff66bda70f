"""All that stands behind a row, in labelled texts, and where it stands in the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.console import words
from tabletop.console.edit.branching import Branches, effect_words
from tabletop.console.edit.seen import Seen
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision, Inject, Move, Track
from tabletop.scenario.reading.looking import injects_of, maps, text_of, under
from tabletop.scenario.reading.nodes import Drawn, Map, Place
from tabletop.session.choosing import read_choices
from tabletop.session.schedule import condition_words

Detail = tuple[str, str]


class Described:
    """An exercise's parts, each by ``kind:id``, as labelled texts."""

    def __init__(self, branches: Branches) -> None:
        self._branches, self._index = branches, branches.index

    def about(self, target: str) -> list[Detail]:
        """What is said of a move, an inject, a decision or a track; nothing of what is not there."""
        kind, _, id = target.partition(":")
        index = self._index
        found: Iterator[Detail] = iter(())
        if kind == "move" and id in index.moves:
            found = self._move(index.moves[id])
        elif kind == "inject" and id in index.injects:
            found = self._inject(index.injects[id])
        elif kind == "decision" and id in index.decisions:
            found = self._asked(index.decisions[id], index.inject_of[id])
        elif kind == "track" and id in index.tracks:
            found = self._track(index.tracks[id])
        return [(label, text) for label, text in found if text.strip()]

    def _move(self, move: Move) -> Iterator[Detail]:
        exercise = self._index.exercise
        yield "", move.title
        yield "Move", f"{move.id}, {words.minutes(move.minutes)}, {len(move.injects)} injects"
        yield "Story time", words.story(move.scenario_time, exercise)
        yield "Only if", condition_words(move.when, self._index)
        yield "Briefing", move.briefing or ""
        yield from self._private(move.private)
        yield "Agenda", "\n".join(f"{item.name}, {item.minutes} min" for item in move.agenda)
        yield "To discuss", "\n".join(move.questions)
        yield "Notes", move.notes or ""
        yield "Speaks of", ", ".join(move.refers_to)

    def _inject(self, inject: Inject) -> Iterator[Detail]:
        index = self._index
        yield "", inject.title
        yield "Inject", f"{inject.id}{f', drawn from {inject.drawn_from}' if inject.drawn_from else ''}"
        yield "When", self._when(inject)
        yield "Only if", condition_words(inject.when, index)
        yield "To", words.cell_names(index.addressees(inject), index)
        yield "From", " via ".join(part for part in (inject.from_, inject.via) if part)
        yield "Story time", words.story(inject.scenario_time, index.exercise)
        yield "Said", inject.text
        yield from self._private(inject.private)
        yield "To discuss", "\n".join(inject.questions)
        yield "Takes", f"{words.minutes(inject.minutes)} to discuss" if inject.minutes else ""
        for decision in inject.decisions:
            yield from self._decision(decision)
        yield "Does", effect_words(inject.effects)
        yield "Its release", "\n".join(self._branches.on_release(inject.id))
        yield "Expected", "\n".join(inject.expects)
        yield "Notes", inject.notes or ""
        yield "Trains", ", ".join(inject.objectives)
        yield "Speaks of", ", ".join(inject.refers_to)

    def _when(self, inject: Inject) -> str:
        move = self._index.move_of[inject.id]
        if inject.contingency:
            return f"in the pocket of {move.title}{f', if {inject.use_if}' if inject.use_if else ''}"
        delay = f", {inject.delay} min after its condition holds" if inject.delay else ""
        return f"{words.plan_time(inject.at * 60)} of {move.title}{delay}"

    def _private(self, private: dict[str, str]) -> Iterator[Detail]:
        for cell, text in private.items():
            yield f"Only {words.cell_name(cell, self._index)}", text

    def _asked(self, decision: Decision, inject: Inject) -> Iterator[Detail]:
        yield "", decision.question
        yield "Asked by", f"{inject.title} ({inject.id}), {self._when(inject)}"
        yield from self._decision(decision)

    def _decision(self, decision: Decision) -> Iterator[Detail]:
        cells = self._index.decision_cells(decision.id)
        names = words.joint_names if decision.together else words.cell_names
        time = f", {words.minutes(decision.minutes)}" if decision.minutes else ""
        yield "Decides", f"{names(cells, self._index)}{time} ({decision.id}): {decision.question}"
        for option in decision.options:
            silent = " (what silence counts as)" if decision.otherwise == option.id else ""
            does = effect_words(option.effects)
            hangs = [does, *self._branches.on_choice(decision.id, option.id)]
            yield f"- {option.id}:", "\n".join([f"{option.text}{silent}", *(each for each in hangs if each)])
            if option.consequence:
                heard = words.cell_names(option.reveal_to or (), self._index) if option.reveal_to else "who chose it"
                yield "  then", f"{' '.join(option.consequence.split())}\n(heard by {heard})"

    def _track(self, track: Track) -> Iterator[Detail]:
        yield "", track.name
        yield "Track", f"{track.id}, starts at {track.start}, from {track.min} to {track.max}"
        yield "Marks", "\n".join(f"{at} {said}" for at, said in sorted(track.marks.items()))
        yield "Shown to", words.cell_names(track.shown_to, self._index) if track.shown_to else "control alone"
        yield "Opens, closes", "\n".join(self._branches.on_track(track.id))
        yield "Moved by", "\n".join(self._movers(track.id))

    def _movers(self, track: str) -> Iterator[str]:
        for inject in self._index.injects.values():
            if track in inject.effects:
                yield f"{_by(inject.effects[track])} as {inject.title} goes out ({inject.id})"
            for decision in inject.decisions:
                for option in decision.options:
                    if track in option.effects:
                        yield f"{_by(option.effects[track])} by {decision.id}={option.id}"


def _by(effect: int | str) -> str:
    return f"{effect:+}" if isinstance(effect, int) else effect


def fault_details(fault: Fault, index: Index | None) -> list[Detail]:
    """A fault in full, with the choices that lead to it, in words where the exercise knows them."""
    found = [
        ("", fault.message),
        (fault.severity.capitalize(), f"{fault.code} {fault.rule}"),
        ("Where", f"{fault.file}:{fault.line}:{fault.column}"),
        ("Part", fault.path),
        ("Help", fault.help),
    ]
    found += [("Choices", "These choices lead to it; p plays it with them:")] if fault.witness else []
    found += [("", choice_words(each, index)) for each in fault.witness]
    return [(label, text) for label, text in found if text]


def choice_words(given: str, index: Index | None) -> str:
    """``gate-one/rok=notify`` with the texts behind the ids, as far as the exercise has them."""
    if index is None:
        return given
    [choice] = read_choices([given], index).given if _is_choice(given, index) else [None]
    if choice is None:
        return given
    option = index.decisions[choice.decision].option(choice.option)
    who = f"{words.cell_name(choice.cell, index)}: " if choice.cell else ""
    return f"{given}  ({who}{option.text if option else ''})"


def _is_choice(given: str, index: Index) -> bool:
    from tabletop.errors import UsageError

    try:
        read_choices([given], index)
    except UsageError:
        return False
    return True


def seen_details(seen: Seen) -> list[Detail]:
    """A card, and nothing but what stands on it."""
    card = seen.card
    found: list[Detail] = [
        ("", card.title),
        ("From", " via ".join(part for part in (card.from_, card.via) if part)),
        ("Story time", card.story_time),
        ("Said", card.text),
        ("Only for you", card.own),
        ("To discuss", "\n".join(card.questions)),
    ]
    for asked in card.asked:
        time = f" ({asked.minutes} minutes)" if asked.minutes else ""
        options = [f"{at}. {option}" for at, option in enumerate(asked.options, 1)]
        found.append(("To decide", "\n".join([f"{asked.question}{time}", *options])))
    return [(label, text) for label, text in found if text.strip()]


# --- where it stands ----------------------------------------------------------------------------------


def place_of(target: str, tree: Map | None) -> Place | None:
    """Where ``kind:id`` stands in the files; an inject that is drawn on as it is stands in its script."""
    if tree is None:
        return None
    kind, _, id = target.partition(":")
    if kind == "key":
        return tree.key(id) if id in tree else tree.place
    for node in _parts(kind, tree):
        if text_of(node, "id") == id:
            if isinstance(node, Drawn) and not any(mark.name == node.mark.name for mark in node.keys_at.values()):
                return node.base.place
            return node.place
    return None


def _parts(kind: str, tree: Map) -> Sequence[Map]:
    if kind == "inject":
        return [node for node, _ in injects_of(tree)]
    if kind == "decision":
        return [node for inject, _ in injects_of(tree) for node, _ in maps(*under(inject, "decisions", ()))]
    return [node for node, _ in maps(*under(tree, f"{kind}s", ()))]
