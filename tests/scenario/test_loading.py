"""Drawing on scripts, defaults, and the one JSON form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exercise_writing import SMALL, changed, fault, loading, spot, told, written
from hypothesis import given, settings
from hypothesis import strategies as st

from tabletop.errors import UsageError
from tabletop.scenario.diagnostics import ExerciseInvalid
from tabletop.scenario.library import exercise_folders
from tabletop.scenario.loading import load, load_exercise
from tabletop.scenario.model import Exercise, exercise_as_json, exercise_from_json
from tabletop.scenario.reading import read_yaml
from tabletop.scenario.reading.nodes import Map

SCRIPT = """\
format: 1
id: media
title: Media
sources:
  - id: paper
    title: A paper
  - id: other
    title: Another paper
injects:
  - id: leak
    title: A leak
    at: 5m
    notes: Read slowly.
    text: Something leaked.
    sources: [paper]
  - id: poll
    title: A poll
    to: [jpn]
    decisions:
      - id: react
        question: How?
        options:
          - id: deny
            text: Deny
          - id: admit
            text: Admit
"""
DRAWING = changed("moves:\n", "injects_from: [media]\nmoves:\n")


def drawing(*entries: str) -> str:
    """The small exercise with further injects at the end of its move."""
    return DRAWING + "".join(f"      - {entry}\n" for entry in entries)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the script `media` in injects/."""
    written(tmp_path, SCRIPT, "injects/media.yaml")
    return tmp_path


def as_json(folder: Path, text: str) -> dict[str, Any]:
    """The JSON form of an exercise that loads."""
    loaded = loading(folder, text)
    assert loaded.exercise is not None, loaded.faults
    return exercise_as_json(loaded.exercise)


# --- drawing -----------------------------------------------------------------------------------------


def test_an_inject_is_drawn_as_it_is(folder: Path) -> None:
    value = as_json(folder, drawing("media/leak"))
    leak = value["moves"][0]["injects"][2]
    assert leak == {
        "id": "leak",
        "title": "A leak",
        "kind": "standard",
        "at": 5,
        "delay": 0,
        "minutes": 0,
        "to": ["rok", "jpn"],
        "text": "Something leaked.",
        "notes": "Read slowly.",
        "sources": ["paper"],
        "drawn_from": "media/leak",
    }


def test_a_key_after_use_replaces_the_scripts_key_and_null_takes_it_away(folder: Path) -> None:
    use = "use: media/leak\n        id: press-leak\n        at: 20m\n        notes: null\n        text:"
    leak = as_json(folder, drawing(use))["moves"][0]["injects"][2]
    assert (leak["id"], leak["at"], leak["drawn_from"]) == ("press-leak", 20, "media/leak")
    assert not {"notes", "text", "use"} & set(leak)


def test_the_sources_that_are_pointed_to_come_along(folder: Path) -> None:
    assert [source["id"] for source in as_json(folder, drawing("media/leak"))["sources"]] == ["paper"]
    assert "sources" not in as_json(folder, drawing("media/poll"))


def test_two_sources_of_one_id_must_be_the_same(folder: Path) -> None:
    same = changed("cells:\n", "sources:\n  - {id: paper, title: A paper}\ncells:\n", drawing("media/leak"))
    assert len(as_json(folder, same)["sources"]) == 1
    one = fault(folder, same.replace("title: A paper}", "title: B paper}"))
    assert (one.rule, one.line, one.column) == ("duplicate-id", 5, 5)
    assert one.file.endswith("injects/media.yaml")
    assert "drill.yaml:" in one.help


def test_only_scripts_that_are_listed_are_drawn_on(folder: Path) -> None:
    text = changed("injects_from: [media]\n", "", drawing("media/leak"))
    assert told(folder, text) == [("unknown-reference", *spot(text, "^media/leak"), "moves[0].injects[2]")]


