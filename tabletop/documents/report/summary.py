"""The executive summary: plain sentences made from the facts in the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tabletop.documents.blocks import Block, Bullets, Paragraph, Section, Words, refs, say
from tabletop.documents.report.happenings import changes, choice
from tabletop.documents.words import RATINGS, and_listed, capital, count, date, lasting, quoted, was
from tabletop.review.decisions import CellAnswers, DecisionTaken
from tabletop.review.reviewing import Review
from tabletop.review.tracks import moved

_MOST = 12  # key decisions named; all of them stand in their own section


def summary(review: Review) -> Section:
    """The section on the session as a whole."""
    blocks: list[Block] = [Paragraph(say(_held(review), " ", _played(review)))]
    blocks.append(Paragraph(say(_decided(review))))
    if key := list(_key_decisions(review)):
        blocks += [Paragraph(("The decisions that steered play, moved a track or met dissent:",))]
        blocks.append(Bullets(tuple(_in_short(decision, cell, review) for decision, cell in key[:_MOST])))
        if len(key) > _MOST:
            blocks.append(Paragraph((f"{len(key) - _MOST} more are under Decisions.",)))
    blocks += [Paragraph(words) for words in (_tracks(review), _evaluated(review), _agreed(review)) if words]
    return Section("Executive summary", tuple(blocks))


def _held(review: Review) -> Words:
    times, people = review.times, [each for each in review.participants if each.kind == "player"]
    who = f" with {count(len(people), 'player')}" if people else ""
    cells = count(len(review.exercise.cells), "cell")
    played = f"{quoted(review.exercise.title)} was played in the session {quoted(review.name)}"
    if times.started is None:
        return say(f"The session {quoted(review.name)} of {quoted(review.exercise.title)} was opened", refs(0))\
            + (", and play did not start.",)
    day = f" on {date(times.started.at)} by {cells}{who}"
    planned = f"of {lasting(times.planned_minutes * 60)} planned"
    ends = refs(times.started.seq, *([times.ended.seq] if times.ended else []))
    return say(f"{played}{day}. Play took {lasting(times.play)} {planned}", ends, ".")


def _played(review: Review) -> Words:
    moves = len({played.move for played in review.moves})
    fates = Counter(played.fate for played in review.injects)
    released = fates["released"]
    all_moves, planned = len(review.exercise.moves), len(list(review.exercise.injects()))
    written = sum(1 for played in review.injects if played.written)
    more = f", {count(written, 'further inject')} {was(written)} written on the spot" if written else ""
    skipped = f", {fates['skipped']} skipped" if fates["skipped"] else ""
    return (
        f"{moves} of {count(all_moves, 'move')} {was(moves)} played; of {count(planned, 'planned inject')}"
        f"{more}, {released} {was(released)} released{skipped}.",
    )


def _decided(review: Review) -> Words:
    answers = [cell.newest.entry for decision in review.decisions for cell in decision.by_cells]
    if not answers:
        return ("No decision was recorded.",)
    dissent = [entry.seq for entry in answers if entry.data.dissents]
    silent = [entry.seq for entry in answers if entry.data.outcome != "answered"]
    revised = [each.entry.seq for each in review.corrections if each.kind == "revised" and each.standing]
    words: Words = (
        f"{count(len(answers), 'answer')} to {count(len(review.decisions), 'decision')} "
        f"{was(len(answers))} recorded.",
    )
    counted = ((dissent, "met dissent"), (silent, "ended without an answer"), (revised, "was a later revision"))
    for seqs, what in counted:
        words = say(words, *_share(seqs, what))
    missing = sum(len(decision.unanswered) for decision in review.decisions)
    return say(words, f" {count(missing, 'answer')} asked for {was(missing)} not recorded." if missing else "")


def _share(seqs: list[int], what: str) -> tuple[str | Words, ...]:
    if not seqs:
        return ()
    verb = what.replace("was a later revision", "were later revisions") if len(seqs) > 1 else what
    return (f" {len(seqs)} {verb}", refs(*seqs), ".")


def _key_decisions(review: Review) -> Iterator[tuple[DecisionTaken, CellAnswers]]:
    for decision in review.decisions:
        for cell in decision.by_cells:
            data = cell.newest.entry.data
            if decision.steers or data.dissents or moved(data):
                yield decision, cell


def _in_short(decision: DecisionTaken, cell: CellAnswers, review: Review) -> Words:
    entry = cell.newest.entry
    dissent = f", {count(len(entry.data.dissents), 'dissent')}" if entry.data.dissents else ""
    effects = changes(entry.data, review.names)
    asked = f", asked {quoted(decision.question)}" if decision.question else ""
    answer = f": {choice(entry.data, review)}{dissent}"
    cells = and_listed(review.names.cell(id) for id in cell.cells)
    return say(f"{cells}{asked}{answer}", refs(entry.seq), ".", f" {effects}" if effects else "")


def _tracks(review: Review) -> Words:
    courses = [course for course in review.tracks if course.changes]
    if not courses:
        return ()
    parts = [f"{course.track.name} went from {course.track.start} to {course.end}" for course in courses]
    return say(f"{and_listed(parts)}", refs(*(course.changes[-1].entry.seq for course in courses)), ".")


def _evaluated(review: Review) -> Words:
    ratings = [each.rating for each in review.objectives if each.rating]
    goals = len(review.exercise.objectives)
    if not ratings:
        words: Words = (f"None of {count(goals, 'objective')} was rated.",) if goals else ()
    else:
        shares = Counter(entry.data.rating for entry in ratings)
        parts = [f"{shares[grade]} {grade} ({name.lower()})" for grade, name in RATINGS.items() if shares[grade]]
        seqs = refs(*(entry.seq for entry in ratings))
        words = say(f"Of {count(goals, 'objective')}, {len(ratings)} {was(len(ratings))} rated: ", and_listed(parts))
        words = say(words, seqs, ".")
    strengths = sum(len(each.strengths) for each in review.objectives)
    areas = sum(len(each.improvements) for each in review.objectives)
    found = f"{count(strengths, 'strength')} and {count(areas, 'area')} for improvement {was(strengths + areas)} recorded."
    return say(words, " " if words else "", capital(found))


def _agreed(review: Review) -> Words:
    if not review.actions:
        return ("No corrective action was agreed.",)
    number = len(review.actions)
    seqs = refs(*(action.entry.seq for action in review.actions))
    return say(f"{count(number, 'corrective action')} {was(number)} agreed", seqs, "; see the improvement plan.")
