"""Translations: which text is shown in which language, and what `check` tells of a translation."""

from __future__ import annotations

from pathlib import Path

import pytest
from exercise_writing import SMALL, changed, loading, spot, told, written

from tabletop.errors import UsageError
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.loading.translations import fingerprint
from tabletop.scenario.model import Exercise, exercise_as_json
from tabletop.scenario.places import texts_by_place
from tabletop.scenario.translating import translated

SCRIPT = """\
format: 1
id: media
title: Media
injects:
  - id: leak
    title: A leak
    text: Something leaked.
    questions:
      - Who knew?
"""
DRAWING = changed("moves:\n", "injects_from: [media]\nmoves:\n") + "      - use: media/leak\n        id: press-leak\n"


def translation(of: str, language: str = "ko", **texts: tuple[str, str]) -> str:
    """A translation's file: place (with `__` for a dot) = (text, original)."""
    lines = [f"format: 1\ntranslates: {of}\nlanguage: {language}\ntexts:"]
    for place, (text, original) in texts.items():
        lines.append(f"  {place.replace('__', '.')}: {{text: '{text}', of: {fingerprint(original)}}}")
    return "\n".join(lines) + "\n"


KOREAN = translation("drill", title=("훈련", "The drill"), cells__rok__name=("서울", "Seoul"))


def loaded(folder: Path, text: str = SMALL) -> Exercise:
    """The exercise, which loads."""
    return load_exercise(written(folder, text, "exercises/drill.yaml"))


def test_a_text_is_shown_in_the_language_where_it_is_translated_and_as_it_is_where_not(tmp_path: Path) -> None:
    written(tmp_path, KOREAN, "exercises/drill.ko.yaml")
    exercise = loaded(tmp_path)
    korean = translated(exercise, "ko")
    assert (korean.title, korean.cells[0].name, korean.cells[1].name) == ("훈련", "서울", "Tokyo")
    assert exercise.title == "The drill"
    with pytest.raises(UsageError, match="not translated into 'ja'"):
        translated(exercise, "ja")


def test_the_items_of_an_agenda_are_translated_by_their_number(tmp_path: Path) -> None:
    agenda = changed("    minutes: 20\n", "    minutes: 20\n    agenda:\n      - {name: Alone, minutes: 5}\n")
    place = next(place for place in texts_by_place(loaded(tmp_path, agenda)) if ".agenda." in place)
    written(tmp_path, translation("drill", **{place.replace(".", "__"): ("따로", "Alone")}), "exercises/drill.ko.yaml")
    exercise = translated(loaded(tmp_path, agenda), "ko")
    assert [item.name for item in exercise.moves[0].agenda] == ["따로"]


def test_every_translation_found_stands_in_the_json_form(tmp_path: Path) -> None:
    written(tmp_path, KOREAN, "exercises/drill.ko.yaml")
    written(tmp_path, translation("drill", "ja", title=("訓練", "The drill")), "exercises/drill.ja.yaml")
    assert exercise_as_json(loaded(tmp_path))["translations"] == {
        "ja": {"title": "訓練"},
        "ko": {"title": "훈련", "cells.rok.name": "서울"},
    }


def test_every_place_that_has_a_text_can_be_translated(tmp_path: Path) -> None:
    exercise = loaded(tmp_path)
    places = texts_by_place(exercise)
    for place in ("title", "hot_wash.0", "cells.rok.name", "moves.first.title", "injects.call.title"):
        assert place in places
    assert "decisions.answer.options.yes.text" in places
    texts = {place: f"X {text}" for place, text in places.items()}
    shown = translated(exercise.model_copy(update={"translations": {"ko": texts}}), "ko")
    assert texts_by_place(shown) == texts


def test_a_scripts_translation_serves_under_the_name_in_the_exercise_and_the_exercises_own_wins(tmp_path: Path) -> None:
    written(tmp_path, SCRIPT, "injects/media.yaml")
    texts = {
        "title": ("미디어", "Media"),
        "injects__leak__title": ("유출", "A leak"),
        "injects__leak__questions__0": ("누가?", "Who knew?"),
    }
    written(tmp_path, translation("media", **texts), "injects/media.ko.yaml")
    exercise = loaded(tmp_path, DRAWING)
    assert exercise.translations == {
        "ko": {"injects.press-leak.title": "유출", "injects.press-leak.questions.0": "누가?"}
    }
    written(
        tmp_path,
        translation("drill", injects__press_leak__title=("x", "A leak")).replace("press_", "press-"),
        "exercises/drill.ko.yaml",
    )
    assert loaded(tmp_path, DRAWING).translations["ko"]["injects.press-leak.title"] == "x"


