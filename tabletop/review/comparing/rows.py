"""A comparison as tables, for spreadsheets and statistics programs: one row a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tabletop.review.comparing import Comparison
from tabletop.review.comparing.against import Contrast
from tabletop.review.comparing.choices import CellChoices, Choice
from tabletop.review.tables import Cell, Column, Table, listed

_DECISION = (
    Column("decision", "text", "the decision's id"),
    Column("cells", "text", "the cell that was asked, or the cells that answered as one, by id"),
    Column("versions", "text", "the versions of the exercise that ask it in these words"),
    Column("question", "text", "what was asked"),
    Column("planned", "truth", "false where it was put on the spot"),
)


def _choices(comparison: Comparison) -> Table:
    columns = (
        *_DECISION,
        Column("answer", "text", "the option's id; empty where the answer counts as none"),
        Column("how", "text", "option, or what counts as none: own words, declined, out of time, no answer"),
        Column("text", "text", "the option's text"),
        Column("count", "whole", "the sessions in which it was the answer in effect"),
        Column("of", "whole", "the sessions in which the question came up"),
        Column("share", "number", "count divided by of"),
        Column("low", "number", "the lower end of the Wilson 95 % interval"),
        Column("high", "number", "its upper end"),
        Column("chosen", "whole", "of the count: chosen as an option"),
        Column("own_words", "whole", "of the count: in own words"),
        Column("declined", "whole", "of the count: declined to answer"),
        Column("out_of_time", "whole", "of the count: time ran out"),
        Column("no_answer", "whole", "of the count: no answer is recorded"),
        Column("sessions", "text", "the sessions, by their marks"),
    )
    rows = [
        (
            *_decision(asked),
            tally.option,
            tally.how,
            tally.text,
            tally.share.count,
            tally.share.of,
            tally.share.share,
            *tally.share.interval,
            *(tally.ways.get(how, 0) for how in ("option", "own words", "declined", "out of time", "no answer")),
            listed(tally.sessions),
        )
        for asked in comparison.choices
        for tally in asked.tallies
    ]
    return Table("choices", columns, tuple(rows))


def _decision(asked: CellChoices) -> tuple[Cell, ...]:
    return (asked.decision, listed(asked.cells), listed(asked.versions), asked.question, asked.planned)


def _answers(comparison: Comparison) -> Table:
    columns = (
        Column("session", "text", "the session's mark"),
        Column("log", "text", "the name of its log"),
        Column("version", "text", "its version of the exercise"),
        *_DECISION,
        Column("how", "text", "option, own words, declined, out of time, no answer"),
        Column("counted", "text", "the option that the answer is or counts as; empty for none"),
        Column("text", "text", "the answer, where it was in own words"),
        Column("rationale", "text", "why"),
        Column("confidence", "text", "how sure the cell was"),
        Column("seconds", "number", "seconds of play to the first answer since the question was last put"),
        Column("early", "truth", "whether it was given before the question was put"),
        Column("revised", "truth", "whether it replaced an earlier answer"),
        Column("first", "text", "the option that the first answer counted as, where it was revised"),
        Column("dissents", "text", "who disagreed, with what view"),
        Column("seq", "whole", "the answer's line in the log"),
    )
    rows = [
        (
            choice.session.mark,
            choice.session.label,
            choice.session.version,
            *_decision(asked),
            choice.how,
            choice.counted,
            choice.text,
            choice.rationale,
            choice.confidence,
            choice.seconds,
            choice.early,
            choice.revised,
            choice.first,
            _dissents(choice),
            choice.seq,
        )
        for asked in comparison.choices
        for choice in asked.choices
    ]
    return Table("answers", columns, tuple(rows))


def _dissents(choice: Choice) -> str:
    return "; ".join(f"{each.who or 'somebody'}: {each.view}" for each in choice.dissents)


def _paths(comparison: Comparison) -> Table:
    columns = (
        Column("session", "text", "the session's mark"),
        Column("kind", "text", "inject or move"),
        Column("id", "text", "its id"),
        Column("title", "text", "its title"),
        Column("move", "text", "the move it stands in"),
        Column("fate", "text", "released, played, not taken, skipped, held, lost, not reached"),
        Column("minute", "number", "the minute of its move at which it went out"),
    )
    rows = [
        (mark, turn.kind, turn.id, turn.title, turn.move, fate, turn.minutes.get(mark))
        for turn in comparison.paths.turns
        for mark, fate in turn.fates.items()
    ]
    return Table("paths", columns, tuple(rows))


def _tracks(comparison: Comparison) -> Table:
    columns = (
        Column("session", "text", "the session's mark"),
        Column("track", "text", "the track's id"),
        Column("versions", "text", "the versions that have it with these bounds"),
        Column("at", "text", "the move at whose end it stood there, or end"),
        Column("value", "whole", "its value"),
    )
    rows = [
        (mark, each.track.id, listed(each.versions), point.move, value)
        for each in comparison.tracks
        for point in each.points
        for mark, value in point.values.items()
    ]
    return Table("tracks", columns, tuple(rows))


def _ratings(comparison: Comparison) -> Table:
    columns = (
        Column("session", "text", "the session's mark"),
        Column("objective", "text", "the objective's id"),
        Column("objective_text", "text", "the objective"),
        Column("rating", "text", "P, S, M or U; empty where it was not rated"),
        Column("reason", "text", "the reason given"),
        Column("strengths", "whole", "strengths observed"),
        Column("improvements", "whole", "areas for improvement observed"),
    )
    rows = [
        (mark, each.id, each.text, rated.grade, rated.text, rated.strengths, rated.improvements)
        for each in comparison.ratings
        for mark, rated in each.by_session.items()
    ]
    return Table("ratings", columns, tuple(rows))


def _sessions(comparison: Comparison) -> Table:
    columns = (
        Column("session", "text", "the session's mark"),
        Column("log", "text", "the name of its log"),
        Column("name", "text", "the session's own name"),
        Column("version", "text", "the letter of its version of the exercise"),
        Column("exercise_sha256", "text", "the digest of that version"),
        Column("opened_at", "text", "when it was opened, UTC"),
        Column("minutes", "number", "minutes of play"),
        Column("closed", "truth", "whether it was closed"),
        Column("rehearsed", "truth", "whether nobody was in the room"),
        Column("events", "whole", "the lines of its log"),
        Column("head", "text", "the head of its log"),
        Column("faults", "text", "what its log lacks"),
    )
    rows = [
        (
            each.mark,
            each.label,
            each.review.name,
            each.version,
            each.review.session.data.exercise_sha256,
            each.opened_at,
            each.review.times.play / 60,
            each.review.finished,
            each.rehearsed,
            each.review.events,
            each.review.head,
            "; ".join(each.faults),
        )
        for each in comparison.sessions
    ]
    return Table("sessions", columns, tuple(rows))


def _against(comparison: Comparison) -> Table:
    columns = (
        Column("about", "text", "choice, path, track or rating"),
        Column("id", "text", "the decision, inject, move, track or objective"),
        Column("cells", "text", "who chose"),
        Column("here", "text", "what this session has"),
        Column("alike", "whole", "how many of the rest have the same"),
        Column("rest", "whole", "how many of the rest it could be compared with"),
        Column("rest_median", "number", "for tracks: the median of the rest"),
    )
    return Table("against", columns, tuple(_contrasts(comparison.against)) if comparison.against else ())


def _contrasts(contrast: Contrast) -> Iterator[tuple[Cell, ...]]:
    for each in contrast.choices:
        here = each.choice.counted or each.choice.how
        cells = listed(each.asked.cells)
        yield "choice", each.asked.decision, cells, here, each.alike.count, each.alike.of, None
    for turn in contrast.turns:
        here = "came" if turn.came else "did not come"
        yield "path", turn.turn.id, None, here, turn.alike.count, turn.alike.of, None
    for track in contrast.tracks:
        middle = track.rest.median if track.rest else None
        of = len(track.rest.values) if track.rest else 0
        same = track.rest.values.count(track.value) if track.rest and track.value is not None else 0
        here = "" if track.value is None else str(track.value)
        yield "track", track.track.track.id, None, here, same, of, middle
    for rating in contrast.ratings:
        yield "rating", rating.objective.id, None, rating.rated.grade, rating.alike.count, rating.alike.of, None


TABLES: dict[str, Callable[[Comparison], Table]] = {
    "choices": _choices,
    "answers": _answers,
    "paths": _paths,
    "tracks": _tracks,
    "ratings": _ratings,
    "sessions": _sessions,
    "against": _against,
}
"""The tables of a comparison by name; the first is what is meant where none is named."""
