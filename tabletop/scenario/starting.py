"""The exercise that `tabletop new` writes: small, commented, playable, and without a finding."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

SCHEMA = "tabletop.schema.json"
"""The file beside a new exercise in which an editor looks for the schema."""

MOST = 12
"""Moves, and cells, that are laid out at most."""

_MODELINE = f"# yaml-language-server: $schema={SCHEMA}\n"
_DAYS = 7
"""Days of story time from one move to the next."""


def starting_exercise(id: str) -> str:
    """The text of a new exercise's file: one move, two cells, every kind of thing once."""
    text = files("tabletop.scenario").joinpath("starting.yaml").read_text(encoding="utf-8")
    return _MODELINE + text.replace("starting-exercise", id).replace("Starting exercise", _title(id))


def laid_out_exercise(id: str, cells: Sequence[str], moves: int) -> str:
    """The text of a new exercise's file with these cells and so many moves, each with a branch in it."""
    parts = [
        _MODELINE,
        _head(id),
        *map(_cell, cells),
        _TRACKS,
        *(_move(number, cells) for number in range(1, moves + 1)),
    ]
    return "".join(parts)


def _title(id: str) -> str:
    return id.replace("-", " ").capitalize()


def _name(cell: str) -> str:
    return cell.upper() if len(cell) <= 3 else _title(cell)


def _head(id: str) -> str:
    return f"""\
# An exercise to start from: change every line. `tabletop check` tells what is wrong and where.
format: 1
id: {id}   # the file's name without .yaml
title: {_title(id)}
summary: >
  One paragraph for the library and the cover: what happens, who decides, what it trains.
marking: FOR EXERCISE USE ONLY   # stands on every screen and page
topics: [topic]
trains:   # for the library: what it trains, who should be in the room, what they should have read
  - consulting before acting
audience:
  - whoever would take these decisions
read_before:
  - what binds the players on the day
scenario_starts: D+0 08:00   # story time; D and H are the day and hour that the story turns on
background: |
  The situation, read aloud before play: what everybody knows, and no more.

objectives:   # what the exercise trains; injects point to them
  - id: consult
    text: Consult the others before acting alone.
    capability: Coordination
    tasks:
      - Names who calls whom, and in what order.

cells:   # who plays; `control`, the white cell, always exists
"""


def _cell(id: str) -> str:
    return f"""\
  - id: {id}
    name: {_name(id)}   # as players know it
    roles: [Head of the cell, Adviser]
    brief: |
      Only this cell reads this: what it knows, and what it must not lose.
    aims:
      - What would count as a good day.
"""


_TRACKS = """
tracks:   # whole numbers that decisions move and conditions read
  - id: trust
    name: Trust between the cells
    start: 5
    min: 0
    max: 10
    good: high
    marks: {0: broken off, 5: business-like, 10: close}

moves:   # phases of play, in order
"""


def _move(number: int, cells: Sequence[str]) -> str:
    day = (number - 1) * _DAYS
    private = "".join(f"          {cell}: Something that only this cell is given.\n" for cell in cells)
    return f"""\
  - id: move-{number}
    title: Move {number}
    minutes: 30
    scenario_time: D+{day} 08:00
    briefing: |
      Read to everyone before the clock starts: what happened since, and what time it is.
    notes: For you alone.
    injects:
      - id: news-{number}
        title: Something happens
        at: 2m   # after the move's clock started
        minutes: 5   # time to discuss it, besides the decision
        scenario_time: D+{day} 09:00
        from: Somebody who knows
        via: call
        text: |
          What everybody is told.
        private:   # what each is given besides; leave out what you do not need
{private}        expects:
          - Somebody asks what the others know.
        objectives: [consult]
        decisions:
          - id: answer-{number}   # asked of each cell that the inject goes to
            question: What do you do?
            minutes: 10
            options:
              - id: together
                text: Agree on it with the others first.
                effects: {{trust: +1}}
                consequence: |
                  Read out once it is chosen: what comes of it.
              - id: alone
                text: Act alone, and now.
                effects: {{trust: -1}}
      - id: reproach-{number}
        title: A reproach
        delay: 2m   # this long after its `when` came to hold
        minutes: 3
        from: Those who were not asked
        via: call
        text: |
          What follows where a cell acted alone.
        when:
          chose: {{answer-{number}: alone}}
      - id: offer-{number}
        title: An offer
        at: 24m
        minutes: 4
        from: Somebody who has watched
        via: cable
        text: |
          What follows where they trust each other.
        when:
          track: {{trust: ">= 6"}}   # quotes: > means something else in YAML
    questions:
      - What would you regret not having arranged a year ago?
"""
