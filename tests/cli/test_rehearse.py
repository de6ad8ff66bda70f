"""`tabletop rehearse`: the story, the numbers, the log."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from tabletop.cli import rehearse
from tabletop.errors import NameTaken, UsageError
from tabletop.journal import read_log

DRILL = """\
format: 1
id: drill
title: The drill
cells:
  - {id: north, name: North}
  - {id: south, name: South}
tracks:
  - {id: trust, name: Trust, start: 5}
moves:
  - id: dawn
    title: Dawn
    minutes: 30
    injects:
      - id: gate
        title: The gate is closed
        at: 3
        effects: {trust: -1}
        decisions:
          - id: reply
            question: How do you reply?
            minutes: 5
            options:
              - {id: talk, text: Talk, effects: {trust: 1}}
              - {id: wait, text: Wait}
      - id: thanks
        title: A letter of thanks
        to: [south]
        minutes: 25
        delay: 4m
        when:
          chose: {reply/north: talk}
  - id: war
    title: War
    minutes: 30
    when: {track: {trust: "< 4"}}
"""


@pytest.fixture
def drill(tmp_path: Path) -> Path:
    path = tmp_path / "drill.yaml"
    path.write_text(DRILL)
    return path


def call(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    rehearse.configure(parser)
    return rehearse.run(parser.parse_args([str(word) for word in words]))


def test_the_story_of_a_run(drill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(drill, "--choose", "reply/north=talk", "--choose", "reply=wait") == 0
    printed = capsys.readouterr()
    assert printed.out == (
        "The drill (drill): planned play, seed 0\n"
        "\n"
        "Dawn (dawn), 30 min, from 0:00\n"
        "   0:03  gate: The gate is closed -> North, South  [Trust 5 to 4]\n"
        "   0:08  reply/north=talk: North: Talk  [Trust 4 to 5]\n"
        "   0:08  reply/south=wait: South: Wait\n"
        "   0:12  thanks: A letter of thanks -> South\n"
        "   0:37  thanks: discussed by South\n"
        "   0:37  over, 7 min late\n"
        "\n"
        "Moves left out: war\n"
        "Trust (trust): 5 at the start, 5 at the end, between 4 and 5\n"
        "Time: 0:37, 1:00 planned for all moves\n"
    )
    assert printed.err == ""


def test_what_did_not_happen_is_told(drill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(drill, "--choose", "reply=wait")
    assert "Not released: thanks\n" in capsys.readouterr().out


def test_many_runs_in_words(drill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(drill, "--runs", "40", "--choose", "reply/south=wait", "--choose", "reply/north=talk") == 0
    assert capsys.readouterr().out == (
        "The drill (drill): 40 runs of planned play, seed 0\n"
        "Time: 37 to 37 min, median 37, 60 planned\n"
        "  37 min  ########################################  100 %\n"
        "\n"
        "Injects, by the share of runs in which they went out\n"
        "  100 %  gate: The gate is closed\n"
        "  100 %  thanks: A letter of thanks\n"
        "\n"
        "Decisions, by the share of runs that asked them, and of answers that chose each option\n"
        "  100 %  reply/north: talk 100 %, wait 0 %\n"
        "  100 %  reply/south: talk 0 %, wait 100 %\n"
        "\n"
        "Tracks, by their values at any moment\n"
        "  Trust (trust): 4 to 5, of 0 to 10\n"
        "\n"
        "Cells, by the minutes of a run in which they discuss or decide\n"
        "  North (north): 5 to 5 min, median 5\n"
        "  South (south): 30 to 30 min, median 30\n"
        "\n"
        "Endings, by what went out on a condition in the last move\n"
        "  100 %  A letter of thanks (thanks)\n"
    )


def test_numbers_as_json(drill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(drill, "--seed", "3", "--runs", "60", "--json") == 0
    numbers = json.loads(capsys.readouterr().out)
    assert list(numbers) == [
        "seed",
        "runs",
        "minutes",
        "injects",
        "decisions",
        "tracks",
        "moves",
        "lengths",
        "busy",
        "endings",
    ]
    assert (numbers["seed"], numbers["runs"]) == (3, 60)
    assert numbers["minutes"]["least"] == 30
    assert numbers["injects"]["gate"] == 60
    assert numbers["injects"]["thanks"] == numbers["decisions"]["reply/north"]["talk"]
    call(drill, "--json")
    assert json.loads(capsys.readouterr().out)["runs"] == 1


def test_every_path_in_words(drill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(drill, "--every-path") == 0
    assert capsys.readouterr().out == (
        "The drill (drill): every path of planned play\n"
        "Time: 30 to 37 min; 60 planned\n"
        "\n"
        "Tracks, by their values at any moment\n"
        "  Trust (trust): 4 to 6; of 0 to 10\n"
        "\n"
        "Endings, by what went out on a condition in the last move\n"
        "  nothing\n"
        "  A letter of thanks (thanks)\n"
        "\n"
        "With --json, the choices that lead to each number and each ending stand beside it.\n"
    )


def test_what_the_budget_leaves_open_is_said_to_be_open(drill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(drill, "--every-path", "--budget", "1") == 0
    told = capsys.readouterr().out
    assert "not every path could be looked at\n" in told
    assert "Time: not proven, no path was followed to its end\n" in told
    assert "Trust (trust): 4 to 5 seen, more not ruled out, though surely within 4 to 7; of 0 to 10\n" in told


def test_every_path_as_json_has_the_choices_that_lead_there(drill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(drill, "--every-path", "--json")
    proof = json.loads(capsys.readouterr().out)
    assert proof["proven"]
    assert (proof["minutes"]["least"], proof["minutes"]["greatest"]) == (30, 37)
    assert [each["injects"] for each in proof["endings"]] == [[], ["thanks"]]
    for number in ("least", "greatest"):
        choices = [word for choice in proof["minutes"][f"witness_{number}"] for word in ("--choose", choice)]
        call(drill, "--json", *choices)
        assert json.loads(capsys.readouterr().out)["minutes"]["median"] == proof["minutes"][number]


def test_the_log_is_whole_the_same_each_time_and_never_overwritten(drill: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert call(drill, "--seed", "7", "--log", one) == 0
    assert call(drill, "--seed", "7", "--log", two) == 0
    assert one.read_bytes() == two.read_bytes()
    reading = read_log(one)
    assert reading.damage is reading.torn is None
    assert reading.events[-1].type == "session_closed"
    with pytest.raises(NameTaken, match="one-2"):
        call(drill, "--log", one)
    assert one.read_bytes() == two.read_bytes()


def test_a_choice_that_is_never_asked_for_is_said(drill: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drill.write_text(DRILL.replace("at: 3\n", "at: 3\n        when: {track: {trust: 9}}\n"))
    assert call(drill, "--choose", "reply=wait", "--json") == 0
    printed = capsys.readouterr()
    assert "--choose reply=wait was never asked for" in printed.err
    assert json.loads(printed.out)["injects"] == {"gate": 0, "thanks": 0}


@pytest.mark.parametrize(
    "words",
    [
        ["--choose", "reply=walk"],
        ["--choose", "repli=wait"],
        ["--choose", "reply/noth=wait"],
        ["--runs", "0"],
        ["--runs", "-3"],
        ["--runs", "2", "--log", "x.jsonl"],
        ["--every-path", "--runs", "2"],
        ["--every-path", "--choose", "reply=wait"],
        ["--every-path", "--budget", "0"],
        ["--budget", "10"],
    ],
)
def test_wrong_arguments_are_refused(drill: Path, words: list[str]) -> None:
    with pytest.raises(UsageError):
        call(drill, *words)


def test_a_choice_refused_leaves_no_log(drill: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        call(drill, "--choose", "reply=walk", "--log", tmp_path / "log.jsonl")
    assert not (tmp_path / "log.jsonl").exists()
