"""A comparison as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.documents.comparison.words import (
    NONE,
    SHARES,
    agreement,
    answer_words,
    came_up,
    difference_words,
    in_versions,
    interval,
    marks,
    missing,
    numbers_words,
    own_words,
    percent,
    times_words,
    ways,
    who,
)
from tabletop.documents.plain import columns, entry
from tabletop.documents.words import RATINGS, capital, count, cut, date, lasting, sentence
from tabletop.review.comparing import Comparison
from tabletop.review.comparing.against import Contrast
from tabletop.review.comparing.choices import CellChoices, Tally
from tabletop.review.comparing.paths import told
from tabletop.review.comparing.ratings import GRADES
from tabletop.review.comparing.tracks import END, TrackSpread

_MOST_COLUMNS = 16


def comparison_text(comparison: Comparison) -> Iterator[str]:
    """The page, line by line: first what is missing, last the session that is set against the rest."""
    exercise = comparison.exercise
    yield exercise.marking
    yield ""
    yield from entry(f"{exercise.title}: {count(len(comparison.sessions), 'session')} compared")
    yield from _missing(comparison)
    yield from _sessions(comparison)
    yield from _versions(comparison)
    yield from _paths(comparison)
    yield from _decisions(comparison)
    yield from _tracks(comparison)
    yield from _ratings(comparison)
    if comparison.against is not None:
        yield from _against(comparison.against)
    yield ""
    yield exercise.marking


def _missing(comparison: Comparison) -> Iterator[str]:
    if said := missing(comparison):
        yield from _heading("Read this first")
        for each in said:
            yield from entry(each, 4, "  - ")


def _sessions(comparison: Comparison) -> Iterator[str]:
    yield from _heading("Sessions")
    wide = max(len(each.mark) for each in comparison.sessions)
    for each in comparison.sessions:
        review = each.review
        parts = [
            each.label,
            f"version {each.version}" if len(comparison.versions) > 1 else "",
            "rehearsed" if each.rehearsed else date(each.opened_at),
            f"{lasting(review.times.play)} of play",
            count(review.events, "event"),
            "" if review.finished else "not closed",
        ]
        yield from entry(", ".join(part for part in parts if part), wide + 4, f"  {each.mark:<{wide}}  ")


def _versions(comparison: Comparison) -> Iterator[str]:
    if len(comparison.versions) < 2:
        return
    yield from _heading("Versions of the exercise")
    for version in comparison.versions:
        yield from entry(f"{version.letter}  {version.sha256[:12]}  {marks(version.sessions)}", 5, "  ")
    yield ""
    if not comparison.differences:
        yield from entry("They differ in nothing that is compared here: notes, sources or wording of texts.", 2, "  ")
    for each in comparison.differences:
        yield from entry(difference_words(each), 4, "  - ")


def _decisions(comparison: Comparison) -> Iterator[str]:
    yield from _heading("Decisions")
    if not comparison.choices:
        yield "  No decision came up."
        return
    if said := agreement(comparison):
        yield from entry(said, 2, "  ")
    yield from entry(SHARES, 2, "  ")
    last = ""
    number = 0
    for asked in comparison.choices:
        if asked.decision != last:
            number += 1
            yield ""
            steers = ", branches turn on it" if asked.steers else ""
            yield from entry(f"{asked.question} ({asked.decision}{steers})", 5, f"  {number}. ")
        last = asked.decision
        yield from _asked(asked, len(comparison.versions))


def _asked(asked: CellChoices, all: int) -> Iterator[str]:
    only = in_versions(asked.versions, all)
    yield from entry(f"{who(asked)}, {came_up(asked)}{f' ({only})' if only else ''}", 7, "     ")
    if asked.options:
        for tally in asked.tallies:
            yield from _tally(tally)
    for mark, words in own_words(asked):
        yield from entry(f"In own words, {mark}: {cut(words)}", 9, "       ")
    if not asked.options and not own_words(asked):
        yield "       No text was written."
    if asked.times:
        yield from entry(f"Time to decide: {times_words(asked.times)}", 9, "       ")
    if asked.revised:
        yield from entry(f"Revised (the newest answer counts): {_revised(asked)}", 9, "       ")
    for choice in asked.choices:
        for each in choice.dissents:
            yield from entry(f"Dissent in {choice.session.mark}, {each.who or 'somebody'}: {each.view}", 9, "       ")


def _revised(asked: CellChoices) -> str:
    return "; ".join(
        f"{choice.session.mark} from {choice.first or 'no option'} to {choice.counted or 'no option'}"
        for choice in asked.choices
        if choice.revised
    )


def _tally(tally: Tally) -> Iterator[str]:
    share = tally.share
    numbers = f"       {share.count:>2} of {share.of:<2} {percent(share.share):>5}  {interval(share):<12}  "
    what = f"{tally.option}: {tally.text}" if tally.option else capital(NONE[tally.how])
    how = f" ({ways(tally)})" if ways(tally) else ""
    yield from entry(f"{what}{how}{f'  [{marks(tally.sessions)}]' if tally.sessions else ''}", len(numbers), numbers)


def _paths(comparison: Comparison) -> Iterator[str]:
    yield from _heading("Paths through the branches")
    found = comparison.paths
    if not found.turns:
        yield "  The exercise has no branches."
        return
    if found.shared:
        yield from entry(f"In every session: {'; '.join(turn.title for turn in found.shared)}.", 2, "  ")
    if not found.parting:
        yield "  Nothing that has a condition came in one session and not in another."
        return
    yield from entry(f"{count(len(found.groups), 'way')} in {count(len(found.ways), 'session')}:", 2, "  ")
    titles = {turn.id: turn.title for turn in found.turns}
    for depth, words, sessions, _ in told(found.tree, titles):
        indent = "  " + "   " * depth
        yield from entry(f"{words}  [{marks(sessions)}]", len(indent) + 2, f"{indent}- ")
    broken = [way.mark for way in found.ways if way.broken_off]
    if broken:
        yield from entry(f"The record of {marks(broken)} breaks off there.", 2, "  ")
    yield from _matrix(comparison)


_SIGNS = {
    "released": "x",
    "played": "x",
    "not taken": "-",
    "skipped": "s",
    "held": "h",
    "lost": "l",
    "not reached": ".",
}


def _matrix(comparison: Comparison) -> Iterator[str]:
    sessions = comparison.sessions
    if len(sessions) > _MOST_COLUMNS:
        return
    yield ""
    yield from entry(
        "x came, - its condition did not hold, s skipped, h held, l lost (could have come), . not reached, "
        "blank: not in that version",
        2,
        "  ",
    )
    yield "  " + " ".join(f"{each.mark:>3}" for each in sessions)
    for turn in comparison.paths.parting:
        signs = " ".join(f"{_SIGNS.get(turn.fates.get(each.mark, ''), ' '):>3}" for each in sessions)
        lead = f"  {signs}  "
        only = in_versions(turn.versions, len(comparison.versions))
        yield from entry(f"{turn.title} ({turn.id}{f', {only}' if only else ''})", len(lead), lead)


def _tracks(comparison: Comparison) -> Iterator[str]:
    if not comparison.tracks:
        return
    yield from _heading("Tracks")
    for each in comparison.tracks:
        yield from _track(each, len(comparison.versions))


def _track(each: TrackSpread, all: int) -> Iterator[str]:
    track = each.track
    only = in_versions(each.versions, all)
    bounds = f"starts at {track.start}, from {track.min} to {track.max}"
    yield from entry(f"{track.name} ({track.id}{f', {only}' if only else ''}): {bounds}", 4, "  ")
    for point in each.points:
        if point.spread is not None:
            where = point.title if point.move == END else f"After {point.title}"
            of = count(len(point.values), "session")
            yield from entry(f"{where}: {numbers_words(point.spread)}, {of}", 6, "    ")


def _ratings(comparison: Comparison) -> Iterator[str]:
    if not comparison.ratings:
        return
    yield from _heading("Ratings of objectives")
    for each in comparison.ratings:
        only = in_versions(each.versions, len(comparison.versions))
        yield from entry(f"{each.text} ({each.id}{f', {only}' if only else ''})", 4, "  ")
        for grade in GRADES:
            if rated := each.sessions(grade):
                yield from entry(f"{grade}, {RATINGS[grade].lower()}: {len(rated)}  [{marks(rated)}]", 6, "    ")
        if unrated := each.sessions(None):
            yield from entry(f"not rated: {len(unrated)}  [{marks(unrated)}]", 6, "    ")


def _against(contrast: Contrast) -> Iterator[str]:
    one = contrast.session
    yield from _heading(f"{one.mark} ({one.label}) against the other {len(contrast.rest)}")
    for each in contrast.choices:
        alike = f"{each.alike.count} of {each.alike.of} others chose the same" if each.alike.of else "asked here alone"
        took = f"; took {lasting(each.choice.seconds)}" if each.choice.seconds is not None else ""
        rest = f", the others {times_words(each.times)}" if took and each.times else ""
        answer = sentence(capital(answer_words(each.asked, each.choice)))
        words = f"{who(each.asked)}, {each.asked.decision}: {answer} {capital(alike)}{took}{rest}."
        yield from entry(words, 4, "  - ")
    for turn in contrast.turns:
        came = "Came here" if turn.came else "Did not come here"
        others = f"in {turn.alike.count} of {turn.alike.of} others it was the same"
        yield from entry(f"{came}: {turn.turn.title} ({turn.turn.id}); {others}.", 4, "  - ")
    for track in contrast.tracks:
        if track.value is not None and track.rest is not None:
            rest = numbers_words(track.rest)
            yield from entry(f"{track.track.track.name} ended at {track.value}, {track.where}: {rest}.", 4, "  - ")
    for rating in contrast.ratings:
        if rating.rated.grade and rating.alike.of:
            same = f"the same from {rating.alike.count} of {rating.alike.of} others that rated it"
            words = f"{rating.objective.id}: {rating.rated.grade}, {same}: {rating.objective.text}"
            yield from entry(words, 4, "  - ")


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield title
    yield "-" * columns(title)
