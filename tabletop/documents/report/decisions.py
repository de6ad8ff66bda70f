"""The decisions: what was asked, chosen and why, who disagreed, and what it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabletop.documents.authored import marked
from tabletop.documents.blocks import (
    Block,
    Bullets,
    Paragraph,
    Passage,
    Ref,
    Said,
    Section,
    Strong,
    Table,
    Words,
    refs,
    say,
    sentences,
    woven,
)
from tabletop.documents.report.figures import thinking_figure
from tabletop.documents.report.happenings import changes, choice, counted, hearers, own
from tabletop.documents.report.injects import led_to
from tabletop.documents.words import (
    bare,
    clock,
    joined_lines,
    lasting,
    listed,
    quoted,
    sentence,
)
from tabletop.review.decisions import AnswerGiven, Asked, CellAnswers, DecisionTaken
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.speech import fixed, key
from tabletop.review.tracks import moved
from tabletop.scenario.model import CONTROL
from tabletop.session.events import Answer, ConsequenceRead

_CONFIDENCE = {"low": key("low"), "medium": key("medium"), "high": key("high")}
_LINE = 160  # characters of an answer in own words that stand within a line


def decisions(review: Review) -> Section:
    """A table of all decisions, then each with its rationale and dissent."""
    if not review.decisions:
        return Section(fixed("Decisions"), (Paragraph((fixed("No decision was asked for or recorded."),)),))
    rows = tuple(row for number, each in enumerate(review.decisions, start=1) for row in _rows(number, each, review))
    columns = (
        fixed("No."),
        fixed("Question"),
        fixed("Cell"),
        fixed("Choice"),
        fixed("Time taken"),
        fixed("Dissent"),
        fixed("Log"),
    )
    table = Table(columns, rows)
    parts = (_decision(number, each, review) for number, each in enumerate(review.decisions, start=1))
    return Section(fixed("Decisions"), (*thinking_figure(review), table), tuple(parts))


def _rows(number: int, taken: DecisionTaken, review: Review) -> Iterator[tuple[Words, ...]]:
    question: Words = (taken.question or taken.id,)
    for cell in taken.by_cells:
        entry = cell.newest.entry
        yield (
            (str(number),),
            question,
            (_cells(cell.cells, review),),
            (choice(entry.data, review),),
            (_taken(entry.data),),
            (str(len(entry.data.dissents) or fixed("none")),),
            (Ref(entry.seq),),
        )
    for id in taken.unanswered:
        asked = [ask.seq for ask in taken.asked if id in ask.cells]
        missing = joined_lines([(Ref(seq),) for seq in asked])
        yield (
            (str(number),),
            question,
            (review.names.cell(id),),
            (fixed("No answer was recorded."),),
            (),
            (),
            missing,
        )


def _decision(number: int, taken: DecisionTaken, review: Review) -> Section:
    title = quoted(review.names.inject(taken.inject)) if taken.inject else fixed("put on the spot")
    question = marked(taken.question) if taken.question else woven("not on record.")
    blocks: list[Block] = [
        Paragraph(sentences(Strong(fixed("Question:")), question)),
        Paragraph(sentences(Strong(fixed("Asked:")), _asked(taken, review))),
    ]
    if taken.options:
        blocks.append(Paragraph((Strong(fixed("Options:")),)))
        blocks.append(Bullets(tuple(marked(option.text) for option in taken.options)))
        if chosen := _steered(taken, review):
            blocks.append(Paragraph(chosen))
    for id in taken.unanswered:
        blocks.append(Paragraph((fixed("{cell}: no answer was recorded.", cell=review.names.cell(id)),)))
    cells = tuple(_cell(taken, cell, review) for cell in taken.by_cells)
    return Section(fixed("Decision {number}: {title}", number=number, title=title), tuple(blocks), cells)


def _steered(taken: DecisionTaken, review: Review) -> Words:
    """The branches that came because of it."""
    came = led_to(taken.id, review)
    if not came:
        return ()
    injects = listed((review.names.inject(id), *refs(seq)) for id, seq in came)
    return sentences(Strong(fixed("Led to:")), woven("{injects}.", injects=injects))


def _asked(taken: DecisionTaken, review: Review) -> Words:
    if not taken.asked:
        return woven("it was answered without having been asked.")
    return woven("{asked}.", asked=listed(_ask(ask, review) for ask in taken.asked))


def _ask(ask: Asked, review: Review) -> Words:
    cells, at, seqs = _cells(ask.cells, review), clock(ask.clock), refs(ask.seq)
    if not ask.minutes:
        return woven("{cells} at {time}{seqs}", cells=cells, time=at, seqs=seqs)
    asked = key("{cells} at {time}, {minutes:minute|minutes} to decide{seqs}")
    return woven(asked, cells=cells, time=at, minutes=ask.minutes, seqs=seqs)


def _cell(taken: DecisionTaken, cell: CellAnswers, review: Review) -> Section:
    items = [sentences(Strong(fixed(label)), words) for label, words in _details(taken, cell.newest, review)]
    blocks: list[Block] = [Bullets(tuple(items))]
    if written := _own_words(cell.newest.entry.data):
        blocks += [Paragraph((Strong(fixed("In their own words:")),)), Passage(written)]
    if len(cell.answers) > 1:
        blocks.append(Paragraph((fixed("Earlier answers, oldest first:"),)))
        blocks.append(Bullets(tuple(_earlier(taken, answer, review) for answer in cell.answers[:-1])))
    return Section(_cells(cell.cells, review), tuple(blocks))


def _own_words(data: Answer) -> str:
    """What a cell wrote that is more than a line: it stands by itself."""
    text = (data.text or "").strip()
    return text if "\n" in text or len(text) > _LINE else ""


def _details(taken: DecisionTaken, answer: AnswerGiven, review: Review) -> Iterator[tuple[str, Words]]:
    data = answer.entry.data
    yield key("Choice:"), _at(answer, _chosen(data, review))
    if data.text and (data.option or data.outcome != "answered") and not _own_words(data):
        yield key("In their words:"), (Said(sentence(data.text)),)
    if data.rationale:
        yield key("Rationale:"), (Said(sentence(data.rationale)),)
    if data.decided_by:
        yield key("Decided by:"), (sentence(review.names.person(data.decided_by)),)
    if _taken(data):
        yield key("Time taken:"), (sentence(_taken(data)),)
    if data.dissents:
        yield key("Dissent:"), _dissent(data, review)
    if data.confidence:
        yield key("Confidence:"), (sentence(fixed(_CONFIDENCE.get(data.confidence, data.confidence))),)
    if data.assumptions:
        yield key("Assumptions:"), (Said(sentence(fixed("; ").join(data.assumptions))),)
    if data.would_change:
        yield key("What would change it:"), (Said(sentence(data.would_change)),)
    if told := changes(data, review):
        yield key("Effect on tracks:"), sentences(told, _taken_back_first(answer, review))
    if heard := _heard(taken, answer, review):
        yield key("What followed:"), _followed(taken, answer, review)
        yield key("Read to:"), woven("{cells}.", cells=heard)
    if missing := _missing(data):
        yield key("Not recorded:"), (fixed("{parts}.", parts=missing),)


def _at(answer: AnswerGiven, chosen: str) -> Words:
    at, seqs = clock(answer.entry.clock), refs(answer.entry.seq)
    if answer.revises is None:
        return woven("{choice}, at {time}{seqs}.", choice=chosen, time=at, seqs=seqs)
    told = key("{choice}, at {time}, in place of the answer in {line}{seqs}.")
    return woven(told, choice=chosen, time=at, line=Ref(answer.revises), seqs=seqs)


def _taken_back_first(answer: AnswerGiven, review: Review) -> Words:
    """How a revised answer's effect came about: what the earlier one had done was taken back before its own."""
    old = review.entries.get(answer.revises) if answer.revises is not None else None
    if old is None:
        return ()
    done, now = moved(old.data), moved(answer.entry.data)
    back = {id: done[id][0] - done[id][1] for id in now if id in done and done[id][0] != done[id][1]}
    if not back:
        return ()
    own = {id: after - before - back.get(id, 0) for id, (before, after) in now.items()}
    return woven(
        "In this, what the answer in {line} had done was taken back ({back}) before its own effect came ({own}).",
        line=Ref(old.seq),
        back=_steps(back, review),
        own=_steps(own, review),
    )


