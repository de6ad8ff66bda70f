"""Reports in Korean and Japanese: every fixed text is said in them, and none is left in English."""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any

import pytest

import tabletop
from tabletop.cli.report import configure, run
from tabletop.documents.html.lines import log_lines
from tabletop.documents.html.page import as_html
from tabletop.documents.markdown import as_markdown
from tabletop.documents.papers.evaluation import evaluation_guide
from tabletop.documents.papers.facilitator import facilitator_guide
from tabletop.documents.papers.feedback import feedback_form
from tabletop.documents.papers.handouts import handouts
from tabletop.documents.papers.manual import manual
from tabletop.documents.papers.pdf import as_data
from tabletop.documents.report.as_json import report_json
from tabletop.documents.report.building import after_action_report
from tabletop.documents.report.language import in_language, run_in
from tabletop.documents.report.nameless import nameless
from tabletop.documents.words import first_sentence, quoted
from tabletop.journal.reading import Damage, Reading
from tabletop.review.reviewing import review
from tabletop.review.speech import LANGUAGES, catalogue, fixed, speaking
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.model import exercise_as_json, exercise_from_json
from tabletop.scenario.translating import translated

CODE = Path(tabletop.__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]
SAID = {"fixed", "woven", "key", "label"}


def said_in(path: Path) -> Iterator[str]:
    """The fixed texts of a file: what is given to `fixed` and its like as it stands."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".j2":
        yield from re.findall(r'fixed\("([^"]*)"', text)
    elif "tabletop.review.speech import" in text:
        nodes = list(ast.walk(ast.parse(text)))
        keys = (node for node in nodes if isinstance(node, ast.ImportFrom) and "tabletop.console" in str(node.module))
        elsewhere = {alias.name for node in keys for alias in node.names}  # the console has a `key` of its own
        for call in (node for node in nodes if isinstance(node, ast.Call) and node.args):
            first, names = call.args[0], SAID - elsewhere
            if isinstance(call.func, ast.Name) and call.func.id in names and isinstance(first, ast.Constant):
                yield str(first.value)


@pytest.fixture(scope="module")
def texts() -> set[str]:
    found = (path for ending in ("*.py", "*.j2") for path in CODE.rglob(ending))
    return {text for path in found for text in said_in(path)}


def names(text: str) -> set[str]:
    """The names in braces; those that only choose a word of English are not needed elsewhere."""
    return {name for _, name, form, _ in Formatter().parse(text) if name and not (form or "").startswith("~")}


@pytest.mark.parametrize("language", OTHERS)
def test_every_fixed_text_is_translated_and_no_other(texts: set[str], language: str) -> None:
    assert len(texts) > 500
    assert texts - set(catalogue(language)) == set()
    assert set(catalogue(language)) - texts == set()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_names_in_braces(language: str) -> None:
    assert {text: said for text, said in catalogue(language).items() if names(text) != names(said)} == {}


def test_numbers_choose_their_words_in_english_alone() -> None:
    told = "{forms:form|forms} {forms:~was|were} handed in."
    assert [fixed(told, forms=number) for number in (0, 1, 2)] == [
        "no forms were handed in.",
        "1 form was handed in.",
        "2 forms were handed in.",
    ]
    with speaking("ko"):
        assert fixed(told, forms=2) == "의견서 2건이 제출되었다."
    assert fixed("Note") == "Note"


# --- no English is left ------------------------------------------------------------------------------

AUTHORED = {
    "title", "summary", "marking", "authors", "background", "text", "capability", "tasks", "name", "marks", "hot_wash",
    "expects", "question", "consequence", "role", "rationale", "view", "reason", "analysis", "action", "owner", "due",
    "strengths", "who", "decided_by", "proposal", "for", "against", "about", "assumptions", "would_change", "via",
}  # fmt: skip
"""What people write, by its key."""

MORE: list[tuple[float, str, dict[str, Any]]] = [
    (1000, "deadline_set", {"at": "2026-11-24T12:00:00.000Z"}),
    (1000, "participant_moved", {"id": "bo", "cell": "north", "role": "Aide", "lead": False}),
    (1000, "participant_left", {"id": "bo"}),
    (1001, "inject_reworded", {"inject": "open", "title": "Open", "text": "It opens."}),
    (1002, "inject_held", {"inject": "spare", "reason": "too much"}),
    (1003, "inject_released", {"inject": "open", "cells": ["north"]}),
    (1004, "inject_revealed", {"inject": "open", "cells": ["south"]}),
    (1005, "inject_released", {"inject": "rumour", "cells": ["north"]}),
    (1006, "decision_asked", {"decision": "why", "cells": ["north", "south"], "minutes": 4, "question": "Why?"}),
    (1006, "consequence_read", {"decision": "reply", "option": "call", "cells": ["north", "control"]}),
    (1006, "decision_asked", {"decision": "how", "cells": ["control"], "question": "How?"}),
    (1007, "time_granted", {"decision": "why", "minutes": 2}),
    (1008, "decision_recorded", {"decision": "why", "cells": ["north", "south"], "text": "Because. " * 40,
                                 "assumptions": ["It holds"], "would_change": "A war", "early": True}),
    (1009, "act_recorded", {"cell": "north", "text": "Calls", "towards": ["south"]}),
    (1010, "message_sent", {"from": "north", "to": ["south"], "text": "Hello", "via": "telephone"}),
    (1011, "argument_made", {"id": "g1", "cell": "south", "proposal": "Go", "for": ["Quick"], "against": ["Dear"]}),
    (1012, "ruling_made", {"text": "It rains", "about": "the weather"}),
    (1013, "ruling_made", {"text": "Be it", "method": "vote", "vote": {"for": 3, "against": 1}}),
    (1014, "ruling_made", {"text": "Holds", "method": "roll", "roll": {"odds": 60, "seed": 4, "result": 61}}),
    (1015, "track_set", {"tracks": {"trust": [6, 10]}, "reason": "the vote"}),
    (1016, "fact_recorded", {"kind": "fact", "cell": "south", "text": "It is shut"}),
    (1017, "clock_set", {"from": 1017, "to": 1020, "reason": "forgotten"}),
    (1021, "request_raised", {"id": "r2", "cell": "north", "text": "How many?"}),
    (1022, "expectation_marked", {"inject": "closed", "number": 1, "met": "no"}),
]  # fmt: skip
"""What the session written by hand has none of."""


def in_hangul(value: Any, authored: bool = False) -> Any:
    """The value with all that people write in Korean letters."""
    if isinstance(value, dict):
        return {key: in_hangul(each, authored or key in AUTHORED) for key, each in value.items()}
    if isinstance(value, list):
        return [in_hangul(each, authored) for each in value]
    return re.sub("[A-Za-z]", "가", value) if authored and isinstance(value, str) else value


def in_korean(sample: ModuleType, damage: Damage | None = None) -> Reading:
    lines = [*sample.PLAYED[:28], *MORE, *sample.PLAYED[28:], (1801, "action_closed", {"id": "a1", "text": "Done"})]
    lines.append((1802, "action_closed", {"log": "old", "id": "a7", "text": "Done"}))
    lines.append((1803, "session_reopened", {"reason": "more to say"}))
    read: Reading = sample.reading([(clock, kind, in_hangul(data)) for clock, kind, data in lines], damage)
    return read


def told(read: Reading, language: str) -> dict[str, str]:
    """The report in every format that is text, without the lines of the log, which are data."""
    with speaking(language):
        reviewed = review(read.events, read.head)
        paper = after_action_report(reviewed, read)
        page = as_html(paper, log_lines(read.events)).partition("<body>")[2]
        page = re.sub(r"<style.*?</style>|<pre>.*?</pre>|<summary>#\d+ .*?</summary>", "", page, flags=re.DOTALL)
        data = json.loads(report_json(reviewed, read))
        return {"md": as_markdown(paper), "html": re.sub(r"<[^>]*>", " ", page), "json": "\n".join(sentences(data))}


def sentences(value: Any, key: str = "") -> Iterator[str]:
    """The sentences that the report makes in JSON, by their keys."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from sentences(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from sentences(each, key)
    elif isinstance(value, str) and (key in {"text", "condition", "became", "planned", "notices", *"PSMU"}):
        yield value


