"""The forms by which control judges: rulings, tracks, expected actions, ratings."""

from __future__ import annotations

import re
from typing import Any

from tabletop.console import words
from tabletop.console.glance import Glance, cell_choices
from tabletop.console.recalled import at_hand, marks, proposals
from tabletop.console.safe import one_line
from tabletop.console.screens.form import Field, FormScreen, Values, given
from tabletop.console.screens.forms import track_changes, track_fields
from tabletop.console.screens.shifting import ShiftingForm
from tabletop.errors import Refused
from tabletop.scenario.model import Inject

GRADES = (
    ("P", "P performed without challenges"),
    ("S", "S performed with some challenges"),
    ("M", "M performed with major challenges"),
    ("U", "U unable to be performed"),
)
_METHODS = (("judgement", "judgement"), ("vote", "vote"), ("roll", "roll"))
_VOTE = re.compile(r"(\d{1,4})(?:\D+(\d{1,4}))?(?:\D+(\d{1,4}))?\D*", re.ASCII)
_ODDS = re.compile(r"(\d{1,3})\s*%?", re.ASCII)


def rule_form(glance: Glance) -> FormScreen:
    """A ruling of control, how it came about, and what it does to the tracks."""
    waiting = proposals(glance.session)

    def submit(values: Values) -> None:
        about = next((text for id, text in waiting if id == values.get("proposal")), values["about"])
        method = values["method"]
        decided: dict[str, Any] = {}
        if method == "vote":
            decided["vote"] = vote(values["vote"])
        elif method == "roll":
            decided["roll"] = roll(values["odds"], values["seed"])
        moved = track_changes(glance, values)
        glance.session.do(given(do="rule", text=values["text"], about=about, method=method, tracks=moved) | decided)

    choices = (("", "something else"), *((id, one_line(text)) for id, text in waiting))
    fields = [
        Field("text", "What is ruled", "text", needed="Write the ruling."),
        *([Field("proposal", "On the proposal", "pick", choices, at_hand(glance.session))] if waiting else []),
        Field("about", "About (who asked, or what it settles)"),
        Field("method", "By", "pick", _METHODS),
        Field("vote", "Votes: for, against, abstained (7 3 1)"),
        Field("odds", "Odds, in per cent: it comes about on a roll up to that (60)"),
        Field("seed", "Seed of the roll (a whole number; empty: this entry's number)"),
        *track_fields(glance),
    ]
    only = {"vote": ("method", ["vote"]), "odds": ("method", ["roll"]), "seed": ("method", ["roll"])}
    if waiting:
        only["about"] = ("proposal", [""])
    return ShiftingForm("Ruling", fields, submit, only=only)


def vote(text: str) -> dict[str, int]:
    """``7 3 1``, ``7-3`` or ``7`` as a vote; Refused where it is none."""
    found = _VOTE.fullmatch(text)
    if not found:
        raise Refused("The votes are missing.", "Write for, against and abstained, such as 7 3 1.")
    counts = (int(count or 0) for count in found.groups())
    return dict(zip(("for", "against", "abstained"), counts, strict=True))


def roll(odds: str, seed: str) -> dict[str, int]:
    """Stated odds in per cent, with a seed or without; Refused where they are none."""
    found = _ODDS.fullmatch(odds)
    if not found or int(found[1]) > 100:
        raise Refused("The odds are missing.", "State them from 0 to 100 per cent before it is rolled.")
    if seed and not (seed.isascii() and seed.isdigit() and len(seed) <= 15):
        raise Refused(f"'{seed}' is no seed.", "Give a whole number, or none.")
    return {"odds": int(found[1])} | ({"seed": int(seed)} if seed else {})


def track_form(glance: Glance) -> FormScreen:
    """Tracks, set by hand."""

    def submit(values: Values) -> None:
        moved = track_changes(glance, values)
        if not moved:
            raise Refused("No track is set.", "Write +1, -2 or =4 beside one.")
        glance.session.do(given(do="track", tracks=moved, reason=values["reason"]))

    return FormScreen("Tracks, by hand", [*track_fields(glance), Field("reason", "Why")], submit)


def mark_form(glance: Glance, inject: Inject) -> FormScreen:
    """Whether each action that an inject expects was met; what is left as it stands is not recorded."""
    session = glance.session
    so_far = marks(session, inject.id)

    def submit(values: Values) -> None:
        cell = values["cell"]
        commands = [
            given(do="mark", inject=inject.id, number=number, cell=cell, met=values[f"met-{number}"])
            for number, _ in enumerate(inject.expects, 1)
            if values[f"met-{number}"]
        ]
        if not commands:
            raise Refused("Nothing is marked.", "Say yes, partly or no for an expected action.")
        session.do_all(commands)

    def label(number: int, text: str) -> str:
        said = [f"{_who(cell, glance)} {met}" for (of, cell), met in so_far.items() if of == number]
        return f"{number}. {one_line(text)}" + (f" (so far: {', '.join(said)})" if said else "")

    grades = (("", "not marked"), ("yes", "yes"), ("partly", "partly"), ("no", "no"))
    fields = [
        Field("cell", "Whose actions", "pick", cell_choices(glance, "the room")),
        *(Field(f"met-{at}", label(at, text), "pick", grades) for at, text in enumerate(inject.expects, 1)),
    ]
    return FormScreen(f"Expected: {one_line(inject.title)}", fields, submit, about="Was it done? A newer mark counts.")


def _who(cell: str, glance: Glance) -> str:
    return words.cell_name(cell, glance.state.index) if cell else "the room"


def rate_form(glance: Glance) -> FormScreen:
    """An objective's rating; the newest counts."""
    exercise, ratings = glance.state.exercise, glance.state.play.ratings

    def submit(values: Values) -> None:
        if not values["rating"]:
            raise Refused("No rating is chosen.", "Choose P, S, M or U.")
        glance.session.do(given(do="rate", **values))

    def label(id: str, text: str) -> str:
        old = ratings.get(id)
        return f"[{old.rating if old else ' '}] {one_line(text)}"

    goals = [(each.id, label(each.id, each.text)) for each in exercise.objectives]
    fields = [
        Field("objective", "Objective", "pick", goals),
        Field("rating", "Rating", "pick", (("", "not yet"), *GRADES)),
        Field("text", "Why", "text"),
    ]
    return FormScreen("Rating of an objective", fields, submit)
