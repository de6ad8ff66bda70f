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
)
from tabletop.documents.report.figures import thinking_figure
from tabletop.documents.report.happenings import changes, choice, counts, hearers, own
from tabletop.documents.report.injects import led_to
from tabletop.documents.words import (
    bare,
    clock,
    count,
    joined_lines,
    lasting,
    listed,
    quoted,
    sentence,
)
from tabletop.review.decisions import AnswerGiven, CellAnswers, DecisionTaken
from tabletop.review.record import Entry
from tabletop.review.reviewing import Review
from tabletop.review.tracks import moved
from tabletop.session.events import Answer, ConsequenceRead

_LINE = 160  # characters of an answer in own words that stand within a line


def decisions(review: Review) -> Section:
    """A table of all decisions, then each with its rationale and dissent."""
    if not review.decisions:
        return Section("Decisions", (Paragraph(("No decision was asked for or recorded.",)),))
    rows = tuple(row for number, each in enumerate(review.decisions, start=1) for row in _rows(number, each, review))
    table = Table(("No.", "Question", "Cell", "Choice", "Time taken", "Dissent", "Log"), rows)
    parts = (_decision(number, each, review) for number, each in enumerate(review.decisions, start=1))
    return Section("Decisions", (*thinking_figure(review), table), tuple(parts))


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
            (str(len(entry.data.dissents) or "none"),),
            (Ref(entry.seq),),
        )
    for id in taken.unanswered:
        asked = [ask.seq for ask in taken.asked if id in ask.cells]
        missing = joined_lines([(Ref(seq),) for seq in asked])
        yield (
            (str(number),),
            question,
            (review.names.cell(id),),
            ("No answer was recorded.",),
            (),
            (),
            missing,
        )


def _decision(number: int, taken: DecisionTaken, review: Review) -> Section:
    title = quoted(review.names.inject(taken.inject)) if taken.inject else "put on the spot"
    blocks: list[Block] = [
        Paragraph(say(Strong("Question:"), " ", marked(taken.question or "not on record."))),
        Paragraph(say(Strong("Asked:"), " ", _asked(taken, review))),
    ]
    if taken.options:
        blocks.append(Paragraph((Strong("Options:"),)))
        blocks.append(Bullets(tuple(marked(option.text) for option in taken.options)))
        if chosen := _steered(taken, review):
            blocks.append(Paragraph(chosen))
    for id in taken.unanswered:
        blocks.append(Paragraph((f"{review.names.cell(id)}: no answer was recorded.",)))
    cells = tuple(_cell(taken, cell, review) for cell in taken.by_cells)
    return Section(f"Decision {number}: {title}", tuple(blocks), cells)


def _steered(taken: DecisionTaken, review: Review) -> Words:
    """The branches that came because of it."""
    came = led_to(taken.id, review)
    if not came:
        return ()
    return say(Strong("Led to:"), " ", listed(say(review.names.inject(id), refs(seq)) for id, seq in came), ".")


def _asked(taken: DecisionTaken, review: Review) -> Words:
    if not taken.asked:
        return ("it was answered without having been asked.",)
    return say(
        listed(
            say(
                f"{_cells(ask.cells, review)} at {clock(ask.clock)}",
                f", {count(ask.minutes, 'minute')} to decide" if ask.minutes else "",
                refs(ask.seq),
            )
            for ask in taken.asked
        ),
        ".",
    )


def _cell(taken: DecisionTaken, cell: CellAnswers, review: Review) -> Section:
    items = [say(Strong(f"{label}:"), " ", words) for label, words in _details(taken, cell.newest, review)]
    blocks: list[Block] = [Bullets(tuple(items))]
    if written := _own_words(cell.newest.entry.data):
        blocks += [Paragraph((Strong("In their own words:"),)), Passage(written)]
    if len(cell.answers) > 1:
        blocks.append(Paragraph(("Earlier answers, oldest first:",)))
        blocks.append(Bullets(tuple(_earlier(taken, answer, review) for answer in cell.answers[:-1])))
    return Section(_cells(cell.cells, review), tuple(blocks))


