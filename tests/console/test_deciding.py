"""The decision form: which question, which option; what was typed stays with its own question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from tabletop.console.app import Console
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tests.console.conftest import SIZES, recorded, said, shows
from tests.console.test_play import press, start, type_text

Make = Callable[..., Console]


def answered(logs: Path) -> list[dict[str, Any]]:
    return [event["data"] for event in recorded(logs / "first.jsonl") if event["type"] == "decision_recorded"]


def changed(harbour: Exercise, **decision: Any) -> Exercise:
    """The exercise with other keys in its first decision."""
    made = exercise_as_json(harbour)
    made["moves"][0]["injects"][0]["decisions"][0] |= decision
    return exercise_from_json(made)


def text_alone(harbour: Exercise, **more: Any) -> Exercise:
    """The exercise with a first decision that offers no options."""
    made = exercise_as_json(changed(harbour, **more))
    decision = made["moves"][0]["injects"][0]["decisions"][0]
    del decision["options"], decision["otherwise"]
    made["moves"][0]["injects"] = [each for each in made["moves"][0]["injects"] if each["id"] != "protest"]
    return exercise_from_json(made)


async def test_a_digit_in_another_choice_leaves_the_option_alone(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "1")
        app.screen.query_one("#confidence").focus()
        await press(pilot, "2")
        assert "(o) 1 Send an escort" in said(app)
        assert "( ) 2 Wait" in said(app)


async def test_a_digit_beyond_the_options_says_so(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "7")
        assert "There is no option 7. They go from 1 to 2." in said(app)
        await press(pilot, "2")
        assert "There is no option" not in said(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_without_options_is_typed_at_once(
    harbour: Exercise, console: Make, logs: Path, size: tuple[int, int]
) -> None:
    app = console(exercise=text_alone(harbour, words=50))
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d")
        assert "The answer, in words, about 50 words" in said(app)
        assert "option" not in said(app)
        assert "digit" not in said(app)
        await type_text(pilot, "Wait")
        await press(pilot, "f10")
    assert answered(logs)[0]["text"] == "Wait"


async def test_a_text_to_begin_from_is_gone_on_with_or_cleared_with_one_key(
    harbour: Exercise, console: Make, logs: Path
) -> None:
    app = console(exercise=text_alone(harbour, start="The ministers met."))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d")
        await type_text(pilot, "They agreed.")
        assert app.screen.query_one("#own", TextArea).text == "The ministers met.\nThey agreed."
        await press(pilot, "f8")
        await type_text(pilot, "Nobody met.")
        await press(pilot, "f10")
    assert answered(logs)[0]["text"] == "Nobody met."


async def test_a_text_to_begin_from_flows_and_keeps_its_paragraphs(harbour: Exercise, console: Make) -> None:
    app = console(exercise=text_alone(harbour, start="The ministers\nmet.\n\nThey\nagreed.\n"))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d")
        assert app.screen.query_one("#own", TextArea).text == "The ministers met.\n\nThey agreed.\n"


async def test_what_was_typed_stays_with_its_question(console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "7", "1")
        for id, text in (("rationale", "quick"), ("dissents", "Lee: too quick")):
            app.screen.query_one(f"#{id}", TextArea).text = text
        app.screen.query_one("#happened", Input).value = "-3"
        await press(pilot, "f3")
        assert "quick" not in said(app)
        assert app.screen.query_one("#happened", Input).value == ""
        assert "(o)" not in said(app).replace("(o) not said", "")
        await press(pilot, "2", "f2")
        assert "(o) 1 Send an escort" in said(app)
        assert "Lee: too quick" in said(app)
        await press(pilot, "f3", "f10")
        told = [each.message for each in app._notifications]
        assert told == ["Not recorded yet, and kept in its form: 東京: How do you answer the harbour master?"]
        await press(pilot, "d")
        assert "never recorded" in said(app)
        assert "Lee: too quick" in said(app)
        await press(pilot, "f10")
    first, second = answered(logs)
    assert ("rationale" in first, first["option"]) == (False, "wait")
    assert (second["rationale"], second["option"]) == ("quick", "escort")


async def test_leaving_warns_of_what_was_typed_at_another_question(console: Make) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "tab")
        await type_text(pilot, "half")
        await press(pilot, "f3", "escape")
        assert "is not recorded" in said(app)
        await press(pilot, "escape", "d")
        assert "half" not in said(app)


async def test_an_option_names_what_it_opens_through_the_tracks_it_moves(harbour: Exercise, console: Make) -> None:
    made = exercise_as_json(harbour)
    injects = made["moves"][0]["injects"]
    injects.append({"id": "cold", "title": "Cold shoulder", "when": {"track": {"trust": "<= 4"}}})
    injects.append({"id": "quiet", "title": "All quiet", "when": {"not": {"chose": {"answer": ["escort"]}}}})
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d")
        assert "Trust -2; brings A protest note, Cold shoulder; closes All quiet" in said(app)


async def test_an_open_forms_countdown_runs(console: Make) -> None:
    app = console()
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d")
        before = said(app).partition(" left")[0][-4:]
        for _ in range(60):
            if said(app).partition(" left")[0][-4:] != before:
                return
            await pilot.pause(0.1)
        raise AssertionError("the countdown stands still")


async def test_questions_of_branches_not_taken_are_not_offered(harbour: Exercise, console: Make) -> None:
    made = exercise_as_json(harbour)
    asks = {"id": "reply", "question": "How do you reply?", "cells": ["jpn"], "minutes": 5}
    made["moves"][0]["injects"][2]["decisions"] = [asks]
    made["moves"][1]["injects"][0]["decisions"] = [{"id": "sail", "question": "Who sails first?", "cells": ["rok"]}]
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "A", "d", "f4")
        assert "How do you reply? (planned for 0:10, if its branch is taken)" in said(app)
        await press(pilot, "escape", "escape", "d", "2", "f10", "d", "2", "f10", "end", "d")
        assert "Seoul: the answer planned for 0:00 of The evening" in said(app)
        await press(pilot, "f4")
        assert "How do you reply?" not in said(app)


async def test_where_nothing_is_owed_the_cursors_question_comes_first(harbour: Exercise, console: Make) -> None:
    made = exercise_as_json(harbour)
    asks = [{"id": "reply", "question": "How do you reply?", "cells": ["jpn"], "minutes": 5}]
    made["moves"][0]["injects"][3]["decisions"] = asks
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "end", "d")
        assert "東京: the answer in the pocket" in said(app)
        await press(pilot, "escape", "home", "d")
        assert "How do you answer the harbour master?" in said(app)


async def test_a_second_equal_answer_is_read_to_its_own_cell(harbour: Exercise, console: Make, logs: Path) -> None:
    app = console()
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d", "1", "f10", "space", "d", "1", "f10")
        await shows(app, "To Seoul: what comes of")
        await press(pilot, "space")
        await shows(app, "read to Seoul")
    read = [event["data"]["cells"] for event in recorded(logs / "first.jsonl") if event["type"] == "consequence_read"]
    assert read == [["jpn"], ["rok"]]


async def test_what_the_authors_note_of_an_option_stands_below_it(harbour: Exercise, console: Make) -> None:
    made = exercise_as_json(harbour)
    made["moves"][0]["injects"][0]["decisions"][0]["options"][0]["notes"] = "Fits where nobody has called."
    app = console(exercise=exercise_from_json(made))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space")
        assert "1 Send an escort Fits where nobody has called." in said(app)
        await press(pilot, "d")
        assert "( ) 1 Send an escort Fits where nobody has called. Trust -2" in said(app)


@pytest.mark.parametrize(("words", "lines"), [(40, 5), (220, 14)])
async def test_a_long_answer_gets_a_taller_field(harbour: Exercise, console: Make, words: int, lines: int) -> None:
    app = console(exercise=text_alone(harbour, words=words))
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await start(pilot)
        await press(pilot, "space", "d")
        app.screen.query_one("#own", TextArea).load_text("\n".join(str(at) for at in range(20)))
        await pilot.pause()
        assert app.screen.query_one("#own").size.height == lines