@pytest.mark.parametrize(
    ("entry", "rule", "place", "path"),
    [
        ("media/leek", "unknown-reference", "^media/leek", "moves[0].injects[2]"),
        ("use: media/leek", "unknown-reference", "^media/leek", "moves[0].injects[2].use"),
        ("medai/leak", "unknown-reference", "^medai/leak", "moves[0].injects[2]"),
        ("leak", "wrong-type", "- ^leak", "moves[0].injects[2]"),
        ("use: [media/leak]", "wrong-type", "^[media/leak]", "moves[0].injects[2].use"),
        ("use: media/leak\n        att: 3", "unknown-key", "^att", "moves[0].injects[2].att"),
        ("use: media/leak\n        title: null", "missing-key", "^use: media/leak", "moves[0].injects[2]"),
    ],
)
def test_a_fault_at_a_use_is_told_there(folder: Path, entry: str, rule: str, place: str, path: str) -> None:
    text = drawing(entry)
    assert told(folder, text) == [(rule, *spot(text, place), path)]


def test_an_inject_drawn_twice_needs_an_id_and_decisions_of_its_own(folder: Path) -> None:
    text = drawing("media/leak", "use: media/leak\n        at: 9")
    assert told(folder, text) == [("duplicate-id", *spot(text, "^use: media"), "moves[0].injects[3].id")]
    text = drawing("media/poll", "use: media/poll\n        id: poll-two")
    path = "moves[0].injects[3].decisions[0].id"
    assert told(folder, text) == [("duplicate-id", *spot(text, "^use: media"), path)]
    own = "\n        decisions:\n          - {id: again, question: And now?}"
    assert told(folder, drawing("media/poll", f"use: media/poll\n        id: poll-two{own}")) == []


def test_what_a_script_says_of_the_exercise_is_told_at_the_scripts_line_naming_the_use(folder: Path) -> None:
    text = drawing("media/poll").replace("id: jpn", "id: usa")
    one = fault(folder, text)
    assert (one.rule, one.line, one.column) == ("unknown-reference", *spot(SCRIPT, "^jpn"))
    assert one.file.endswith("injects/media.yaml")
    assert one.path == "moves[0].injects[2].to[0]"
    assert f"drill.yaml:{spot(text, '^media/poll')[0]}" in one.help


def test_a_fault_of_form_in_a_script_is_told_at_the_scripts_line(folder: Path) -> None:
    script = SCRIPT.replace("    title: A leak\n", "").replace("text: Deny", "txt: Deny")
    written(folder, script, "injects/media.yaml")
    found = loading(folder, drawing("media/leak", "media/poll")).faults
    assert [(one.rule, one.line, one.column) for one in found] == [
        ("missing-key", *spot(script, "^id: leak")),
        ("unknown-key", *spot(script, "^txt")),
    ]
    assert all("drill.yaml:" in one.help for one in found)


def test_a_use_never_points_at_another_use(folder: Path) -> None:
    script = SCRIPT.replace("    at: 5m\n", "    use: media/poll\n")
    written(folder, script, "injects/media.yaml")
    one = fault(folder, drawing("media/leak"))
    assert (one.rule, one.line, one.column) == ("unknown-key", *spot(script, "^use: media/poll"))


def test_a_missing_script_is_told_once_and_nothing_follows_from_it(folder: Path) -> None:
    (folder / "injects/media.yaml").unlink()
    text = drawing("media/leak", "use: media/poll\n        at: 3")
    text += "      - {id: last, title: Last, when: {chose: {react: deny}, released: [leak]}, sources: [paper]}\n"
    assert told(folder, text.replace("media", "medium")) == [
        ("missing-script", *spot(text, "[^media]"), "injects_from[0]")
    ]


def test_a_script_that_is_no_yaml_is_told_in_the_script(folder: Path) -> None:
    written(folder, "injects: [\n", "injects/media.yaml")
    one = fault(folder, drawing("media/leak"))
    assert (one.rule, one.line, one.column) == ("not-yaml", 1, 11)
    assert "drill.yaml:" in one.help


@pytest.mark.parametrize("text", ["", "a: b\n", "- a\n", SMALL])
def test_a_script_that_is_none_is_told_in_the_file(folder: Path, text: str) -> None:
    written(folder, text, "injects/media.yaml")
    one = fault(folder, drawing("media/leak"))
    assert (one.rule, one.line, one.file[-18:]) == ("wrong-type", 1, "injects/media.yaml")


