"""Nobody reads in a paper what is not theirs: a word of its own stands in every field, and is looked for everywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tabletop.documents.papers.evaluation import evaluation_guide
from tabletop.documents.papers.facilitator import facilitator_guide
from tabletop.documents.papers.feedback import feedback_form
from tabletop.documents.papers.handouts import handouts
from tabletop.documents.papers.manual import manual
from tabletop.documents.papers.pdf import as_data, as_pdf
from tabletop.documents.papers.pieces import Paper, Sheet
from tabletop.documents.papers.word import as_docx
from tabletop.scenario.model import Cell, Decision, Exercise, Inject, Model, Move, Objective, Option, exercise_from_json

# Who may read a word stands in it: zALL... every player before play, zNORTH... and zSOUTH... a cell before play,
# zAFTERNORTH... a cell once it was given out, zCONTROL... control alone.
OPTION = {"id": "yes", "text": "zAFTERNORTHoption", "effects": {"trust": 1}, "weight": 7, "reveal_to": ["north"],
          "consequence": "zCONTROLconsequence", "notes": "zCONTROLoptionnotes"}  # fmt: skip
DECISION = {"id": "reply", "cells": ["north"], "together": True, "question": "zAFTERNORTHquestion", "minutes": 10,
            "open": True, "otherwise": "yes", "words": 60, "start": "zCONTROLstart",
            "options": [OPTION, {"id": "no", "text": "zAFTERNORTHother"}]}  # fmt: skip
LETTER = {"id": "letter", "title": "zAFTERNORTHletter", "kind": "contingency", "use_if": "zCONTROLuseif", "at": 5,
          "delay": 3, "minutes": 4, "scenario_time": "D+1", "from": "zAFTERNORTHfrom", "to": ["north"],
          "via": "zAFTERNORTHvia", "text": "zAFTERNORTHtext", "private": {"north": "zAFTERNORTHprivate"},
          "notes": "zCONTROLnotes", "expects": ["zCONTROLexpects"], "questions": ["zAFTERNORTHquestions"],
          "objectives": ["aim"], "sources": ["paper"], "effects": {"trust": -1}, "refers_to": ["zCONTROLrefers"],
          "when": {"track": {"trust": ">= 2"}}, "decisions": [DECISION], "drawn_from": "zCONTROLdrawn"}  # fmt: skip
NEWS = {"id": "news", "title": "zAFTERnews", "text": "zAFTERnewstext", "objectives": ["aim"],
        "private": {"north": "zAFTERNORTHnews", "south": "zAFTERSOUTHnews"}}  # fmt: skip
CUE = {"id": "cue", "title": "zCONTROLcue", "to": ["control"], "text": "zCONTROLcuetext"}
MOVE = {"id": "dawn", "title": "zALLdawn", "minutes": 30, "scenario_time": "D-3", "agenda": [],
        "briefing": "zAFTERbriefing", "private": {"north": "zAFTERNORTHmove", "south": "zAFTERSOUTHmove"},
        "notes": "zCONTROLmovenotes", "refers_to": ["zCONTROLmoverefers"], "questions": ["zCONTROLmovequestion"],
        "injects": [LETTER, NEWS, CUE]}  # fmt: skip
BRANCH = {"id": "storm", "title": "zCONTROLstorm", "minutes": 20, "when": {"track": {"trust": "<= 1"}}}
NORTH = {"id": "north", "name": "zALLnorth", "roles": ["zNORTHrole"], "brief": "zNORTHbrief", "aims": ["zNORTHaim"]}
SOUTH = {"id": "south", "name": "zALLsouth", "roles": ["zSOUTHrole"], "brief": "zSOUTHbrief", "aims": ["zSOUTHaim"]}
TRACK = {"id": "trust", "name": "zCONTROLtrust", "start": 5, "marks": {0: "zCONTROLmark"}}
SHOWN = {"id": "fuel", "name": "zNORTHfuel", "start": 5, "marks": {5: "zNORTHmark"}, "shown_to": ["north"]}
AIM = {"id": "aim", "text": "zCONTROLobjective", "capability": "zCONTROLcapability", "tasks": ["zCONTROLtask"]}
SOURCE = {"id": "paper", "title": "zCONTROLsource", "publisher": "zCONTROLpublisher", "url": "https://zCONTROLurl.org"}
EXERCISE: dict[str, Any] = {
    "format": 1, "id": "drill", "title": "zALLtitle", "summary": "zCONTROLsummary", "marking": "zALLmarking",
    "authors": ["zCONTROLauthor"], "topics": ["zNOBODYtopic"],
    "trains": ["zCONTROLtrains"], "audience": ["zCONTROLaudience"], "read_before": ["zALLread"],
    "scenario_starts": "D-3 09:00", "zone": "zALLzone",
    "background": "zALLbackground", "ground_rules": ["zALLrule"], "sources": [SOURCE], "objectives": [AIM],
    "cells": [NORTH, SOUTH], "tracks": [TRACK, SHOWN], "moves": [MOVE, BRANCH], "hot_wash": ["zCONTROLhotwash"],
}  # fmt: skip
BOTH = "zALL|zAFTER(?!NORTH|SOUTH)"
MAY = {
    ("manual", None): "zALL",
    ("manual", "north"): "zALL|zNORTH",
    ("manual", "south"): "zALL|zSOUTH",
}


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return exercise_from_json(EXERCISE)


def words(value: object) -> set[str]:
    """The words that tell who may read them."""
    return set(re.findall(r"z[A-Z]{3,}[a-z]+", str(value)))


def in_docx(raw: bytes) -> set[str]:
    """Those in any part of a Word document, its properties too."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return {word for name in archive.namelist() for word in words(archive.read(name).decode("utf-8", "ignore"))}