def _own_words(data: Answer) -> str:
    """What a cell wrote that is more than a line: it stands by itself."""
    text = (data.text or "").strip()
    return text if "\n" in text or len(text) > _LINE else ""


def _details(taken: DecisionTaken, answer: AnswerGiven, review: Review) -> Iterator[tuple[str, Words]]:
    entry, data = answer.entry, answer.entry.data
    at = f", at {clock(entry.clock)}"
    revises = say(", in place of the answer in ", Ref(answer.revises)) if answer.revises is not None else ()
    yield "Choice", say(_chosen(data, review), at, revises, refs(entry.seq), ".")
    if data.text and (data.option or data.outcome != "answered") and not _own_words(data):
        yield "In their words", (Said(sentence(data.text)),)
    if data.rationale:
        yield "Rationale", (Said(sentence(data.rationale)),)
    if data.decided_by:
        yield "Decided by", (sentence(review.names.person(data.decided_by)),)
    if _taken(data):
        yield "Time taken", (sentence(_taken(data)),)
    if data.dissents:
        yield "Dissent", _dissent(data, review)
    if data.confidence:
        yield "Confidence", (sentence(data.confidence),)
    if data.assumptions:
        yield "Assumptions", (Said(sentence("; ".join(data.assumptions))),)
    if data.would_change:
        yield "What would change it", (Said(sentence(data.would_change)),)
    if told := changes(data, review):
        yield "Effect on tracks", say(told, _taken_back_first(answer, review))
    if heard := _heard(taken, answer, review):
        yield "What followed", _followed(taken, answer, review)
        yield "Read to", say(heard, ".")
    if missing := _missing(data):
        yield "Not recorded", (f"{missing}.",)


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
    return say(
        " In this, what the answer in ",
        Ref(old.seq),
        f" had done was taken back ({_steps(back, review)}) before its own effect came ({_steps(own, review)}).",
    )


def _steps(steps: Mapping[str, int], review: Review) -> str:
    """``Trust -1, Cost +2``; ``none`` where nothing moves."""
    return ", ".join(f"{review.names.track(id)} {by:+}" for id, by in steps.items() if by) or "none"


def _chosen(data: Answer, review: Review) -> str:
    if data.outcome == "answered" and not data.option and _own_words(data):
        return f"in {own(data)} words, given in full below{counts(data, review)}"
    return choice(data, review)


def _missing(data: Answer) -> str:
    """What a reader of the record would look for and not find, in one line for all."""
    parts = (
        ("rationale", bool(data.rationale)),
        ("who decided", bool(data.decided_by)),
        ("any dissent", bool(data.dissents)),
        ("time taken", bool(_taken(data))),
    )
    return ", ".join(name for name, there in parts if not there)


def _dissent(data: Answer, review: Review) -> Words:
    views = [
        f"{review.names.person(dissent.who) if dissent.who else 'somebody not named'}: {dissent.view.strip()}"
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
            return (f"the same as for {_cells(cell.cells, review)}, above.",)
    return marked(" ".join(sentence(answer.consequence).split()))


def _earlier(taken: DecisionTaken, answer: AnswerGiven, review: Review) -> Words:
    entry, data = answer.entry, answer.entry.data
    later = say("; revised by ", Ref(answer.revised_by)) if answer.revised_by is not None else ("; asked again later",)
    heard = _heard(taken, answer, review)
    return say(
        f"{clock(entry.clock)}: {choice(data, review)}",
        refs(entry.seq),
        later,
        say(". Rationale: ", Said(bare(data.rationale))) if data.rationale else "",
        say(". Dissent: ", _dissent(data, review)) if data.dissents else ".",
        say(" What followed was read to ", heard, ".") if heard else "",
    )


def _taken(data: Answer) -> str:
    """How long the answer took, as the log has it: from the latest asking."""
    if data.early:
        return "before being asked"
    return lasting(data.seconds) if data.seconds is not None else ""


def _cells(ids: tuple[str, ...], review: Review) -> str:
    return review.names.each(ids)
