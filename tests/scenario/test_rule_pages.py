"""The page of each rule: its wrong example shows it, its right one does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tabletop.cli import main
from tabletop.scenario.checks import doubts
from tabletop.scenario.checks.sharing import unused_injects
from tabletop.scenario.diagnostics import RULES
from tabletop.scenario.loading import load

PAGES = Path(__file__).parents[2] / "docs" / "rules"
BLOCK = re.compile(r"```yaml\n# (\S+)\n(.*?)```", re.DOTALL)


def told(folder: Path, examples: str) -> set[str]:
    """The rules told of the files that stand in the blocks of a page's part."""
    for name, text in BLOCK.findall(examples):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    loaded = [load(path) for path in sorted(folder.rglob("*.yaml"))]
    found = [fault for one in loaded for fault in (*one.faults, *doubts(one))]
    return {fault.rule for fault in (*found, *unused_injects(loaded))}


@pytest.mark.parametrize("rule", RULES)
def test_the_wrong_example_of_a_page_shows_its_rule_and_the_right_one_does_not(rule: str, tmp_path: Path) -> None:
    _, wrong, right = re.split(r"^## (?:Wrong|Right)$", (PAGES / f"{rule}.md").read_text(), flags=re.MULTILINE)
    assert BLOCK.findall(wrong)
    assert BLOCK.findall(right)
    assert rule in told(tmp_path / "wrong", wrong)
    in_right = told(tmp_path / "right", right)
    assert rule not in in_right
    assert not {each for each in in_right if RULES[each].severity == "error"}


@pytest.mark.parametrize("rule", RULES)
def test_a_page_begins_with_the_code_and_the_index_says_the_same(rule: str) -> None:
    heading, _, what, *_ = (PAGES / f"{rule}.md").read_text().splitlines()
    about = RULES[rule]
    assert heading == f"# {about.code} `{rule}` ({about.severity})"
    assert f"| [{about.code}]({rule}.md) | `{rule}` | {about.severity} | {what}" in (PAGES / "README.md").read_text()


def test_there_is_no_page_of_a_rule_that_is_none() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == set(RULES)


@pytest.mark.parametrize("name", ["TT203", "tt203", "unread-track"])
def test_a_rule_is_explained_by_its_code_or_its_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", name]) == 0
    assert capsys.readouterr().out == (PAGES / "unread-track.md").read_text()


def test_an_unknown_rule_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "unread-trak"]) == 2
    assert "There is no rule 'unread-trak'. Did you mean `unread-track`?" in capsys.readouterr().err