def not_for(allowed: str, found: set[str]) -> set[str]:
    return {word for word in found if not re.match(allowed, word)}


@pytest.mark.parametrize(
    ("model", "given", "absent"),
    [
        (Option, OPTION, set()),
        (Decision, DECISION, {"ignore"}),
        (Inject, LETTER, {"ignore"}),
        (Move, MOVE, {"when", "ignore"}),
        (Cell, NORTH, set()),
        (Objective, AIM, set()),
        (Exercise, EXERCISE, {"d_day", "h_hour", "idle_after", "injects_from", "translations", "ignore"}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_the_exercise_of_these_tests_fills_every_field(
    model: type[Model], given: dict[str, Any], absent: set[str]
) -> None:
    assert {field.alias or name for name, field in model.model_fields.items()} - set(given) == absent


@pytest.mark.parametrize("cell", [None, "north", "south"])
def test_a_manual_says_what_its_readers_may_see_before_play_and_no_more(exercise: Exercise, cell: str | None) -> None:
    made = manual(exercise, cell, "en")
    for found in (words(as_data(made)), in_docx(as_docx(made))):
        assert not_for(MAY["manual", cell], found) == set()
        assert {word for word in words(EXERCISE) if re.match(MAY["manual", cell], word)} == found


def sheets(paper: Paper) -> list[Sheet]:
    return [block for block in paper.blocks if isinstance(block, Sheet)]


@pytest.mark.parametrize("cell", [None, "north", "south"])
def test_a_handout_holds_only_what_its_cell_is_given(exercise: Exercise, cell: str | None) -> None:
    made = sheets(handouts(exercise, cell, "en"))
    assert {sheet.head for sheet in made} == {"For zALLnorth", "For zALLsouth"} - (
        {"For zALLsouth"} if cell == "north" else {"For zALLnorth"} if cell == "south" else set()
    )
    for sheet in made:
        own = "NORTH" if "north" in sheet.head else "SOUTH"
        assert not_for(f"{BOTH}|zAFTER{own}", words(as_data(sheet))) == set()


def test_all_that_a_cell_is_given_stands_on_its_handouts(exercise: Exercise) -> None:
    found = words(as_data(handouts(exercise, "north", "en").blocks))
    assert found >= {word for word in words(EXERCISE) if word.startswith("zAFTERNORTH")} | {"zAFTERnewstext"}


def test_a_cells_handouts_with_their_index_say_nothing_of_another_cell(exercise: Exercise) -> None:
    found = words(as_data(handouts(exercise, "south", "en")))
    assert {word for word in found if "NORTH" in word} == set()


def test_what_a_handout_hangs_on_stands_in_the_index_and_not_on_it(exercise: Exercise) -> None:
    made = handouts(exercise, None, "en")
    assert {"zCONTROLuseif", "zCONTROLtrust"} <= words(as_data(made.cover))
    assert words(as_data(made.blocks)) & {"zCONTROLuseif", "zCONTROLtrust"} == set()
    assert "pocket" not in str(as_data(made.blocks))


def test_the_feedback_form_says_nothing_of_the_exercise_but_its_name(exercise: Exercise) -> None:
    assert in_docx(as_docx(feedback_form(exercise, "en"))) == {"zALLtitle", "zALLmarking"}


def test_the_facilitator_guide_holds_everything(exercise: Exercise) -> None:
    assert words(EXERCISE) - in_docx(as_docx(facilitator_guide(exercise, "en"))) == {"zNOBODYtopic", "zCONTROLdrawn"}


def test_the_evaluation_guide_holds_objectives_and_expectations_and_no_cells_secrets(exercise: Exercise) -> None:
    found = in_docx(as_docx(evaluation_guide(exercise, "en")))
    assert {"zCONTROLobjective", "zCONTROLcapability", "zCONTROLtask", "zCONTROLexpects", "zCONTROLuseif"} <= found
    assert {"zNORTHbrief", "zSOUTHbrief", "zNORTHaim", "zAFTERNORTHprivate", "zAFTERSOUTHnews"} & found == set()


if shutil.which("pdftotext"):

    def pages(raw: bytes, folder: Path) -> list[str]:
        """The pages of a PDF, as text."""
        path = folder / "made.pdf"
        path.write_bytes(raw)
        done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
        return done.stdout.decode().split("\f")[:-1]

    @pytest.mark.parametrize("cell", [None, "north", "south"])
    def test_a_manual_in_pdf_says_no_more_than_it_may(exercise: Exercise, cell: str | None, tmp_path: Path) -> None:
        made = as_pdf(manual(exercise, cell, "en"))
        found = words("".join(pages(made, tmp_path)))
        assert not_for(MAY["manual", cell], found | words(made.decode("latin-1"))) == set()
        assert "zALLbackground" in found

    def test_each_page_of_handouts_is_for_one_cell(exercise: Exercise, tmp_path: Path) -> None:
        made = pages(as_pdf(handouts(exercise, None, "en")), tmp_path)
        given = [page for page in made if "For zALL" in page]
        assert len(given) == len(sheets(handouts(exercise, None, "en"))) == len(made) - 1
        for page in given:
            own = "NORTH" if "For zALLnorth" in page else "SOUTH"
            assert not_for(f"{BOTH}|zAFTER{own}", words(page)) == set()

    def test_the_index_names_the_page_on_which_each_handout_stands(exercise: Exercise, tmp_path: Path) -> None:
        made = pages(as_pdf(handouts(exercise, "north", "en")), tmp_path)
        listed = re.findall(r"☐ (\d+)  ?zALLnorth", made[0])
        assert listed == [f"{number}" for number in range(2, len(made) + 1)]
