"""Whatever a file holds: a sentence or a value, no traceback, at once.

The files are the same each time, unless ``TABLETOP_FUZZ`` says how many of a kind, which are then new ones. A million
are read by ``python benchmarks/fuzz.py``, which makes them in the same way.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import fuzz
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabletop.errors import NotALog, TabletopError
from tabletop.journal.reading import parse
from tabletop.session.evolve import fold

MORE = os.environ.get("TABLETOP_FUZZ")
INPUTS = int(MORE or 1200)


@pytest.mark.parametrize("kind", fuzz.KINDS)
@settings(max_examples=INPUTS, derandomize=not MORE, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_no_file_raises_or_hangs(tmp_path_factory: pytest.TempPathFactory, kind: str, random: Random) -> None:
    make, read = fuzz.KINDS[kind]
    raw = make(random)
    begun = time.process_time()
    with suppress(TabletopError):
        read(raw, tmp_path_factory.getbasetemp())
    assert time.process_time() - begun < fuzz.SLOW


def test_an_exercise_that_cannot_be_read_makes_a_log_that_cannot_be_gone_on_with() -> None:
    lines = [dict(line) for line in fuzz.good_lines()]
    lines[0]["data"] = {"format": "tabletop-log/1", "name": "x", "exercise": {"id": 7}}
    events = parse(fuzz.chained(lines), Path("x.jsonl")).events
    assert len(events) == len(lines)
    with pytest.raises(NotALog, match="The exercise in the log's first line cannot be read"):
        fold(events)


def test_tracks_that_are_no_map_are_passed_over_with_their_event() -> None:
    lines = [dict(line) for line in fuzz.good_lines()]
    at = next(place for place, line in enumerate(lines) if line["type"] == "move_started")
    lines[at]["data"] = {**lines[at]["data"], "tracks": []}
    state = fold(parse(fuzz.chained(lines[: at + 1]), Path("x.jsonl")).events)
    assert (state.last_seq, state.play.move) == (at, None)
