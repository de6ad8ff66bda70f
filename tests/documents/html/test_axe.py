"""Every page that is written passes axe-core, which looks at it in Chromium as assistive technology does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tabletop.documents.comparison.html import comparison_html
from tabletop.documents.exercise.html import html_page
from tabletop.documents.html.lines import log_lines
from tabletop.documents.html.page import as_html
from tabletop.documents.report.building import after_action_report
from tabletop.documents.report.language import in_language
from tabletop.journal.reading import parse
from tabletop.review.comparing import compare
from tabletop.review.logs import Log
from tabletop.review.reviewing import review
from tabletop.review.speech import speaking
from tabletop.scenario.library import find_exercise
from tabletop.scenario.loading import load_exercise
from tabletop.session.choosing import Choices
from tabletop.session.rehearsal import rehearsal_log

CARRIERS = ("axe_core_python", "axe_playwright_python")  # each holds the script, and needs no more for this
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
LOOKING = """
addEventListener("load", () => axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = JSON.stringify(found.violations.map(each => [each.id, each.nodes[0].html]));
  document.body.appendChild(told);
}))
"""


@pytest.fixture(scope="module")
def violations(opened: Callable[[str], str]) -> Callable[[str], list[Any]]:
    """What axe-core finds in a page: the rule, and the first element that breaks it."""
    places = [spec.submodule_search_locations for name in CARRIERS if (spec := find_spec(name))]
    scripts = [path for place in places if place for path in Path(place[0]).rglob("axe.min.js")]
    if not scripts:
        pytest.skip("axe-core is not installed here")
    script = scripts[0].read_text(encoding="utf-8")

    def found(page: str) -> list[Any]:
        before, end, after = POLICY.sub("", page).rpartition("</body>")
        dumped = opened(f"{before}<script>{script}</script><script>{LOOKING}</script>{end}{after}")
        told = re.search(r'<pre id="told">(.*?)</pre>', dumped, re.DOTALL)
        assert told is not None
        violations: list[Any] = json.loads(unescape(told[1]))
        return violations

    return found


def log(exercise: str, seed: int) -> Log:
    """A rehearsal of a shipped exercise."""
    raw = rehearsal_log(load_exercise(find_exercise(exercise)), seed, Choices())
    return Log(f"S{seed}", parse(raw, Path(f"{seed}.jsonl")))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_report_has_no_violation(language: str, sample: ModuleType, violations: Callable[[str], list[Any]]) -> None:
    read = in_language(sample.reading(sample.PLAYED), language)
    with speaking(language):
        page = as_html(after_action_report(review(read.events, read.head), read), log_lines(read.events))
    assert violations(page) == []


def test_a_comparison_has_no_violation(violations: Callable[[str], list[Any]]) -> None:
    logs = [log("first-ten-minutes", seed) for seed in (1, 2, 3)]
    assert violations(comparison_html(compare(logs, against=logs[0]))) == []


@pytest.mark.parametrize("id", ["first-ten-minutes", "opcon-conditions"])
def test_an_exercise_has_no_violation(id: str, violations: Callable[[str], list[Any]]) -> None:
    assert violations(html_page(load_exercise(find_exercise(id)))) == []


def test_a_violation_would_have_been_seen(violations: Callable[[str], list[Any]]) -> None:
    page = '<!doctype html><html lang="en"><head><title>A page</title></head><body><img src="x"></body></html>'
    assert "image-alt" in [rule for rule, _ in violations(page)]
