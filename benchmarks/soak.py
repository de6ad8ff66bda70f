"""Eight hours of play in the console, one event a second, the clock running: what it does to memory.

    python benchmarks/soak.py [--hours 8] [--warm 0.5] [--every 600] [--paint 1]

The console stands in a pseudo-terminal of 120x40 on a session whose time is simulated: each second of it, the session
records one event in its file (notes, quotes, observations, releases, decisions, revisions, rulings, messages, requests,
undos...) and the screen shows it before the next one comes. Every ten minutes of play somebody takes notes at the keys
and looks through the other screens. All the screen writes is read, and each event's number must have stood on it. With
``--paint 30`` the screen is waited for at one second in thirty only: a quick look, where there are minutes and no hour.

Printed are, after the first half hour and at the end, the process's resident memory and the 95th percentile from a key
to its paint, and their growth in percent (goal: at most 5); and how much of the memory's growth is the record's own:
what the same record takes in a process that opens it and shows nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Client, Connection, Listener, wait
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pexpect
import pyte

from tabletop.console.app import Console
from tabletop.console.desk import go_on
from tabletop.console.screens.run import RunScreen
from tabletop.errors import Refused
from tabletop.journal import FileJournal
from tabletop.scenario.model import Exercise, exercise_from_json
from tabletop.session.clock import ExerciseClock, SimulatedTime
from tabletop.session.session import Session

CELLS = ("rok", "jpn", "usa")
MOVES, INJECTS = 4, 60
"""So many moves, and injects in each of them."""
SAYINGS = (
    "The ministry asks for two days and gets one",
    "Nobody in the room knows who signed the order of {n} March",
    "They want to hear from the {n}th fleet before they answer the press",
    "Legal counsel doubts that article {n} covers a blockade",
    "The delegation leaves the table for {n} minutes and comes back with a paper",
    "Two ships turn around at {n} degrees north, the third does not",
    "한국은 {n}시까지 기다리고 나서 다시 묻는다",
    "日本は{n}時間以内に返事をする",
)
ROUND = (
    ("n", "What was said"),
    ("Taken down at the keys\x1b[21~", "d decide"),
    ("d", "Esc"),
    ("\x1b", "d decide"),
    ("l", "Record of"),
    ("\x1b", "d decide"),
    ("K", "has been told"),
    ("\x1b", "d decide"),
    ("\x1bOP", "Does what the key bar"),
    ("\x1b", "d decide"),
)
"""What somebody does at the keys every ten minutes, and what the screen shows of it."""

ARROWS = ("\x1b[B", "\x1b[B", "\x1b[B", "\x1b[A")
"""The keys that are timed: down, down, down, up."""


def exercise(minutes: int) -> Exercise:
    """Moves that share so many minutes, one inject in two with a decision of all cells."""
    each = max(1, minutes // MOVES)
    moves = [
        {"id": f"move-{m}", "title": f"Move {m}", "minutes": each, "injects": injects(m, each)} for m in range(MOVES)
    ]
    cells = [{"id": cell, "name": cell.upper()} for cell in CELLS]
    tracks = [{"id": "trust", "name": "Trust", "start": 5}, {"id": "ships", "name": "Ships", "start": 3}]
    objectives = [{"id": "consult", "text": "Consult in time", "capability": "Consultation"}]
    given = {"format": 1, "id": "soak", "title": "Eight hours", "cells": cells, "tracks": tracks, "moves": moves}
    return exercise_from_json({**given, "objectives": objectives})


def injects(move: int, minutes: int) -> list[dict[str, Any]]:
    """A move's injects, spread over its minutes."""
    found: list[dict[str, Any]] = []
    for number in range(INJECTS):
        name = f"{move}-{number}"
        inject: dict[str, Any] = {"id": f"inject-{name}", "title": f"Report {name}", "at": number * minutes // INJECTS}
        inject["text"] = "The ministry asks for two days and gets one. " * 8
        if number % 2:
            options = [{"id": "yes", "text": "Yes", "effects": {"trust": 1}}, {"id": "no", "text": "No"}]
            decision = {"id": f"decision-{name}", "question": "Do we?", "minutes": 5, "options": options}
            inject["decisions"] = [{**decision, "open": True}]
        found.append(inject)
    return found


class Room:
    """What happens in a room: the next act, whatever the session stands at. The same seed, the same play."""

    def __init__(self, session: Session, seed: int = 4) -> None:
        self._session, self._chance, self._count = session, Random(seed), 0

    def act(self) -> dict[str, Any]:
        """A command that makes one event."""
        planned = next(self._planned(), None)
        return planned or getattr(self, "_" + self._chance.choices(*zip(*KINDS.items(), strict=True))[0])()

    def _planned(self) -> Iterator[dict[str, Any]]:
        """The next move, what is due, and at leisure what is owed."""
        from tabletop.console.glance import look

        glance = look(self._session)
        move = glance.state.play.move
        if glance.next_move and (move is None or glance.timing.move_elapsed >= glance.timing.move_minutes * 60):
            yield {"do": "move"}
        if glance.due:
            yield {"do": "release", "inject": glance.due[0].inject.id}
        if glance.owed and self._chance.random() < 0.02:
            owed = glance.owed[0]
            chosen = (
                {"option": self._chance.choice(("yes", "no"))} if self._chance.random() < 0.7 else {"text": self._say()}
            )
            yield {
                "do": "decide",
                "decision": owed.decision,
                "cells": [owed.cells[0]],
                **chosen,
                "rationale": self._say(),
            }

    def _say(self) -> str:
        """One to three sentences that were not said before."""
        self._count += 1
        said = (
            self._chance.choice(SAYINGS).format(n=self._chance.randrange(100))
            for _ in range(self._chance.randint(1, 3))
        )
        return f"{'. '.join(said)} ({self._count})."

    def _cell(self) -> str:
        return self._chance.choice(CELLS)

    def _note(self) -> dict[str, Any]:
        released = list(self._session.state.play.released)
        about = {"inject": self._chance.choice(released)} if released else {}
        return {"do": "note", "text": self._say(), "cell": self._cell(), **about}

    def _quote(self) -> dict[str, Any]:
        return {"do": "note", "text": self._say(), "cell": self._cell(), "quote": True}

    def _observe(self) -> dict[str, Any]:
        kind = self._chance.choice(("strength", "improvement", "note"))
        return {"do": "observe", "kind": kind, "text": self._say(), "objective": "consult", "cell": self._cell()}

    def _fact(self) -> dict[str, Any]:
        return {
            "do": "fact",
            "kind": self._chance.choice(("fact", "assumption")),
            "cell": self._cell(),
            "text": self._say(),
        }

    def _act(self) -> dict[str, Any]:
        moved = {"tracks": {"trust": self._chance.choice(("+1", "-1"))}} if self._chance.random() < 0.3 else {}
        return {"do": "act", "cell": self._cell(), "text": self._say(), **moved}

    def _message(self) -> dict[str, Any]:
        giver, taker = self._chance.sample(CELLS, 2)
        return {"do": "message", "from": giver, "to": [taker], "text": self._say()}

    def _request(self) -> dict[str, Any]:
        waiting = [id for id, asked in self._session.state.play.requests.items() if asked.answered is None]
        if waiting:
            return {"do": "answer", "id": waiting[0], "text": self._say()}
        return {"do": "request", "cell": self._cell(), "text": self._say()}

    def _argue(self) -> dict[str, Any]:
        return {
            "do": "argue",
            "cell": self._cell(),
            "proposal": self._say(),
            "for": [self._say()],
            "against": [self._say()],
        }

    def _rule(self) -> dict[str, Any]:
        return {
            "do": "rule",
            "text": self._say(),
            "method": "judgement",
            "tracks": {"ships": self._chance.choice(("+1", "-1"))},
        }

    def _track(self) -> dict[str, Any]:
        return {"do": "track", "tracks": {"trust": f"={self._chance.randrange(9)}"}, "reason": self._say()}

    def _revise(self) -> dict[str, Any]:
        answers = list(self._session.state.play.answers.values())
        if not answers:
            return self._note()
        answer = self._chance.choice(answers)
        return {
            "do": "revise",
            "replaces": answer.seq,
            "option": self._chance.choice(("yes", "no")),
            "rationale": self._say(),
        }

    def _undo(self) -> dict[str, Any]:
        return {"do": "undo"} if self._session.state.undoable else self._note()


KINDS = {
    "note": 34, "quote": 10, "observe": 10, "fact": 8, "act": 8, "message": 8, "request": 8,
    "argue": 4, "rule": 5, "track": 2, "revise": 2, "undo": 1,
}  # fmt: skip
"""Of a hundred acts between those that are planned, so many of each kind."""


class Seat(Console):
    """The console, and a room that acts in it, a second of its own time after the other."""

    def __init__(self, session: Session, passing: SimulatedTime, line: Connection, options: argparse.Namespace) -> None:
        super().__init__(session=session, logs=Path(os.devnull).parent)
        self._passing, self._line, self._options = passing, line, options

    def on_mount(self) -> None:
        """Begin once the console stands."""
        self.run_worker(self._play())

    async def _play(self) -> None:
        while not isinstance(self.screen, RunScreen):
            await asyncio.sleep(0.05)
        assert self.session is not None
        session, screen, room = self.session, self.screen, Room(self.session)
        for second in range(1, int(self._options.hours * 3600) + 1):
            self._passing.advance(1)
            while True:
                with suppress(Refused):  # as it happens: a number out of its track's bounds
                    session.do(room.act())
                    break
            if second % self._options.paint == 0:
                screen.tick()
                painted = asyncio.Event()
                screen.call_after_refresh(painted.set)
                await painted.wait()
            if second % 5 == 0:
                session.keep_alive()
            if second % self._options.every == 0:
                self._line.send((second, session.state.last_seq, resident()))
                await asyncio.to_thread(self._line.recv)
        self.exit()


def resident() -> float:
    """This process's resident memory, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024


def seat(address: str, log: Path, options: argparse.Namespace) -> None:
    """In the terminal: a session just begun, and the console on it."""
    minutes = int(options.hours * 60)
    passing = SimulatedTime(datetime(2026, 11, 24, 0, 0, tzinfo=UTC))
    session = Session.create(exercise(minutes), FileJournal.create(log), ExerciseClock(passing), name=log.stem)
    session.do_all(
        [{"do": "join", "id": cell, "name": f"Lead of {cell}", "cell": cell, "lead": True} for cell in CELLS]
    )
    session.do_all([{"do": "start"}, {"do": "move"}])
    with Client(address) as line:
        Seat(session, passing, line, options).run()


class Watch:
    """The terminal's side: what stands on the screen, and the numbers of all events that stood on it."""

    def __init__(self, child: pexpect.spawn) -> None:
        self.child, self.seen, self._tail = child, set[int](), b""
        self._screen = pyte.Screen(120, 40)
        self._stream = pyte.ByteStream(self._screen)

    def read(self, draw: bool = True) -> None:
        """Take in what is there, and draw it where somebody looks: the room's seconds are many."""
        with suppress(pexpect.TIMEOUT, pexpect.EOF):
            raw = self.child.read_nonblocking(65536, 0)
            if draw:
                self._stream.feed(raw)
            self.seen.update(int(number) for number in re.findall(rb"#(\d+) ", self._tail + raw))
            self._tail = raw[-20:]

    def answered(self, key: str) -> float:
        """Milliseconds from a key to the first that the screen writes of it."""
        begun = time.perf_counter()
        self.child.send(key)
        wait([self.child.fileno()], 10)
        taken = time.perf_counter() - begun
        while wait([self.child.fileno()], 0.06):
            self.read()
        return taken * 1000

    def press(self, keys: str, words: str) -> None:
        """Press keys, and wait until the words stand and nothing more is written."""
        self.child.send(keys)
        ends = time.monotonic() + 60
        while wait([self.child.fileno()], 0.15) or words not in (shown := "\n".join(self._screen.display)):
            assert time.monotonic() < ends, f"{words!r} never came after {keys!r}:\n{shown}"
            self.read()


class Look(NamedTuple):
    """What was found at one look: the second of play, the events, the memory in MB, a key's paint in ms (p95)."""

    second: int
    events: int
    memory: float
    paint: float


def main() -> None:
    """Play, and print what the memory and the keys did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=8)
    parser.add_argument("--warm", type=float, default=0.5, help="the hours after which the memory is first measured")
    parser.add_argument("--every", type=int, default=600, help="seconds of play between two looks through the screens")
    parser.add_argument("--paint", type=int, default=1, help="the screen is waited for at every so manieth second")
    parser.add_argument("--seat", nargs=2, metavar=("ADDRESS", "LOG"), help=argparse.SUPPRESS)
    parser.add_argument("--hold", type=Path, metavar="LOG", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.seat:
        seat(options.seat[0], Path(options.seat[1]), options)
    elif options.hold:
        held = go_on(options.hold)
        print(resident())
        held.close()
    else:
        with tempfile.TemporaryDirectory() as folder:
            report(Path(folder), options)


def report(folder: Path, options: argparse.Namespace) -> None:
    """The play in a terminal of its own, and what came of it."""
    begun, address, log = time.monotonic(), str(folder / "line"), folder / "soak.jsonl"
    given = [f"--{name}={getattr(options, name)}" for name in ("hours", "every", "paint")]
    command = [__file__, *given, "--seat", address, str(log)]
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with Listener(address) as listener:
        child = pexpect.spawn(sys.executable, command, dimensions=(40, 120), env=environment, timeout=60)
        with listener.accept() as line:
            watch = Watch(child)
            looks = list(played(watch, line, every=options.paint == 1))
    child.expect(pexpect.EOF)
    child.close()
    warm = next(look for look in looks if look.second >= options.warm * 3600)
    last = looks[-1]
    print(f"{options.hours:g} h, {child.exitstatus=}, {log.stat().st_size / 2**20:.1f} MB of record, ", end="")
    print(f"{time.monotonic() - begun:.0f} s; {len(watch.seen)} numbers of {last.events} stood on the screen")
    print(f"memory {warm.memory:.1f} MB after {options.warm:g} h, {last.memory:.1f} MB at the end: ", end="")
    print(f"growth {100 * (last.memory / warm.memory - 1):.1f} % (goal: at most 5)")
    held = [alone(log, folder / f"held-{look.second}.jsonl", look.events) for look in (warm, last)]
    own = held[1] - held[0]
    print(f"  of it {own:.1f} MB is the record's own ({held[0]:.1f} and {held[1]:.1f} MB without a screen): ", end="")
    print(f"growth {100 * ((last.memory - own) / warm.memory - 1):.1f} % without it")
    third = max(1, len(looks) // 3)
    first, final = (statistics.median(look.paint for look in part) for part in (looks[:third], looks[-third:]))
    print(f"key to paint p95: {first:.1f} ms in the first third, {final:.1f} ms in the last: ", end="")
    print(f"growth {100 * (final / first - 1):.1f} % (goal: at most 5)")


def alone(log: Path, start: Path, events: int) -> float:
    """The memory, in MB, of a process that holds so many of the record's events and shows nothing."""
    start.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:events]))
    done = subprocess.run([sys.executable, __file__, "--hold", str(start)], capture_output=True, check=True)
    return float(done.stdout)


def played(watch: Watch, line: Connection, every: bool) -> Iterator[Look]:
    """What is found at each look, until the seat is left; ``every`` event must have stood on the screen."""
    while True:
        ready = wait([watch.child.fileno(), line])
        watch.read(draw=False)
        if line not in ready:
            continue
        try:
            second, last, memory = line.recv()
        except EOFError:
            return
        for keys, words in ROUND:
            watch.press(keys, words)
        paint = p95([watch.answered(key) for key in ARROWS * 10])
        print(f"  {second / 3600:5.2f} h  {last:6} events  {memory:6.1f} MB  {paint:5.1f} ms", flush=True)
        yield Look(second, last, memory, paint)
        missing = set(range(1, last)) - watch.seen
        assert not every or len(missing) <= 12 + last // 100, (
            f"these events never stood on the screen: {sorted(missing)[:20]}"
        )
        line.send("go on")


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not pass."""
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