def test_a_script_of_another_format_or_with_two_injects_of_an_id_is_told(folder: Path) -> None:
    written(folder, SCRIPT.replace("format: 1", "format: 2"), "injects/media.yaml")
    assert told(folder, drawing("media/leak")) == [("wrong-type", 1, 9, "format")]
    script = SCRIPT.replace("id: poll", "id: leak")
    written(folder, script, "injects/media.yaml")
    line, column = spot(script, "- id: ^leak\n    title: A poll")
    assert told(folder, drawing("media/leak")) == [("duplicate-id", line, column, "injects[1].id")]


def test_an_empty_script_has_no_inject_to_draw_on(folder: Path) -> None:
    written(folder, "format: 1\nid: media\ninjects: []\n", "injects/media.yaml")
    assert [rule for rule, *_ in told(folder, drawing("media/leak"))] == ["unknown-reference"]


# --- where scripts are looked for ----------------------------------------------------------------------


def test_scripts_are_looked_for_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = written(tmp_path, drawing("gsomia/leak").replace("[media]", "[gsomia]"))
    folders = ["given", "injects", "exercises/injects", "named"]
    monkeypatch.setenv("TABLETOP_INJECTS", str(tmp_path / "named"))
    for title in reversed(folders):
        script = SCRIPT.replace("id: media", "id: gsomia").replace("A leak", title)
        written(tmp_path, script, f"{title}/gsomia.yaml")
        loaded = load_exercise(exercise, [tmp_path / "given"])
        assert loaded.moves[0].injects[2].title == title
    for title in folders:
        (tmp_path / title / "gsomia.yaml").unlink()
    [one] = load(exercise, [tmp_path / "given"]).faults
    assert "`gsomia` has no inject `leak`" in one.message  # the shipped one is the last


def test_an_exercise_loads_from_any_working_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(folder, drawing("media/leak"))
    for cwd, path in [
        (folder, "exercises/drill.yaml"),
        (folder / "exercises", "drill.yaml"),
        (folder / "injects", "../exercises/drill.yaml"),
        (tmp_path_factory.mktemp("away"), str(folder / "exercises/drill.yaml")),
    ]:
        monkeypatch.chdir(cwd)
        assert load_exercise(Path(path)).moves[0].injects[2].drawn_from == "media/leak"


def test_a_link_or_a_name_never_leaves_the_folder(folder: Path) -> None:
    outside = written(folder, SCRIPT.replace("id: media", "id: secret"), "outside/secret.yaml")
    (folder / "injects/secret.yaml").symlink_to(outside)
    for name in ("secret", "../outside/secret", str(outside), "Media", "media.yaml"):
        text = DRAWING.replace("[media]", f"['{name}']")
        assert [rule for rule, *_ in told(folder, text)] == ["missing-script"], name
    (folder / "injects/inside.yaml").symlink_to(folder / "injects/media.yaml")
    assert told(folder, drawing("inside/leak").replace("[media]", "[inside]")) == []


# --- scripts and other files by themselves -------------------------------------------------------------


def test_a_script_by_itself_is_checked_for_all_but_the_exercise(folder: Path) -> None:
    free = SCRIPT.replace(
        "    at: 5m\n", "    at: 5m\n    effects: {x: 1}\n    objectives: [y]\n    when: {released: z}\n"
    )
    assert loading(folder, free, "injects/media.yaml").faults == []
    for old, new, rule, path in [
        ("sources: [paper]", "sources: [papre]", "unknown-reference", "injects[0].sources[0]"),
        ("at: 5m", "at: soon", "wrong-type", "injects[0].at"),
        ("id: admit", "id: deny", "duplicate-id", "injects[1].decisions[0].options[1].id"),
        ("id: poll", "id: leak", "duplicate-id", "injects[1].id"),
        ("at: 5m", "when: {any: []}", "empty-condition", "injects[0].when.any"),
        ("id: media", "id: radio", "id-differs-from-file", "id"),
        ("at: 5m", "scenario_time: noon", "wrong-type", "injects[0].scenario_time"),
    ]:
        [(found, _, _, at)] = told(folder, SCRIPT.replace(old, new), "injects/media.yaml")
        assert (found, at) == (rule, path)


