"""What a comparison says, in the words that all its forms share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabletop.documents.words import count, lasting
from tabletop.review.comparing import Comparison
from tabletop.review.comparing.choices import CellChoices, Choice, How, Tally
from tabletop.review.comparing.numbers import Share, Spread
from tabletop.review.comparing.versions import Difference
from tabletop.review.phrases import and_listed

NONE: dict[How, str] = {
    "option": "an option",
    "own words": "in own words that count as no option",
    "declined": "declined to answer",
    "out of time": "out of time",
    "no answer": "no answer recorded",
}
"""What an answer is called that counts as no option."""
_WAYS: dict[How, str] = {
    "option": "chosen",
    "own words": "in own words",
    "declined": "by declining",
    "out of time": "by silence",
    "no answer": "without an answer",
}
SHARES = (
    "Behind each share stands its 95 % interval (Wilson's): if these sessions are taken as a sample of many, the "
    "share among the many lies within it, at that confidence. It is wide where sessions are few."
)
REHEARSED = "rehearsed: nobody was in the room, chance chose by the options' weights, and no time to decide is counted"


def percent(share: float) -> str:
    """A share: ``38 %``."""
    return f"{share * 100:.0f} %"


def interval(share: Share) -> str:
    """Its interval: ``14 to 69 %``."""
    low, high = share.interval
    return f"{low * 100:.0f} to {high * 100:.0f} %"


def times_words(times: Spread | None) -> str:
    """How long it took to decide: ``median 4 min (2 min to 8 min; 6 answers)``."""
    if times is None:
        return ""
    if len(times.values) == 1:
        return f"{lasting(times.median)} (one answer)"
    if times.least == times.greatest:
        return f"{lasting(times.median)} each ({len(times.values)} answers)"
    within = f"{lasting(times.least)} to {lasting(times.greatest)}"
    return f"median {lasting(times.median)} ({within}; {len(times.values)} answers)"


def numbers_words(spread: Spread | None) -> str:
    """Whole numbers: ``median 5 (3 to 8)``."""
    if spread is None:
        return ""
    if spread.least == spread.greatest:
        return f"{spread.median:g}{' in each' if len(spread.values) > 1 else ''}"
    return f"median {spread.median:g} ({spread.least:g} to {spread.greatest:g})"


def ways(tally: Tally) -> str:
    """How an option came to be the answer, where it was not always chosen: ``2 chosen, 1 in own words``."""
    if tally.option is None or set(tally.ways) <= {"option"}:
        return ""
    return ", ".join(f"{number} {_WAYS[how]}" for how, number in tally.ways.items())


def answer_words(asked: CellChoices, choice: Choice) -> str:
    """One session's answer: the option's text, and how else it came about."""
    texts = {option.id: option.text for option in asked.options}
    if choice.counted is None:
        said = f": {choice.text}" if choice.text else ""
        return f"{NONE[choice.how]}{said}"
    text = texts.get(choice.counted, choice.counted)
    if choice.how == "option":
        return text
    return f"{text} ({_WAYS[choice.how]}{f': {choice.text}' if choice.text else ''})"


def who(asked: CellChoices) -> str:
    """Who was asked."""
    return and_listed(asked.cell_names)


def in_versions(letters: Sequence[str], all: int) -> str:
    """``only in version B``, where there are other versions; else nothing."""
    if all < 2 or len(letters) == all:
        return ""
    return f"only in version{'' if len(letters) == 1 else 's'} {and_listed(letters)}"


def difference_words(difference: Difference) -> str:
    """One difference between versions."""
    name = f"{difference.kind} {difference.id}"
    text = f" ({difference.text})" if difference.text else ""
    where = and_listed(difference.versions)
    if difference.changed:
        return f"{name}{text}: differs between {where} in {difference.changed}"
    return f"{name}{text}: in {where}, not in {and_listed(difference.without)}"


def marks(sessions: Iterable[str]) -> str:
    """Sessions by their marks, three or more in a row as a span: ``S1 S3-S6``."""
    return " ".join(_span(run) for run in _runs([int(mark[1:]) for mark in sessions]))


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _span(run: list[int]) -> str:
    return f"S{run[0]}-S{run[-1]}" if len(run) > 2 else " ".join(f"S{number}" for number in run)


def own_words(asked: CellChoices) -> list[tuple[str, str]]:
    """What was answered in own words, rehearsals aside: the session, and the text with what it counts as."""
    given = [each for each in asked.choices if each.how == "own words" and each.text and not each.session.rehearsed]
    return [
        (choice.session.mark, f"{choice.text}{f' (counts as {choice.counted})' if choice.counted else ''}")
        for choice in given
    ]


def missing(comparison: Comparison) -> list[str]:
    """What is to be read first: logs left out, and what the others lack."""
    faulty = [f"{each.mark} ({each.label}): {'; '.join(each.faults)}." for each in comparison.sessions if each.faults]
    rehearsed = [each.mark for each in comparison.sessions if each.rehearsed]
    said = [f"{marks(rehearsed)}: {REHEARSED}."] if rehearsed else []
    return [*comparison.notices, *faulty, *said]


def agreement(comparison: Comparison) -> str:
    """In how many questions all chose the same."""
    asked = [each for each in comparison.choices if each.asked > 1 and each.options]
    same = sum(any(tally.share.count == each.asked for tally in each.tallies if tally.option) for each in asked)
    if not asked:
        return ""
    return (
        f"Of {count(len(asked), 'question')} that more than one session was asked, "
        f"all chose the same in {same or 'none'}."
    )


def came_up(asked: CellChoices) -> str:
    """In how many sessions it came up."""
    all = asked.asked + len(asked.not_asked)
    where = f"in {asked.asked} of {count(all, 'session')}" if asked.not_asked else f"in {count(all, 'session')}"
    return where if asked.planned else f"{where}, put on the spot"
