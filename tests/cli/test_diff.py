"""`tabletop diff`: what changed, in the exercise's own terms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.cli import main


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    """An exercise, and the same with some changes."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "old/harbour"]) == 0
    capsys.readouterr()
    old, new = Path("old/harbour.yaml"), Path("new/harbour.yaml")
    new.parent.mkdir()
    text = old.read_text()
    for piece, other in (
        ("at: 5m ", "at: 25m "),
        ("the gate is blocked", "both gates are blocked"),
        ("effects: {trust: -2}", "effects: {trust: -3}"),
        ('{trust: ">= 6"}', '{trust: ">= 7"}'),
        ("- What would you regret not", "- Who else?\n      - What would you regret not"),
        ("kind: contingency      #", "at: 9 #"),
        ("        use_if: The room is calm too long.\n", ""),
    ):
        assert piece in text
        text = text.replace(piece, other)
    new.write_text(text)
    return old, new


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["diff", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_changes_are_said_in_words(versions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, *map(str, versions))
    assert out.startswith("old/harbour.yaml -> new/harbour.yaml: 8 changes\n")
    for line in (
        "  ~ morning\n      questions:\n        + Who else?\n",
        "  ~ walkout, in move morning\n      at: 0:05 -> 0:25\n",
        "six, all of them, and [-the gate is-]{+both gates are+} blocked. Tell us who speaks",
        "      only if: trust >= 6 -> trust >= 7\n",
        "      kind: contingency -> standard\n",
        "  ~ press, in decision first-call\n      effects.trust: -2 -> -3\n",
    ):
        assert line in out


def test_the_json_form_is_a_list_of_changes_with_both_values(
    versions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    changes = json.loads(said(capsys, *map(str, versions), "--json"))
    at = {
        "change": "changed",
        "thing": "inject",
        "id": "walkout",
        "within": "morning",
        "key": "at",
        "old": 5,
        "new": 25,
    }
    assert at in changes
    when = next(change for change in changes if change.get("key") == "when")
    assert when["new"] == {"track": {"trust": ">= 7"}}


def test_a_log_stands_for_the_exercise_that_was_played(
    versions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = map(str, versions)
    assert main(["rehearse", old, "--log", "kept.jsonl"]) == 0
    capsys.readouterr()
    assert said(capsys, "kept.jsonl", old) == f"kept.jsonl -> {old}: no changes\n"
    assert "8 changes" in said(capsys, "kept.jsonl", new)


def test_a_version_that_does_not_load_is_refused_in_one_sentence(
    versions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = versions
    new.write_text("format: 1\nid: harbour\n")
    assert main(["diff", str(old), str(new)]) == 1
    assert main(["diff", str(old), "nowhere.yaml"]) == 2
    Path("none.jsonl").write_text("{}\n")
    assert main(["diff", "none.jsonl", str(old)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "new/harbour.yaml:1:1" in err
    assert "There is no file nowhere.yaml." in err