@pytest.mark.parametrize(
    ("text", "kind"), [(SCRIPT, "an inject script"), ("format: 1\ntranslates: a\nlanguage: ko\n", "a translation")]
)
def test_what_is_no_exercise_is_not_loaded_as_one(folder: Path, text: str, kind: str) -> None:
    with pytest.raises(ExerciseInvalid, match=f"This is {kind}, not an exercise") as raised:
        load_exercise(written(folder, text, "injects/media.yaml"))
    assert raised.value.remedy


def test_an_invalid_exercise_raises_every_error_and_no_warning(tmp_path: Path) -> None:
    text = changed("start: 5", "start: five").replace("title: First\n", "titel: First\n")
    with pytest.raises(ExerciseInvalid) as raised:
        load_exercise(written(tmp_path, text))
    assert [one.rule for one in raised.value.faults] == ["wrong-type", "unknown-key"]
    assert "(and 1 more)" in raised.value.sentence


def test_a_file_may_end_in_yml(tmp_path: Path) -> None:
    assert told(tmp_path, SMALL, "exercises/drill.yml") == []


# --- the JSON form -------------------------------------------------------------------------------------


def test_the_json_form_is_full(tmp_path: Path) -> None:
    value = as_json(tmp_path, SMALL)
    assert list(value) == [
        "format",
        "id",
        "title",
        "marking",
        "idle_after",
        "ground_rules",
        "cells",
        "tracks",
        "moves",
        "hot_wash",
    ]
    assert value["marking"] == "FOR EXERCISE USE ONLY"
    assert len(value["ground_rules"]) == len(value["hot_wash"]) == 4
    assert value["tracks"] == [{"id": "trust", "name": "Trust", "start": 5, "min": 0, "max": 10, "good": "high"}]
    call, echo = value["moves"][0]["injects"]
    assert call["to"] == ["rok", "jpn"]
    assert call["decisions"] == [
        {
            "id": "answer",
            "cells": ["rok", "jpn"],
            "together": False,
            "question": "Well?",
            "minutes": 5,
            "open": True,
            "options": [
                {"id": "yes", "text": "Yes", "effects": {"trust": 1}, "weight": 1},
                {"id": "no", "text": "No", "effects": {"trust": -1}, "weight": 1},
            ],
        }
    ]
    assert echo["when"] == {"chose": {"answer": ["yes"]}, "track": {"trust": ">= 4"}}


@pytest.mark.parametrize(
    ("when", "full"),
    [
        ("{}", {}),
        ("{released: call}", {"released": ["call"]}),
        ("{track: {trust: 4}}", {"track": {"trust": "== 4"}}),
        ('{track: {trust: ">=2,<= 4"}}', {"track": {"trust": ">= 2, <= 4"}}),
        ("{any: {released: call}}", {"any": [{"released": ["call"]}]}),
        ("{any: [{released: call}, {}]}", {"any": [{"released": ["call"]}, {}]}),
        ("{not: {chose: {answer/rok: no}}}", {"not": {"chose": {"answer/rok": ["no"]}}}),
    ],
)
def test_a_condition_is_given_in_full_form(tmp_path: Path, when: str, full: dict[str, Any]) -> None:
    text = SMALL[: SMALL.index("        when:")] + f"        when: {when}\n"
    assert as_json(tmp_path, text)["moves"][0]["injects"][1]["when"] == full


@pytest.mark.parametrize(
    ("written", "value"), [("1", 1), ("+1", 1), ('"+1"', 1), ("-2", -2), ('"=3"', "=3"), ("= +3", "=3")]
)
def test_an_effect_is_an_integer_or_a_setting(tmp_path: Path, written: str, value: object) -> None:
    exercise = as_json(tmp_path, changed("effects: {trust: +1}", f"effects: {{trust: {written}}}"))
    assert exercise["moves"][0]["injects"][0]["decisions"][0]["options"][0]["effects"] == {"trust": value}


