"""The report without names: roles in every format, and nothing of it is anybody's."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.cli.report import configure, run
from tabletop.documents.report.nameless import nameless
from tabletop.journal.chain import canonical_sha256
from tabletop.session.text import clean

PEOPLE = [
    ("kim-ara", "Kim Ara", "north"),
    ("lee", "이준호", "north"),
    ("sato-yui", "Sato Yui", "south"),
    ("mo", "O'Brien, Maureen", "south"),
    ("jo-park", "Jo Park", None),
]
LINES = [
    (
        5,
        "decision_recorded",
        {
            "decision": "reply",
            "cells": ["north"],
            "option": "call",
            "decided_by": "kim-ara",
            "rationale": "Kim Ara knows Sato-san",
            "dissents": [{"who": "이준호", "view": "Ara is wrong"}, {"who": "Colonel Han", "view": "Too soon"}],
        },
    ),
    (6, "discussion_noted", {"text": "이준호가 말했다: MAUREEN called", "cell": "south"}),
    (7, "request_raised", {"id": "sato-yui-asks", "cell": "south", "text": "Who called Yui?"}),
    (8, "request_answered", {"id": "sato-yui-asks", "text": "Jo Park did"}),
    (9, "inject_written", {"inject": {"id": "spot", "title": "Kim Ara speaks", "text": "**Kim Ara** speaks."}}),
    (10, "inject_released", {"inject": "spot", "cells": ["south"]}),
    (11, "hot_wash_noted", {"text": "Well led, Kim.", "cell": "south"}),
    (12, "weather_changed", {"by": "Sato Yui"}),
    (13, "session_closed", {}),
    (14, "action_agreed", {"id": "a1", "action": "Ask Maureen", "owner": "Sato Yui"}),
    (15, "feedback_given", {"participant": "kim-ara", "strengths": ["Ara"], "What Jo Park did well": "much"}),
]
GONE = ["Kim", "Ara", "이준호", "준호", "Sato", "Yui", "Brien", "Maureen", "Jo Park", "Han"]


@pytest.fixture
def lines(sample: ModuleType) -> list[object]:
    opened = {**sample.OPENED[2], "name": "gate with Kim Ara"}
    opened["exercise"] = {**opened["exercise"], "authors": ["Jo Park", "A. Author"], "background": "Sato Yui waits."}
    opened["exercise_sha256"] = canonical_sha256(opened["exercise"])
    joined = [
        (1, "participant_joined", {"id": id, "name": name, "cell": cell, "kind": "player" if cell else "facilitator"})
        for id, name, cell in PEOPLE
    ]
    started = [(2, "exercise_started", {}), (2, "move_started", {"move": "dawn"})]
    released = (3, "inject_released", {"inject": "closed", "cells": ["north", "south"]})
    return [(0, "session_opened", opened), *joined, *started, released, *LINES]


@pytest.fixture
def log(lines: list[object], sample: ModuleType, tmp_path: Path) -> Path:
    path = tmp_path / "kim-ara-1.jsonl"
    path.write_bytes(sample.journal(lines).lines())
    return path


def told(log: Path, *words: str, capsys: pytest.CaptureFixture[str]) -> str:
    parser = argparse.ArgumentParser()
    configure(parser)
    assert run(parser.parse_args([str(log), *words])) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("form", ["md", "json", "html"])
def test_no_name_of_anybody_is_in_the_report(form: str, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(log, "--format", form, "--anonymous", capsys=capsys)
    shown = re.sub(r"\\(?=[-*_])", "", text)
    found = [
        name
        for name in (*GONE, *(id for id, _, _ in PEOPLE if len(id) > 3))
        if re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_가-힣])", shown, re.IGNORECASE)
    ]
    assert found == []
    assert "North 1" in text
    assert "South 2" in text


@pytest.mark.parametrize("form", ["md", "json", "html"])
def test_with_names_they_are_all_there(form: str, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(log, "--format", form, capsys=capsys)
    assert all(clean(name).split()[-1] in text for _, name, _ in PEOPLE)


def test_the_head_is_still_that_of_the_log(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = json.loads(told(log, "--format", "json", capsys=capsys))
    without = json.loads(told(log, "--format", "json", "--anonymous", capsys=capsys))
    assert without["record"]["head"] == named["record"]["head"]
    assert without["record"]["events"] == named["record"]["events"]


def test_the_first_page_says_that_names_are_left_out(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = told(log, "--anonymous", capsys=capsys).partition("\n## ")[0]
    assert "> **Note:** Roles stand in place of the names of those who took part." in page


def test_whoever_decided_or_dissented_without_having_joined_is_a_participant(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(log, "--anonymous", capsys=capsys)
    assert "- **Decided by:** North 1." in text
    assert "a participant: Too soon." in text


def test_requests_and_answers_still_belong_together(lines: list[object], sample: ModuleType) -> None:
    events = nameless(sample.reading(lines)).events
    raised = [event.data["id"] for event in events if event.type.startswith("request_")]
    assert len(set(raised)) == 1
    assert "sato" not in raised[0]


def test_an_exercise_s_words_that_are_parts_of_names_stay(sample: ModuleType) -> None:
    lines = [
        sample.OPENED,
        (1, "participant_joined", {"id": "gate-keeper", "name": "Dawn Lorries", "cell": "north"}),
        (2, "session_closed", {}),
    ]
    opened = nameless(sample.reading(lines)).events[0]
    assert opened.data["exercise"]["background"] == sample.EXERCISE["background"]
