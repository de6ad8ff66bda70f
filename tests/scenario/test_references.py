"""Faults of form in an exercise: each told once, at its exact place."""

from __future__ import annotations

from pathlib import Path

import pytest
from exercise_writing import SMALL, changed, fault, loading, spot, told, written

from tabletop.scenario.checks import doubts
from tabletop.scenario.loading import load

IN_INJECT = "        title: A call\n"
CASES = [
    # --- keys ---
    ("title: The drill", "titel: The drill", "unknown-key", "^titel", "titel"),
    ("  - id: rok\n", "  - id: rok\n    colour: red\n", "unknown-key", "^colour", "cells[0].colour"),
    (IN_INJECT, IN_INJECT + "        use: a/b\n", "unknown-reference", "^a/b", "moves[0].injects[0].use"),
    (IN_INJECT, IN_INJECT + "        from_: x\n", "unknown-key", "^from_", "moves[0].injects[0].from_"),
    (IN_INJECT, IN_INJECT + "        drawn_from: a/b\n", "unknown-key", "^drawn_", "moves[0].injects[0].drawn_from"),
    ("format: 1", "format: 1\ntranslations: {ko: {a: b}}", "unknown-key", "^translations", "translations"),
    ("    name: Seoul\n", "", "missing-key", "^id: rok", "cells[0]"),
    ("title: The drill\n", "", "missing-key", "^format: 1", ""),
    ("            question: Well?\n", "", "missing-key", "^id: answer", "moves[0].injects[0].decisions[0]"),
    ("    name: Seoul\n", "    name: Seoul\n    name: Busan\n", "duplicate-key", "^name: Busan", "cells[0].name"),
    # --- types ---
    ("title: The drill", "title: [The drill]", "wrong-type", "title: ^[", "title"),
    ("    name: Seoul\n", "    name: {a: b}\n", "wrong-type", "^{a: b}", "cells[0].name"),
    ("title: The drill", "title: The drill\nauthors: Me", "wrong-type", "^Me", "authors"),
    (
        "effects: {trust: +1}",
        "effects: [1]",
        "wrong-type",
        "^[1]",
        "moves[0].injects[0].decisions[0].options[0].effects",
    ),
    (
        "effects: {trust: +1}",
        "effects: {trust: lots}",
        "wrong-type",
        "^lots",
        "moves[0].injects[0].decisions[0].options[0].effects.trust",
    ),
    (IN_INJECT, IN_INJECT + "        kind: standrad\n", "wrong-type", "^standrad", "moves[0].injects[0].kind"),
    ('{trust: ">= 4"}', '{trust: "=> 4"}', "wrong-type", '^"=> 4"', "moves[0].injects[1].when.track.trust"),
    ("    start: 5\n", "    start: 5\n    marks: {low: x}\n", "wrong-type", "^low", "tracks[0].marks.low"),
    ("format: 1", "format: 2", "wrong-type", "format: ^2", "format"),
    ("format: 1", "format: one", "wrong-type", "^one", "format"),
    ("format: 1", "format: ²", "wrong-type", "^²", "format"),
    ("format: 1", f"format: {'9' * 5000}", "wrong-type", f"^{'9' * 5000}", "format"),
    # --- ids ---
    ("id: drill", "id: other", "id-differs-from-file", "^other", "id"),
    ("id: drill", "id: Drill", "wrong-type", "^Drill", "id"),
    ("  - id: jpn", "  - id: rok", "duplicate-id", "  - id: ^rok\n    name: Tokyo", "cells[1].id"),
    ("  - id: jpn", "  - id: J_P", "wrong-type", "^J_P", "cells[1].id"),
    ("  - id: jpn", "  - id: control", "duplicate-id", "^control", "cells[1].id"),
    ("  - id: jpn", "  - id: facilitator", "duplicate-id", "^facilitator", "cells[1].id"),
    ("  - id: jpn", "  - id: auto", "duplicate-id", "^auto", "cells[1].id"),
    ("id: echo", "id: call", "duplicate-id", "      - id: ^call\n        title: An echo", "moves[0].injects[1].id"),
    (
        "id: no\n",
        "id: yes\n",
        "duplicate-id",
        "id: ^yes\n                text: No",
        "moves[0].injects[0].decisions[0].options[1].id",
    ),
    # --- references ---
    (IN_INJECT, IN_INJECT + "        to: [rok, rokk]\n", "unknown-reference", "^rokk", "moves[0].injects[0].to[1]"),
    (
        IN_INJECT,
        IN_INJECT + "        objectives: [x]\n",
        "unknown-reference",
        "^x]",
        "moves[0].injects[0].objectives[0]",
    ),
    (IN_INJECT, IN_INJECT + "        sources: [x]\n", "unknown-reference", "^x]", "moves[0].injects[0].sources[0]"),
    (IN_INJECT, IN_INJECT + "        effects: {x: 1}\n", "unknown-reference", "^x: 1", "moves[0].injects[0].effects.x"),
    (IN_INJECT, IN_INJECT + "        private: {x: y}\n", "unknown-reference", "^x: y", "moves[0].injects[0].private.x"),
    (
        IN_INJECT,
        IN_INJECT + "        to: [rok]\n        private: {jpn: y}\n",
        "unknown-reference",
        "^jpn: y",
        "moves[0].injects[0].private.jpn",
    ),
    (
        IN_INJECT,
        IN_INJECT + "        private: {control: y}\n",
        "unknown-reference",
        "^control: y",
        "moves[0].injects[0].private.control",
    ),
    (
        "    title: First\n",
        "    title: First\n    private: {x: y}\n",
        "unknown-reference",
        "^x: y",
        "moves[0].private.x",
    ),
    (
        IN_INJECT,
        IN_INJECT + "        refers_to: [echo, answer, answer/jpn, ecko]\n",
        "unknown-reference",
        "^ecko",
        "moves[0].injects[0].refers_to[3]",
    ),
    (
        IN_INJECT,
        IN_INJECT + "        refers_to: answer/control\n",
        "unknown-reference",
        "^answer/control",
        "moves[0].injects[0].refers_to",
    ),
    (
        IN_INJECT,
        IN_INJECT + "        refers_to: [echo/rok]\n",
        "unknown-reference",
        "^echo/rok",
        "moves[0].injects[0].refers_to[0]",
    ),
    (
        "    title: First\n",
        "    title: First\n    refers_to: [answer, anser]\n",
        "unknown-reference",
        "^anser",
        "moves[0].refers_to[1]",
    ),
    ("    start: 5\n", "    start: 5\n    shown_to: [x]\n", "unknown-reference", "^x]", "tracks[0].shown_to[0]"),
    (
        "question: Well?\n",
        "question: Well?\n            cells: [x]\n",
        "unknown-reference",
        "^x]",
        "moves[0].injects[0].decisions[0].cells[0]",
    ),
    (
        "question: Well?\n",
        "question: Well?\n            otherwise: x\n",
        "unknown-reference",
        "otherwise: ^x",
        "moves[0].injects[0].decisions[0].otherwise",
    ),
    (
        "text: Yes\n",
        "text: Yes\n                reveal_to: [x]\n",
        "unknown-reference",
        "^x]",
        "moves[0].injects[0].decisions[0].options[0].reveal_to[0]",
    ),
    (
        "chose: {answer: yes}",
        "chose: {anser: yes}",
        "unknown-reference",
        "^anser",
        "moves[0].injects[1].when.chose.anser",
    ),
    (
        "chose: {answer: yes}",
        "chose: {answer: maybe}",
        "unknown-reference",
        "^maybe",
        "moves[0].injects[1].when.chose.answer",
    ),
    (
        "chose: {answer: yes}",
        "chose: {answer: [yes, maybe]}",
        "unknown-reference",
        "^maybe",
        "moves[0].injects[1].when.chose.answer[1]",
    ),
    (
        "chose: {answer: yes}",
        "chose: {answer/usa: yes}",
        "unknown-reference",
        "^answer/usa",
        "moves[0].injects[1].when.chose.answer/usa",
    ),
    (
        "chose: {answer: yes}",
        "released: [cal]",
        "unknown-reference",
        "^cal]",
        "moves[0].injects[1].when.released[0]",
    ),
    (
        'track: {trust: ">= 4"}',
        "any: [{track: {x: 1}}]",
        "unknown-reference",
        "^x: 1",
        "moves[0].injects[1].when.any[0].track.x",
    ),
    (
        'track: {trust: ">= 4"}',
        "not: {any: {released: x}}",
        "unknown-reference",
        "^x}}",
        "moves[0].injects[1].when.not.any.released",
    ),
    # --- conditions, bounds ---
    ("chose: {answer: yes}", "any: []", "empty-condition", "^[]", "moves[0].injects[1].when.any"),
    ("chose: {answer: yes}", "not: {}", "empty-condition", "^{}", "moves[0].injects[1].when.not"),
    ("chose: {answer: yes}", "released: []", "empty-condition", "^[]", "moves[0].injects[1].when.released"),
    ("chose: {answer: yes}", "chose: {answer: []}", "empty-condition", "^[]", "moves[0].injects[1].when.chose.answer"),
    ("start: 5", "start: 11", "out-of-bounds", "^11", "tracks[0].start"),
    ("start: 5", "start: 5\n    min: 12", "out-of-bounds", "^12", "tracks[0].min"),
    (
        "text: Yes\n",
        "text: Yes\n                weight: -1\n",
        "out-of-bounds",
        "^-1\n",
        "moves[0].injects[0].decisions[0].options[0].weight",
    ),
    # --- story times ---
    ("title: The drill", "title: The drill\nscenario_starts: tomorrow", "wrong-type", "^tomorrow", "scenario_starts"),
    ("title: The drill", "title: The drill\nscenario_starts: D+1 9:00", "wrong-type", "^D+1 9", "scenario_starts"),
    ("title: The drill", "title: The drill\nscenario_starts: D+1 24:00", "wrong-type", "^D+1 24", "scenario_starts"),
    (
        "title: The drill",
        "title: The drill\nscenario_starts: 2026-08-22T18:20",
        "wrong-type",
        "^2026-08-22T18:20",
        "scenario_starts",
    ),
    ("title: The drill", "title: The drill\nd_day: someday", "wrong-type", "^someday", "d_day"),
    ("title: The drill", "title: The drill\nh_hour: noon", "wrong-type", "^noon", "h_hour"),
    # --- ignore ---
    ("format: 1", "format: 1\nignore: {idle-cel: x}", "unknown-reference", "^idle-cel", "ignore.idle-cel"),
    ("format: 1", "format: 1\nignore: {missing-key: x}", "wrong-type", "^missing-key", "ignore.missing-key"),
]


