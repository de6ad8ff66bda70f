"""The executive summary: plain sentences made from the facts in the log, beginning with what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabletop.documents.blocks import Block, Bullets, Paragraph, Section, Words, refs, sentences, woven
from tabletop.documents.report.figures import rating_share
from tabletop.documents.report.happenings import choice
from tabletop.documents.report.injects import because_of, capital_words, counted, led_to
from tabletop.documents.report.standing import rehearsed
from tabletop.documents.words import (
    RATINGS,
    and_listed,
    because,
    date,
    first_sentence,
    lasting,
    listed,
    quoted,
    sentence,
)
from tabletop.review.decisions import CellAnswers, DecisionTaken
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key
from tabletop.review.tracks import TrackCourse, moved
from tabletop.scenario.conditions import reads

_MOST = 12  # lines cited at most; the section that is named has all of them


def summary(review: Review) -> Section:
    """The section on the session as a whole."""
    happened = sentences(_played(review), counted(review)) if review.times.started else ()
    blocks: list[Block] = [Paragraph(sentences(_held(review), happened)), Paragraph(_decided(review))]
    turning = sorted(_turning_points(review), key=lambda each: each[1].newest.entry.seq)
    if told := tuple(_in_short(decision, cell, review) for decision, cell in turning):
        blocks += [Paragraph((fixed("The answers on which play turned, or that met dissent:"),)), Bullets(told)]
    if turned := tuple(_by_tracks(review)):
        blocks += [Paragraph((fixed("Where the tracks decided what came:"),)), Bullets(turned)]
    blocks += [Paragraph(words) for words in (_ending(review),) if words]
    if courses := [course for course in review.tracks if course.changes]:
        blocks += [Paragraph((fixed("The tracks, each with its last change:"),)), Bullets(tuple(map(_moved, courses)))]
    blocks += [Paragraph(words) for words in (_evaluated(review), _agreed(review), _scenario(review)) if words]
    return Section(fixed("Executive summary"), tuple(blocks))


def _held(review: Review) -> Words:
    times, people = review.times, [each for each in review.participants if each.kind == "player"]
    title, cells = quoted(review.exercise.title), len(review.exercise.cells)
    if times.started is None:
        told = key("The session {session} of {title} was opened{seqs}, and play did not start.")
        return woven(told, session=quoted(review.name), title=title, seqs=refs(0))
    if rehearsed(review):
        told = key("{title} was rehearsed by the program for {cells:cell|cells}; nobody was in the room.")
    elif people:
        told = key("{title} was played on {date} by {cells:cell|cells} with {players:player|players}.")
    else:
        told = key("{title} was played on {date} by {cells:cell|cells}.")
    held = fixed(told, title=title, date=date(times.started.at), cells=cells, players=len(people))
    took = woven(
        "Play took {time} of {planned} planned{seqs}.",
        time=lasting(times.play),
        planned=lasting(times.planned_minutes * 60),
        seqs=refs(times.started.seq, *([times.ended.seq] if times.ended else [])),
    )
    return sentences(held, took)


def _played(review: Review) -> Words:
    moves, planned = len({played.move for played in review.moves}), len(review.exercise.moves)
    if not moves:
        return (fixed("No move was begun."),)
    if moves == planned:
        whole = {1: key("The one move was played{seqs}."), 2: key("Both moves were played{seqs}.")}
        told = whole.get(planned, key("All {planned} moves were played{seqs}."))
    elif moves == 1:
        told = key("{moves} of {planned} moves was played, {move}{seqs}.")
    else:
        told = key("{moves} of {planned} moves were played, the last {move}{seqs}.")
    cited = _cited([played.seq for played in review.moves], fixed("Timeline"))
    return woven(told, moves=moves, planned=planned, move=quoted(review.moves[-1].title), seqs=cited)


def _cited(seqs: list[int], section: str) -> Words:
    """References where they are few, else the section that has them all."""
    return refs(*sorted(seqs)) if len(seqs) <= _MOST else woven(" (see {section})", section=section)


def _decided(review: Review) -> Words:
    answers = [cell.newest.entry for decision in review.decisions for cell in decision.by_cells]
    if not answers:
        return (fixed("No decision was recorded."),)
    replaced = [answer.entry for each in review.decisions for cell in each.by_cells for answer in cell.answers[:-1]]
    own = [entry.seq for entry in answers if entry.data.outcome == "answered" and not entry.data.option]
    tracks = sum(1 for entry in answers if any(before != after for before, after in moved(entry.data).values()))
    if tracks:
        told = key(
            "{answers:answer|answers} to {questions:question|questions} {answers:~was|were} recorded, "
            "and {tracks} of them moved a track{seqs}."
        )
    else:
        told = key("{answers:answer|answers} to {questions:question|questions} {answers:~was|were} recorded{seqs}.")
    recorded = woven(
        told,
        answers=len(answers),
        questions=len(review.decisions),
        tracks=tracks,
        seqs=_cited([entry.seq for entry in answers], fixed("Decisions")),
    )
    return sentences(
        recorded,
        _if_any(key("{number:answer|answers} {number:~was|were} in the cells' own words{seqs}."), own),
        _dissent([e.seq for e in answers if e.data.dissents], [e.seq for e in replaced if e.data.dissents]),
        _if_any(
            key("No answer came in {number:case|cases}{seqs}."),
            [e.seq for e in answers if e.data.outcome != "answered"],
        ),
        _if_any(
            key(
                "In {number:case|cases} a later answer was put in place of an earlier one{seqs}; "
                "Appendix D has the reasons."
            ),
            _revisions(review),  # whether minds changed or the record was put right is for the reasons to say
        ),
        _missing(sum(len(decision.unanswered) for decision in review.decisions)),
    )


def _if_any(told: str, seqs: list[int]) -> Words:
    """How many there are, with the entries; nothing where there are none."""
    return woven(told, number=len(seqs), seqs=refs(*sorted(seqs))) if seqs else ()


def _revisions(review: Review) -> list[int]:
    return [each.entry.seq for each in review.corrections if each.kind == "revised" and each.standing]


def _dissent(now: list[int], before: list[int]) -> Words:
    """On how many answers that count there is dissent, and on how many that no longer do."""
    if not now and not before:
        return ()
    if not before:
        told = key("Dissent is on record on {now:answer|answers}{now_seqs}.")
    elif not now:
        told = key(
            "Dissent is on record only on {before:earlier answer|earlier answers} "
            "that no longer {before:~counts|count}{before_seqs}."
        )
    else:
        told = key(
            "Dissent is on record on {now:answer|answers}{now_seqs} and on "
            "{before:earlier answer|earlier answers} that no longer {before:~counts|count}{before_seqs}."
        )
    return woven(
        told,
        now=len(now),
        now_seqs=refs(*sorted(now)),
        before=len(before),
        before_seqs=refs(*sorted(before)),
    )


def _missing(number: int) -> str:
    told = key("{number:answer|answers} that {number:~was|were} asked for {number:~was|were} not recorded.")
    return fixed(told, number=number) if number else ""


def _turning_points(review: Review) -> Iterator[tuple[DecisionTaken, CellAnswers]]:
    """The answers that led to a branch or met dissent, all of them."""
    for decision in review.decisions:
        steered = bool(led_to(decision.id, review))
        for cell in decision.by_cells:
            if steered or any(answer.entry.data.dissents for answer in cell.answers):
                yield decision, cell


def _in_short(decision: DecisionTaken, cell: CellAnswers, review: Review) -> Words:
    entry = cell.newest.entry
    led = led_to(decision.id, review)
    told = key("{cells}, asked {question}: {choice}") if decision.question else key("{cells}: {choice}")
    chose = fixed(
        told,
        cells=review.names.each(cell.cells),
        question=review.names.question(decision.id),
        choice=_dissented(choice(entry.data, review), cell),
    )
    came = listed((review.names.inject(id), *refs(seq)) for id, seq in led)
    return sentences(
        woven("{answer}{seqs}.", answer=chose, seqs=refs(entry.seq)),
        woven("It led to {injects}.", injects=came) if led else "",
    )


def _dissented(chosen: str, cell: CellAnswers) -> str:
    now = len(cell.newest.entry.data.dissents)
    before = sum(len(answer.entry.data.dissents) for answer in cell.answers[:-1])
    if not now and not before:
        return chosen
    if not now:
        told = key("{choice}, after {before:dissent|dissents} from an earlier answer")
    elif not before:
        told = key("{choice}, with {dissents:dissent|dissents}")
    else:
        told = key("{choice}, with {dissents:dissent|dissents}, and {before} from an earlier answer")
    return fixed(told, choice=chosen, dissents=now, before=before)


def _by_tracks(review: Review) -> Iterator[Words]:
    """The branches that came for the tracks' values, and for no choice."""
    for branch in sorted(review.branches.values(), key=lambda each: each.seq or 0):
        if branch.seq is None or not branch.held or branch.kind != "inject":
            continue
        kinds = {kind for kind, _ in reads(branch.when)}
        if "track" in kinds and "chose" not in kinds:
            inject, why = review.names.inject(branch.id), because_of(branch, review)
            yield woven("{inject}{seqs} came, as {because}.", inject=inject, seqs=refs(branch.seq), because=why)


