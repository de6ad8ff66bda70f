"""Looking back without leaving play: the record, what each cell has been told, what the last move brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from tabletop.console import words
from tabletop.console.safe import one_line

if TYPE_CHECKING:
    from tabletop.console.glance import Glance
    from tabletop.review.course import InjectPlayed
    from tabletop.review.decisions import AnswerGiven, DecisionTaken
    from tabletop.review.moves import MoveCourse
    from tabletop.session.schedule import Owed, Slot
    from tabletop.session.session import Session

    Base = Screen[None]
else:
    Base = object


class LookBack(Base):
    """The acts that look back, for the screen of play."""

    session: Session
    glance: Glance

    if TYPE_CHECKING:

        def in_hand(self) -> Slot | None: ...
        def refresh_all(self) -> None: ...

    def action_record(self) -> None:
        """The record so far."""
        from tabletop.console.screens.record import RecordScreen

        self.app.push_screen(RecordScreen(self.session), lambda _: self.refresh_all())

    def action_told(self) -> None:
        """What a cell has been told: first the one that the inject under the cursor is for, if it is one."""
        from tabletop.console.screens.told import ToldScreen

        slot = self.in_hand()
        to = self.glance.addressees(slot) if slot is not None else ()
        players = self.glance.state.index.players
        self.app.push_screen(ToldScreen(self.session, to[0] if len(to) == 1 and to[0] in players else players[0]))

    def action_last_move(self) -> None:
        """The move before this one; this one so far, where it is the first."""
        self.show_move(before=True)

    def show_move(self, *, before: bool) -> None:
        """What happened in the move before the newest, or in the newest itself."""
        from tabletop.console.screens.reading import ReadingScreen
        from tabletop.review.moves import move_course
        from tabletop.review.reviewing import review

        seen = review(self.session.events, "")
        if not seen.moves:
            return
        course = move_course(seen, seen.moves[-2 if before and len(seen.moves) > 1 else -1])
        marking = f"{self.glance.state.exercise.marking}   CONTROL ONLY"
        text = move_page(course, self.glance)
        self.app.push_screen(ReadingScreen(course.played.title, text, marking=marking, space="back"))


def move_page(course: MoveCourse, glance: Glance) -> str:
    """A move on one page, as Markdown."""
    played = course.played
    planned = played.planned_minutes + played.granted_minutes
    so_far = "" if played.finished else " so far"
    head = f"{words.minutes(round(played.minutes))}{so_far}, {words.minutes(planned)} planned. "
    head += f"Injects: {len(course.released)} given out, {len(course.left)} not. Notes: {course.notes}. "
    strengths, areas = course.strengths, course.improvements
    head += f"Observations: {strengths} strength{'s' * (strengths != 1)}, "
    head += f"{areas} area{'s' * (areas != 1)} for improvement."
    parts = [head]
    parts += _section("Decided", [_answer(taken, answer, glance) for taken, answer in course.answers])
    parts += _section("Owed now", [_owed(each, glance) for each in glance.owed])
    moved = [
        f"{one_line(track.name)}: {before} to {after}" for track, before, after in course.tracks if before != after
    ]
    parts += _section("Tracks", moved)
    parts += _section("Given out", [one_line(each.title) for each in course.released])
    parts += _section("Not given out", [_left(each) for each in course.left])
    return "\n\n".join(parts)


def _section(name: str, rows: list[str]) -> list[str]:
    return [f"**{name}**", "\n".join(f"- {row}" for row in rows)] if rows else []


def _answer(taken: DecisionTaken, answer: AnswerGiven, glance: Glance) -> str:
    """Who chose what, how long it took, who dissented."""
    data = answer.entry.data
    said = answer.chosen or data.text or data.outcome.replace("_", " ")
    notes = [f"counts as {one_line(answer.counted).rstrip('.')}"] if answer.counted and not answer.chosen else []
    notes += [words.short(data.seconds)] if data.seconds else []
    notes += [f"dissent: {len(data.dissents)}"] if data.dissents else []
    notes += ["revised"] if answer.revises is not None else []
    who = words.joint_names(data.cells, glance.state.index)
    return f"**{who}**: {one_line(said)}" + (f" ({', '.join(notes)})" if notes else "")


def _owed(each: Owed, glance: Glance) -> str:
    who = words.joint_names(each.cells, glance.state.index)
    return f"**{who}**: {one_line(each.decision.question)} ({words.owed_left(each)})"


def _left(each: InjectPlayed) -> str:
    why = f": {one_line(each.skipped.data.reason)}" if each.skipped and each.skipped.data.reason else ""
    fate = "not released" if each.fate == "lost" else each.fate
    return f"{one_line(each.title)} ({fate}{why})"