NOT_WORDS = {
    "UTC", "SHA", "HSEEP", "FEMA", "PDF", "HTML", "P", "S", "M", "U", "A", "B", "C", "D", "E", "F", "G",
    "tabletop", "log", "old", "gate", "ann", "bo", "fay", "a", "r",
}  # fmt: skip
"""What stands in Latin letters in every language: abbreviations, letters, ids."""


@pytest.mark.parametrize("language", OTHERS)
def test_a_report_holds_no_english_fixed_text(sample: ModuleType, texts: set[str], language: str) -> None:
    english = {piece.strip() for text in texts for piece, *_ in Formatter().parse(text)}
    for form, report in told(in_korean(sample), language).items():
        words = {each for each in english if re.search("[A-Za-z]{3}", each) and each not in NOT_WORDS}
        found = {each for each in words if re.search(rf"(?<![A-Za-z]){re.escape(each)}(?![A-Za-z])", report)}
        assert found == set(), form


@pytest.mark.parametrize("language", OTHERS)
def test_a_report_holds_no_word_of_english_at_all(sample: ModuleType, language: str) -> None:
    for form, report in told(in_korean(sample), language).items():
        plain = re.sub(r"\b[0-9a-f]{64}\b", "", report)
        found = set(re.findall(r"[A-Za-z]+", plain)) - NOT_WORDS
        assert found == set(), form