def _ending(review: Review) -> Words:
    """How play ended: the last inject that was given out."""
    given = [(entry.seq, each) for each in review.injects for entry in each.released[:1]]
    if not given:
        return ()
    seq, last = max(given, key=lambda each: each[0])
    told = key("The last inject was {inject}{seqs}.")
    if not review.finished:
        told = key("The last inject on record was {inject}{seqs}.")
    return woven(told, inject=quoted(last.title), seqs=refs(seq))


def _moved(course: TrackCourse) -> Words:
    track = course.track
    if track.start == course.end:
        told = key("{track} ended where it began, at {end}, on a scale of {least} to {greatest}")
    else:
        told = key("{track} went from {start} to {end}, on a scale of {least} to {greatest}")
    went = fixed(told, track=track.name, start=track.start, end=course.end, least=track.min, greatest=track.max)
    words = because(went, quoted(course.meaning) if course.meaning else "")
    return woven("{text}{seqs}.", text=words, seqs=refs(course.changes[-1].entry.seq))


def _evaluated(review: Review) -> Words:
    ratings = [each.rating for each in review.objectives if each.rating]
    goals = len(review.exercise.objectives)
    if not ratings:
        words = _none_of(goals) if goals else ()
    else:
        shares = Counter(str(entry.data.rating) for entry in ratings)
        parts = and_listed(rating_share(grade, shares[grade]) for grade in RATINGS if shares[grade])
        words = woven(
            _rated(len(ratings), goals),
            number=len(ratings),
            objectives=goals,
            parts=parts,
            seqs=refs(*sorted(entry.seq for entry in ratings)),
        )
    strengths = [entry.seq for each in review.objectives for entry in each.strengths]
    areas = [entry.seq for each in review.objectives for entry in each.improvements]
    found = woven(
        "{strengths:strength|strengths} and {areas:area|areas} for improvement were recorded{seqs}.",
        strengths=len(strengths),
        areas=len(areas),
        seqs=_cited([*strengths, *areas], fixed("Observations by objective")),
    )
    return sentences(words, capital_words(found))


def _rated(number: int, goals: int) -> str:
    if number == goals:
        if goals == 1:
            return key("The one objective was rated: {parts}{seqs}.")
        return key("All {objectives} objectives were rated: {parts}{seqs}.")
    return key("{number} of {objectives} objectives {number:~was|were} rated: {parts}{seqs}.")


def _none_of(goals: int) -> Words:
    if goals == 1:
        return woven("The one objective was not rated.")
    return woven("None of the {objectives} objectives was rated.", objectives=goals)


def _agreed(review: Review) -> Words:
    if not review.actions:
        return (fixed("No corrective action was agreed."),)
    return woven(
        "{actions:corrective action|corrective actions} {actions:~was|were} agreed{seqs}; see the improvement plan.",
        actions=len(review.actions),
        seqs=refs(*(action.entry.seq for action in review.actions)),
    )


def _scenario(review: Review) -> Words:
    about = first_sentence(review.exercise.summary)
    return (fixed("The scenario: {about}", about=sentence(about)),) if about else ()