def _steps(steps: Mapping[str, int], review: Review) -> str:
    """``Trust -1, Cost +2``; ``none`` where nothing moves."""
    return fixed(", ").join(f"{review.names.track(id)} {by:+}" for id, by in steps.items() if by) or fixed("none")


def _chosen(data: Answer, review: Review) -> str:
    if data.outcome == "answered" and not data.option and _own_words(data):
        below = own(data, key("in its own words, given in full below"), key("in their own words, given in full below"))
        return counted(fixed(below), data, review)
    return choice(data, review)


def _missing(data: Answer) -> str:
    """What a reader of the record would look for and not find, in one line for all.

    Where control answers for the world, or time ran out, there was nobody to decide or to dissent.
    """
    nobody = data.outcome == "out_of_time" or tuple(data.cells) == (CONTROL,)
    parts = (
        (fixed("rationale"), bool(data.rationale)),
        (fixed("who decided"), nobody or bool(data.decided_by)),
        (fixed("any dissent"), nobody or bool(data.dissents)),
        (fixed("time taken"), bool(_taken(data))),
    )
    return fixed(", ").join(name for name, there in parts if not there)


def _dissent(data: Answer, review: Review) -> Words:
    views = [
        fixed(
            "{person}: {view}",
            person=review.names.person(dissent.who) if dissent.who else fixed("somebody not named"),
            view=dissent.view.strip(),
        )
        for dissent in data.dissents
    ]
    return listed((Said(view),) for view in (*views[:-1], *(sentence(view) for view in views[-1:])))