def test_what_is_missing_is_told_on_the_first_page_in_its_language(sample: ModuleType) -> None:
    damage = Damage(40, "it is no JSON.")
    first = told(in_korean(sample, damage), "ko")["md"].partition("\n## ")[0]
    assert "> **유의 사항:** 기록이 40번째 줄에서 손상되었다(확인 결과: it is no JSON.)." in first
    assert "> **유의 사항:** 회차가 종료 처리되지 않았다." in first
    assert "2026년 11월 24일" in first


def test_japanese_has_its_own_marks(sample: ModuleType) -> None:
    report = told(in_korean(sample), "ja")["md"]
    assert "## 1. 要約" in report
    assert "2026年11月24日" in report
    assert "「" in report
    assert "“" not in report
    assert "。。" not in report
    assert ".。" not in report


def test_japanese_quotations_within_quotations_have_their_own_marks() -> None:
    with speaking("ja"):
        assert quoted("「無し」と言う") == "「『無し』と言う」"
        assert quoted("「無し」") == "「無し」"
        assert quoted(quoted("無し")) == "「無し」"
        assert quoted("「一」と「二」") == "「『一』と『二』」"
    assert quoted("「一」と「二」") == "“「一」と「二」”"
    assert first_sentence("「無し。」と言う。次。") == "「無し。」と言う。"


# --- papers before an exercise ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_papers_before_an_exercise_hold_no_english_fixed_text(texts: set[str], language: str) -> None:
    exercise = load_exercise(find_exercise("gsomia-ninety-days"))
    value = in_hangul(exercise_as_json(translated(exercise, language)))
    plain = exercise_from_json(value | {"translations": {}})
    with speaking(language):
        made = [
            facilitator_guide(plain, language),
            evaluation_guide(plain, language),
            feedback_form(plain, language),
            *(paper(plain, cell, language) for paper in (manual, handouts) for cell in (None, "rok")),
        ]
    english = {piece.strip() for text in texts for piece, *_ in Formatter().parse(text)}
    words = {each for each in english if re.search("[A-Za-z]{3}", each) and each not in NOT_WORDS}
    for paper in made:
        said = json.dumps(as_data(paper), ensure_ascii=False)
        found = {each for each in words if re.search(rf"(?<![A-Za-z-]){re.escape(each)}(?![A-Za-z-])", said)}
        assert {each for each in found if each[:1].isupper()} == set(), paper.kind


# --- the exercise's own texts ------------------------------------------------------------------------

KOREAN = {"title": "관문", "cells.north.name": "북측", "moves.dawn.title": "새벽", "decisions.reply.question": "답은?"}


def translated_log(sample: ModuleType, changes: dict[str, str] | None = None) -> Reading:
    """The session with a Korean translation in its first line, and these texts of the exercise itself."""
    opened, *others = deepcopy(sample.PLAYED)
    opened[2]["exercise"] |= {"translations": {"ko": KOREAN}, **(changes or {})}
    read: Reading = sample.reading([opened, *others])
    return read


def test_the_exercise_s_texts_are_taken_from_the_translation_in_the_log(sample: ModuleType) -> None:
    report = told(in_language(translated_log(sample), "ko"), "ko")["md"]
    assert "# 관문: 사후강평 보고서 및 개선계획" in report
    assert "| 1 | 답은? | 북측 |" in report
    assert "The gate:" not in report
    assert "| The queue grows | 새벽 |" in report, "what is not translated stays"


def test_a_translated_report_is_made_without_names_too(sample: ModuleType) -> None:
    read = translated_log(sample)
    with speaking("ko"):
        shown = nameless(in_language(read, "ko"))
    assert "# 관문: 사후강평 보고서 및 개선계획" in told(shown, "ko")["md"]
    assert shown.events[0].data["exercise_sha256"] == read.events[0].data["exercise_sha256"]


def test_a_session_says_by_its_texts_in_which_language_it_was_run(sample: ModuleType) -> None:
    log = translated_log(sample)
    assert run_in(log) == "en"
    assert run_in(in_language(log, "ko")) == "ko"
    assert run_in(in_language(log, "ja")) == "en"


def test_the_report_is_in_the_session_s_language_unless_another_is_asked_for(
    sample: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gate-1.jsonl"
    opened, *others = deepcopy(sample.PLAYED)
    opened[2]["exercise"] = in_language(translated_log(sample), "ko").events[0].data["exercise"]
    opened[2].pop("exercise_sha256")
    opened[2]["exercise_sha256"] = sample.canonical_sha256(opened[2]["exercise"])
    path.write_bytes(sample.journal([opened, *others]).lines())
    parser = argparse.ArgumentParser()
    configure(parser)
    assert run(parser.parse_args([str(path)])) == 0
    assert "# 관문: 사후강평 보고서 및 개선계획" in capsys.readouterr().out
    assert run(parser.parse_args([str(path), "--language", "en", "--anonymous"])) == 0
    english = capsys.readouterr().out
    assert "# 관문: after-action report and improvement plan" in english
    assert run(parser.parse_args([str(path), "--language", "ja", "--anonymous"])) == 0
    assert "| 進行役1 |" in capsys.readouterr().out.replace("進行役 1", "進行役1")