@pytest.mark.parametrize(
    ("old", "new", "rule", "place", "path"),
    CASES,
    ids=lambda value: value[:30].strip() if isinstance(value, str) else "",
)
def test_one_fault_is_told_once_at_its_place(
    tmp_path: Path, old: str, new: str, rule: str, place: str, path: str
) -> None:
    text = changed(old, new)
    assert told(tmp_path, text) == [(rule, *spot(text, place), path)]


def test_every_fault_has_a_sentence_and_a_remedy(tmp_path: Path) -> None:
    for old, new, *_ in CASES:
        for each in loading(tmp_path, changed(old, new)).faults:
            assert each.message.endswith("."), each.message
            assert each.help, each.line_text()
            assert each.code.startswith("TT")


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SMALL
    for old, new in [
        ("title: The drill", "titel: The drill"),
        ("    name: Seoul\n", ""),
        ("start: 5", "start: five"),
        ("effects: {trust: -1}", "effects: {trusst: -1}"),
        ("chose: {answer: yes}", "chose: {anser: yes}"),
    ]:
        text = changed(old, new, text)
    assert [(rule, path) for rule, _, _, path in told(tmp_path, text)] == [
        ("unknown-key", "titel"),
        ("missing-key", "cells[0]"),
        ("wrong-type", "tracks[0].start"),
        ("unknown-reference", "moves[0].injects[0].decisions[0].options[1].effects.trusst"),
        ("unknown-reference", "moves[0].injects[1].when.chose.anser"),
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("cells:\n  - id: rok", "cels:\n  - id: rok"), ("tracks:", "trakcs:"), ("moves:", "movs:")]
)
def test_a_misspelt_key_brings_no_faults_of_what_stands_under_it(tmp_path: Path, old: str, new: str) -> None:
    one = fault(tmp_path, changed(old, new))
    assert one.rule == "unknown-key"
    assert one.help == f"did you mean `{old.partition(':')[0]}`?"