def test_lists_that_are_empty_on_purpose_stay(tmp_path: Path) -> None:
    value = as_json(
        tmp_path, changed("format: 1", "format: 1\nhot_wash: []\nground_rules: []\nsummary: ''\ntopics: []")
    )
    assert (value["hot_wash"], value["ground_rules"]) == ([], [])
    assert not {"summary", "topics"} & set(value)


def the_same_again(exercise: Exercise) -> None:
    value = exercise_as_json(exercise)
    assert exercise_from_json(json.loads(json.dumps(value))) == exercise
    assert exercise_as_json(exercise_from_json(value)) == value


def test_every_shipped_exercise_reads_back_from_its_json_form() -> None:
    shipped = sorted(path for path in exercise_folders()[-1].glob("*.yaml") if "." not in path.stem)
    assert shipped
    for path in shipped:
        the_same_again(load_exercise(path))


def test_empty_texts_read_back_from_the_json_form(tmp_path: Path) -> None:
    text = changed("title: The drill", 'title: ""').replace("question: Well?", "question: ''")
    text = changed("title: An echo", "title: An echo\n        from: ''\n        private: {rok: ''}", text)
    loaded = loading(tmp_path, text)
    assert loaded.exercise is not None
    the_same_again(loaded.exercise)


# --- anything at all -----------------------------------------------------------------------------------


def everything_told_lies_in_its_file(path: Path) -> None:
    try:
        loaded = load(path, (), "f")
    except UsageError:
        return
    for one in loaded.faults:
        if one.file == "f":
            lines = (
                path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
            )
            assert 1 <= one.line <= len(lines), one
            assert 1 <= one.column <= len(lines[one.line - 1]) + 1, one
    places = [(one.place, one.rule, one.message) for one in loaded.faults]
    assert len(set(places)) == len(places)
    if loaded.exercise is not None:
        the_same_again(loaded.exercise)
    else:
        assert loaded.kind != "exercise" or any(one.severity == "error" for one in loaded.faults)


@settings(max_examples=300)
@given(raw=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_at_all_are_told_of_and_never_raise(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    everything_told_lies_in_its_file(written(tmp_path_factory.getbasetemp(), raw, "any/drill.yaml"))


SIGNS = [
    "",
    " ",
    "\n",
    "- ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "#",
    "|",
    ">",
    "&a ",
    "*a",
    "!x ",
    "<<: ",
    "---\n",
    "\t",
]
WORDS = [
    "null",
    "-1",
    "9" * 5000,
    "id: x\n",
    "\x00",
    "\u202e",
    "\u2028",
    "\r",
    "한",
    "use: ",
    "D+1",
    ">= ",
    "no",
    "x.y[0]",
]
PIECES = st.sampled_from(SIGNS + WORDS)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_damage_to_an_exercise_is_told_of_and_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    text = drawing("media/leak", "use: media/poll\n        at: 3")
    text += "scenario_starts: D-3 09:00\nignore: {idle-cell: x}\nhot_wash: [a, 'b']\n"
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + data.draw(PIECES) + text[end:]
    base = tmp_path_factory.getbasetemp()
    written(base, SCRIPT, "damaged/injects/media.yaml")
    everything_told_lies_in_its_file(written(base, text, "damaged/exercises/drill.yaml"))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_damage_to_a_shipped_exercise_is_told_of_and_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = data.draw(
        st.sampled_from(sorted(path for path in exercise_folders()[-1].glob("*.yaml") if "." not in path.stem))
    )
    lines = path.read_text(encoding="utf-8").split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at : at + data.draw(st.integers(0, 2))] = [data.draw(PIECES) + lines[at]]
    base = tmp_path_factory.getbasetemp()
    everything_told_lies_in_its_file(written(base, "\n".join(lines), f"shipped/exercises/{path.name}"))


def test_keys_stand_in_the_order_of_the_file() -> None:
    node, _ = read_yaml(b"b: 1\na: 2\n", "f")
    assert isinstance(node, Map)
    assert list(node) == ["b", "a"]