def test_a_scripts_translation_does_not_speak_for_what_the_exercise_put_over_it(tmp_path: Path) -> None:
    written(tmp_path, SCRIPT, "injects/media.yaml")
    written(tmp_path, translation("media", injects__leak__title=("유출", "A leak")), "injects/media.ko.yaml")
    assert loaded(tmp_path, DRAWING + "        title: Another\n").translations == {}


def test_a_broken_translation_keeps_no_exercise_from_loading(tmp_path: Path) -> None:
    written(tmp_path, "translates: drill\nlanguage: [\n", "exercises/drill.ko.yaml")
    (tmp_path / "exercises/drill.ja.yaml").mkdir()
    assert loaded(tmp_path).translations == {}


# --- checking ----------------------------------------------------------------------------------------


def told_of(folder: Path, text: str, name: str = "exercises/drill.ko.yaml") -> list[tuple[str, int, int, str]]:
    """What is told of a translation beside the small exercise, but for what it lacks."""
    written(folder, SMALL)
    return [each for each in told(folder, text, name) if each[0] != "missing-translation"]


def test_a_translation_that_keeps_up_has_no_fault(tmp_path: Path) -> None:
    assert told_of(tmp_path, KOREAN) == []


def test_what_is_left_over_or_out_of_date_is_told_at_its_place(tmp_path: Path) -> None:
    text = translation("drill", title=("훈련", "The old drill"), cells__usa__name=("워싱턴", "Washington"))
    assert told_of(tmp_path, text) == [
        ("stale-translation", *spot(text, "^title"), "texts.title"),
        ("left-over-translation", *spot(text, "^cells.usa"), "texts.cells.usa.name"),
    ]


def test_what_is_missing_is_noted_in_one_entry(tmp_path: Path) -> None:
    written(tmp_path, SMALL)
    [note] = loading(tmp_path, KOREAN, "exercises/drill.ko.yaml").faults
    assert (note.rule, note.severity) == ("missing-translation", "note")
    assert "cells.jpn.name" in note.help
    assert "cells.rok.name" not in note.help


def test_trailing_line_ends_do_not_count_as_a_change() -> None:
    assert fingerprint("Text.\n\n") == fingerprint("Text.")
    assert fingerprint("Caf\u00e9") == fingerprint("Cafe\u0301")
    assert fingerprint("Text.") != fingerprint("Text")


@pytest.mark.parametrize(
    ("old", "new", "rule", "place", "path"),
    [
        ("translates: drill", "translates: drlil", "id-differs-from-file", "^drlil", "translates"),
        ("language: ko", "language: ja", "id-differs-from-file", "^ja", "language"),
        ("language: ko", "langage: ko", "unknown-key", "^langage", "langage"),
        ("format: 1", "format: 2", "wrong-type", "format: ^2", "format"),
        ("of: " + fingerprint("Seoul"), "off: x", "unknown-key", "^off", "texts.cells.rok.name.off"),
    ],
)
def test_a_fault_of_form_in_a_translation_is_told(
    tmp_path: Path, old: str, new: str, rule: str, place: str, path: str
) -> None:
    text = changed(old, new, KOREAN)
    assert (rule, *spot(text, place), path) in told_of(tmp_path, text)


def test_a_translation_of_a_script_is_held_against_the_script(tmp_path: Path) -> None:
    written(tmp_path, SCRIPT, "injects/media.yaml")
    text = translation("media", injects__leak__text=("유출.", "Something leaked"), injects__leek__text=("x", "y"))
    assert told_of(tmp_path, text, "injects/media.ko.yaml") == [
        ("stale-translation", *spot(text, "^injects.leak"), "texts.injects.leak.text"),
        ("left-over-translation", *spot(text, "^injects.leek"), "texts.injects.leek.text"),
    ]


def test_a_translation_of_nothing_is_told(tmp_path: Path) -> None:
    text = translation("nothing", title=("x", "y"))
    [(rule, line, column, path)] = told(tmp_path, text, "exercises/nothing.ko.yaml")
    assert (rule, line, column, path) == ("unknown-reference", 2, 13, "translates")