def test_a_list_of_the_wrong_kind_brings_no_unknown_references(tmp_path: Path) -> None:
    text = changed("cells:\n  - id: rok\n    name: Seoul\n  - id: jpn\n    name: Tokyo\n", "cells: rok\n")
    text = changed("        title: A call\n", "        title: A call\n        to: [rok]\n", text)
    assert told(tmp_path, text) == [("wrong-type", *spot(text, "cells: ^rok"), "cells")]


def test_what_a_refused_merge_may_have_brought_is_not_missed(tmp_path: Path) -> None:
    text = changed("    name: Seoul\n", "    <<: {name: Seoul}\n")
    assert told(tmp_path, text) == [("refused-yaml", *spot(text, "^<<"), "cells[0].<<")]


def test_an_unknown_key_names_the_near_one(tmp_path: Path) -> None:
    assert fault(tmp_path, changed("minutes: 20", "minuets: 20")).help == "did you mean `minutes`?"
    assert "Known here: id, title" in fault(tmp_path, changed("minutes: 20", "minutes: 20\n    qqq: 20")).help


def test_two_kinds_of_story_time_need_a_day_to_tie_them(tmp_path: Path) -> None:
    dated = changed("title: The drill", "title: The drill\nscenario_starts: 2026-08-22T18:20+09:00")
    mixed = changed("    title: First\n", "    title: First\n    scenario_time: D+1 09:00\n", dated)
    assert told(tmp_path, mixed) == [("wrong-type", *spot(mixed, "^D+1 09:00"), "moves[0].scenario_time")]
    tied = changed("title: The drill", "title: The drill\nd_day: 2026-08-22", mixed)
    assert told(tmp_path, tied) == []


@pytest.mark.parametrize(
    "time", ["D-95 09:00", "D+3", "D+0 00:00", "H-6", "H+2:30", "2026-08-22T18:20+09:00", "2026-08-22T18:20Z"]
)
def test_a_story_time_is_kept_as_written(tmp_path: Path, time: str) -> None:
    loaded = loading(tmp_path, changed("title: The drill", f"title: The drill\nscenario_starts: {time}"))
    assert loaded.exercise is not None
    assert loaded.exercise.scenario_starts == time


def test_a_decision_that_takes_no_own_words_needs_options(tmp_path: Path) -> None:
    start = SMALL.index("            options:")
    end = SMALL.index("      - id: echo")
    text = changed("chose: {answer: yes}", "released: call", SMALL[:start] + "            open: false\n" + SMALL[end:])
    assert told(tmp_path, text) == [("missing-key", *spot(text, "^id: answer"), "moves[0].injects[0].decisions[0]")]


def test_strange_keys_do_not_confuse_what_is_silenced(tmp_path: Path) -> None:
    text = changed("effects: {trust: +1}", 'effects: {"a[b.c]]": 01}')
    assert "leading-zero" in {each.rule for each in doubts(load(written(tmp_path, text)))}