def _heard(taken: DecisionTaken, answer: AnswerGiven, review: Review) -> Words:
    """Who heard the consequence, each once; what nobody heard is control's, and no part of what happened."""
    if not answer.consequence:
        return ()
    read = [each for each in taken.read if _follows(each, answer, taken)]
    cells = hearers(read)
    return say(_cells(cells, review), refs(*(each.seq for each in read))) if cells else ()


def _follows(read: Entry[ConsequenceRead], answer: AnswerGiven, taken: DecisionTaken) -> bool:
    """Whether a reading belongs to an answer: of its option, and to its cells or after it before any other."""
    option = _option(answer)
    if read.data.option != option:
        return False
    before = [each.entry.seq for each in taken.answers if _option(each) == option and each.entry.seq < read.seq]
    if not before:
        return True
    seq = answer.entry.seq
    return seq in before and (seq == max(before) or bool({*read.data.cells} & {*answer.entry.data.cells}))


def _option(answer: AnswerGiven) -> str | None:
    return answer.entry.data.option or answer.entry.data.counts_as


def _followed(taken: DecisionTaken, answer: AnswerGiven, review: Review) -> Words:
    """What followed; where it stands with a cell above already, that."""
    for cell in taken.by_cells:
        if cell.newest is answer:
            break
        if _option(cell.newest) == _option(answer) and _heard(taken, cell.newest, review):
            return (fixed("the same as for {cells}, above.", cells=_cells(cell.cells, review)),)
    return marked(" ".join(sentence(answer.consequence).split()))


def _earlier(taken: DecisionTaken, answer: AnswerGiven, review: Review) -> Words:
    entry, data = answer.entry, answer.entry.data
    at, chosen, seqs = clock(entry.clock), choice(data, review), refs(entry.seq)
    if answer.revised_by is not None:
        by = Ref(answer.revised_by)
        told = woven("{time}: {choice}{seqs}; revised by {line}.", time=at, choice=chosen, seqs=seqs, line=by)
    else:
        told = woven("{time}: {choice}{seqs}; asked again later.", time=at, choice=chosen, seqs=seqs)
    heard = _heard(taken, answer, review)
    return sentences(
        told,
        woven("Rationale: {rationale}.", rationale=Said(bare(data.rationale))) if data.rationale else "",
        woven("Dissent: {dissent}", dissent=_dissent(data, review)) if data.dissents else "",
        woven("What followed was read to {cells}.", cells=heard) if heard else "",
    )


def _taken(data: Answer) -> str:
    """How long the answer took, as the log has it: from the latest asking."""
    if data.early:
        return fixed("before being asked")
    return lasting(data.seconds) if data.seconds is not None else ""


def _cells(ids: tuple[str, ...], review: Review) -> str:
    return review.names.each(ids)
