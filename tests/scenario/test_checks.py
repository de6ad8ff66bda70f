"""Doubts: each rule with what triggers it, and with what comes near and does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from exercise_writing import changed, doubted, loading, spot, written

from tabletop.scenario.checks import doubts
from tabletop.scenario.checks.sharing import unused_injects
from tabletop.scenario.diagnostics import RULES
from tabletop.scenario.loading import load

CALM = """\
format: 1
id: drill
title: The drill
idle_after: 60
sources:
  - {id: paper, title: A paper}
objectives:
  - {id: consult, text: Consult}
cells:
  - {id: rok, name: Seoul}
tracks:
  - {id: trust, name: Trust, start: 5}
moves:
  - id: first
    title: First
    minutes: 40
    scenario_time: D+1 09:00
    injects:
      - id: call
        title: A call
        text: We heard of GREY HERON.
        at: 5
        scenario_time: D+1 10:00
        objectives: [consult]
        sources: [paper]
        questions: ["What now?", 'And then?']
        decisions:
          - id: answer
            question: Well?
            minutes: 10
            options:
              - {id: yes, text: Yes, effects: {trust: +1}}
              - {id: no, text: No, effects: {trust: -1}}
      - id: echo
        title: An echo
        when: {chose: {answer: yes}, track: {trust: ">= 6"}}
"""
CALL, ECHO, ANSWER = "moves[0].injects[0]", "moves[0].injects[1]", "moves[0].injects[0].decisions[0]"


def more(inject: str) -> tuple[str, str]:
    """What puts one more inject at the end."""
    last = '        when: {chose: {answer: yes}, track: {trust: ">= 6"}}\n'
    return last, f"{last}      - {inject}\n"


# rule, what is changed to what, where it is told, at which path; and a change that comes near without it
DOUBTS = [
    (
        "one-option-decision",
        ("              - {id: no, text: No, effects: {trust: -1}}\n", ""),
        ("^- {id: yes", f"{ANSWER}.options"),
        ("text: No,", "text: None,"),
    ),
    (
        "unread-choice",
        more(
            "{id: ask, title: Ask, decisions: [{id: d, question: So?, options: [{id: a, text: A}, {id: b, text: B}]}]}"
        ),
        ("^{id: d,", "moves[0].injects[2].decisions[0]"),
        more(
            "{id: ask, title: Ask, decisions:"
            " [{id: d, question: So?, options: [{id: a, text: A, effects: {trust: 1}}, {id: b, text: B}]}]}"
        ),
    ),
    (
        "unread-track",
        ("start: 5}\n", "start: 5}\n  - {id: fear, name: Fear, start: 5}\n"),
        ("^{id: fear", "tracks[1]"),
        ("name: Trust", "name: Fear"),
    ),
    (
        "unexercised-objective",
        ("text: Consult}\n", "text: Consult}\n  - {id: act, text: Act}\n"),
        ("^{id: act", "objectives[1]"),
        ("text: Consult}", "text: Act}"),
    ),
    (
        "unused-source",
        ("title: A paper}\n", "title: A paper}\n  - {id: book, title: A book}\n"),
        ("^{id: book", "sources[1]"),
        ("title: A paper}", "title: A book}"),
    ),
    (
        "story-backwards",
        ("scenario_time: D+1 10:00", "scenario_time: D+1 08:59"),
        ("^D+1 08:59", f"{CALL}.scenario_time"),
        ("scenario_time: D+1 10:00", "scenario_time: D+1 09:00"),
    ),
    (
        "bare-text-in-brackets",
        ("'And then?'", "And then?"),
        ("^And then?", f"{CALL}.questions[1]"),
        ("name: Seoul", "name: Seoul, roles: [Minister, Deputy]"),
    ),
    ("leading-zero", ("at: 5", "at: 05"), ("^05", f"{CALL}.at"), ("at: 5", "at: 0:05")),
    (
        "leading-zero",
        ("trust: +1", "trust: +01"),
        ("^+01", f"{ANSWER}.options[0].effects.trust"),
        ("trust: +1", "trust: +10"),
    ),
    (
        "leading-zero",
        ('">= 6"', '">= 06"'),
        ('^">= 06"', f"{ECHO}.when.track.trust"),
        ("title: The drill", "title: 007"),
    ),
    (
        "unreachable-inject",
        more("{id: never, title: Never, when: {chose: {answer: no}, released: echo}}"),
        ("^{id: never", "moves[0].injects[2]"),
        more("{id: never, title: Never, kind: contingency, when: {chose: {answer: no}, released: echo}}"),
    ),
    (
        "unreachable-move",
        more(
            "{id: e, title: E}\n  - {id: second, title: Next, minutes: 5, when: {chose: {answer: no}, released: echo}}"
        ),
        ("^{id: second", "moves[1]"),
        more("{id: e, title: E}\n  - {id: second, title: Second, minutes: 5, when: {chose: {answer: no}}}"),
    ),
    (
        "always-true-condition",
        more('{id: e, title: E, when: {track: {trust: ">= 0"}}}'),
        ('^{track: {trust: ">= 0"}}', "moves[0].injects[2].when"),
        more('{id: e, title: E, when: {track: {trust: "== 6"}}}'),
    ),
    (
        "late-inject",
        more("{id: e, title: E, at: 41, when: {chose: {answer: no}, released: echo}}"),
        ("at: ^41", "moves[0].injects[2].at"),
        more("{id: e, title: E, at: 39}"),
    ),
    (
        "time-overrun",
        ("            minutes: 10", "            minutes: 36"),
        ("    minutes: ^40", "moves[0].minutes"),
        ("            minutes: 10", "            minutes: 35"),
    ),
    (
        "crowded-cell",
        more("{id: e, title: E, at: 5, minutes: 1}\n      - {id: f, title: F, minutes: 11, at: 4}"),
        ("^{id: e,", "moves[0].injects[2]"),
        more("{id: e, title: E, at: 5, minutes: 1}"),
    ),
    (
        "idle-cell",
        ("idle_after: 60", "idle_after: 25"),
        ("^id: first", "moves[0]"),
        ("idle_after: 60", "idle_after: 26"),
    ),
    (
        "track-saturates",
        ("start: 5", "start: 10"),
        ("trust: ^+1", f"{ANSWER}.options[0].effects.trust"),
        ("start: 5", "start: 9"),
    ),
    (
        "condition-before-question",
        more("{id: e, title: E, when: {not: {chose: {answer: yes}}}}"),
        ("^{not: {chose", "moves[0].injects[2].when"),
        more("{id: e, title: E, when: {released: call, not: {chose: {answer: yes}}}}"),
    ),
    (
        "not-told-yet",
        more("{id: e, title: E, at: 9, refers_to: [call, answer]}"),
        ("refers_to: [call, ^answer]", "moves[0].injects[2].refers_to[1]"),
        more("{id: e, title: E, at: 15, refers_to: [call, answer]}"),
    ),
    (
        "empty-text",
        ("title: An echo", 'title: " "'),
        ('title: ^" "', f"{ECHO}.title"),
        ("title: An echo", 'title: "-"'),
    ),
    (
        "asked-unaddressed",
        more("{id: e, title: E, to: [control], decisions: [{id: d, question: So?, cells: [rok, control]}]}"),
        ("^{id: d,", "moves[0].injects[2].decisions[0]"),
        more("{id: e, title: E, to: [rok], decisions: [{id: d, question: So?, cells: [rok, control]}]}"),
    ),
    (
        "long-text",
        ("title: An echo\n", f"title: An echo\n        text: {'word ' * 261}\n"),
        ("text: ^word", f"{ECHO}.text"),
        ("title: An echo\n", f"title: An echo\n        text: {'word ' * 260}\n"),
    ),
    (
        "no-questions",
        more("{id: e, title: E}\n  - {id: second, title: Next, minutes: 5, injects: [{id: x, title: X}]}"),
        ("^{id: second", "moves[1]"),
        more(
            "{id: e, title: E}\n  - {id: second, title: Next, minutes: 5, questions: [Q], injects: [{id: x, title: X}]}"
        ),
    ),
    (
        "move-too-full",
        ("text: We heard of GREY HERON.\n", f"minutes: 29\n        text: {'word ' * 200}\n"),
        ("    minutes: ^40", "moves[0].minutes"),
        ("text: We heard of GREY HERON.\n", f"minutes: 28\n        text: {'word ' * 200}\n"),
    ),
    (
        "private-name",
        (
            "  - {id: rok, name: Seoul}\n",
            "  - {id: rok, name: Seoul}\n  - {id: jpn, name: Tokyo, brief: It is called GREY HERON.}\n",
        ),
        ("text: ^We heard", f"{CALL}.text"),
        (
            "  - {id: rok, name: Seoul}\n",
            "  - {id: rok, name: Seoul}\n  - {id: jpn, name: Tokyo, brief: It is called GREY OWL.}\n",
        ),
    ),
    (
        "missing-source",
        ("title: An echo\n", "title: An echo\n        text: As in 2016, says the treaty.\n"),
        ("text: ^As in", f"{ECHO}.text"),
        ("title: An echo\n", "title: An echo\n        text: As in 2016, says the treaty.\n        sources: [paper]\n"),
    ),
]


def test_the_calm_exercise_has_no_doubts(tmp_path: Path) -> None:
    assert doubted(tmp_path, CALM) == []


@pytest.mark.parametrize(("rule", "change", "told", "near"), DOUBTS)
def test_a_doubt_is_told_once_at_its_place_and_not_of_what_comes_near(
    tmp_path: Path, rule: str, change: tuple[str, str], told: tuple[str, str], near: tuple[str, str]
) -> None:
    text = changed(*change, CALM)
    found = [each for each in doubted(tmp_path, text) if each[0] == rule]
    place, path = told
    assert found == [(rule, *spot(text, place), path)]
    assert rule not in {each[0] for each in doubted(tmp_path, changed(*near, CALM))}


def test_every_doubt_has_a_test_here_or_beside() -> None:
    doubts_of_form = {rule for rule, about in RULES.items() if about.severity != "error"}
    elsewhere = {"unused-inject", "stale-translation", "left-over-translation", "missing-translation", "not-proven"}
    assert {rule for rule, *_ in DOUBTS} | elsewhere == doubts_of_form


def test_codes_are_what_they_always_were() -> None:
    assert {rule: about.code for rule, about in RULES.items()} == {
        "not-yaml": "TT101",
        "refused-yaml": "TT102",
        "wrong-type": "TT103",
        "missing-key": "TT104",
        "unknown-key": "TT105",
        "duplicate-key": "TT106",
        "duplicate-id": "TT107",
        "unknown-reference": "TT108",
        "missing-script": "TT109",
        "id-differs-from-file": "TT110",
        "out-of-bounds": "TT111",
        "empty-condition": "TT112",
        "one-option-decision": "TT201",
        "unread-choice": "TT202",
        "unread-track": "TT203",
        "unexercised-objective": "TT204",
        "unused-source": "TT205",
        "unused-inject": "TT206",
        "story-backwards": "TT207",
        "bare-text-in-brackets": "TT208",
        "leading-zero": "TT209",
        "stale-translation": "TT210",
        "left-over-translation": "TT211",
        "empty-text": "TT212",
        "unreachable-inject": "TT301",
        "unreachable-move": "TT302",
        "always-true-condition": "TT303",
        "late-inject": "TT304",
        "time-overrun": "TT305",
        "crowded-cell": "TT306",
        "idle-cell": "TT307",
        "track-saturates": "TT308",
        "condition-before-question": "TT309",
        "not-told-yet": "TT310",
        "not-proven": "TT401",
        "missing-translation": "TT402",
        "asked-unaddressed": "TT403",
        "long-text": "TT404",
        "no-questions": "TT405",
        "move-too-full": "TT406",
        "private-name": "TT407",
        "missing-source": "TT408",
    }


def test_a_number_that_is_no_year_wants_no_source(tmp_path: Path) -> None:
    text = changed(
        "title: An echo\n", "title: An echo\n        text: At 2016 hours, 12,016 ships, article 2397.\n", CALM
    )
    assert "missing-source" not in {each[0] for each in doubted(tmp_path, text)}


def test_the_years_of_the_story_want_no_source(tmp_path: Path) -> None:
    dated = CALM.replace("D+1 09:00", "2027-11-22T09:00+09:00").replace("D+1 10:00", "2027-11-22T10:00+09:00")
    told = [changed("title: An echo\n", f"title: An echo\n        text: By {year}.\n", dated) for year in (2027, 2028)]
    assert ["missing-source" in {each[0] for each in doubted(tmp_path, text)} for text in told] == [False, True]


def test_an_exercise_that_is_invented_as_a_whole_wants_no_source(tmp_path: Path) -> None:
    bare = changed("sources:\n  - {id: paper, title: A paper}\n", "", changed("        sources: [paper]\n", "", CALM))
    text = changed("title: An echo\n", "title: An echo\n        text: As in 2016.\n", bare)
    assert "missing-source" not in {each[0] for each in doubted(tmp_path, text)}


def test_a_path_is_shown_by_the_choices_that_lead_there(tmp_path: Path) -> None:
    text = changed("idle_after: 60", "idle_after: 25", CALM)
    [one] = doubts(loading(tmp_path, text))
    assert one.witness
    assert all(choice.startswith("answer") and "=" in choice for choice in one.witness)
    assert one.as_json()["witness"] == list(one.witness)


# --- ignore ------------------------------------------------------------------------------------------

SILENCED = "ignore: {one-option-decision: On purpose}\n"
ONE_OPTION = changed("              - {id: no, text: No, effects: {trust: -1}}\n", "", CALM)


@pytest.mark.parametrize(
    ("before", "indent"),
    [
        ("cells:\n", ""),
        ("    scenario_time: D+1 09:00\n", "    "),
        ("        title: A call\n", "        "),
        ("            question: Well?\n", "            "),
    ],
)
def test_a_doubt_is_silenced_within_the_thing_that_says_so(tmp_path: Path, before: str, indent: str) -> None:
    assert doubted(tmp_path, changed(before, f"{indent}{SILENCED}{before}", ONE_OPTION)) == []


def test_a_doubt_is_not_silenced_beside_the_thing_that_says_so(tmp_path: Path) -> None:
    text = changed("        title: An echo\n", f"        {SILENCED}        title: An echo\n", ONE_OPTION)
    assert [rule for rule, *_ in doubted(tmp_path, text)] == ["one-option-decision"]


SCRIPT = """\
format: 1
id: media
injects:
  - id: leak
    title: A leak
    questions: [Who knew?]
  - id: spare
    title: Spare
"""


def test_what_is_drawn_from_scripts_is_doubted_at_the_scripts_line_and_silenced_too(tmp_path: Path) -> None:
    written(tmp_path, SCRIPT, "injects/media.yaml")
    text = changed("moves:\n", "injects_from: [media]\nmoves:\n", CALM) + "      - media/leak\n"
    path = "moves[0].injects[2].questions[0]"
    assert doubted(tmp_path, text) == [("bare-text-in-brackets", *spot(SCRIPT, "^Who"), path)]
    silent = changed(
        "      - media/leak\n", "      - use: media/leak\n        ignore: {bare-text-in-brackets: x}\n", text
    )
    assert doubted(tmp_path, silent) == []
    assert doubted(tmp_path, changed("format: 1", "format: 1\nignore: {bare-text-in-brackets: x}", text)) == []


def test_an_inject_that_no_exercise_draws_on_is_told_where_both_are_looked_at(tmp_path: Path) -> None:
    script = load(written(tmp_path, SCRIPT, "injects/media.yaml"))
    text = changed("moves:\n", "injects_from: [media]\nmoves:\n", CALM) + "      - media/leak\n"
    exercise = loading(tmp_path, text)
    assert [(each.rule, each.line, each.column, each.path) for each in unused_injects([script, exercise])] == [
        ("unused-inject", *spot(SCRIPT, "^id: spare"), "injects[1]")
    ]
    assert unused_injects([script]) == []


def test_a_script_by_itself_is_doubted_for_what_stands_in_it(tmp_path: Path) -> None:
    text = changed("id: leak\n", "id: leak\n    at: 05\n", SCRIPT)
    text = changed("injects:\n", "sources: [{id: paper, title: A paper}]\ninjects:\n", text)
    assert {rule for rule, *_ in doubted(tmp_path, text, "injects/media.yaml")} == {
        "leading-zero",
        "unused-source",
        "bare-text-in-brackets",
    }


# --- story time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "backwards"),
    [
        ("H-6", "D-1 18:00", False),
        ("H-6", "D-1 17:59", True),
        ("2026-08-22T09:00+09:00", "2026-08-21T20:30-04:00", False),
        ("2026-08-22T09:00+09:00", "2026-08-21T19:59-04:00", True),
    ],
)
def test_story_times_are_compared_across_their_forms(tmp_path: Path, first: str, second: str, backwards: bool) -> None:
    text = changed("scenario_time: D+1 09:00", f"scenario_time: {first}", CALM)
    text = changed("scenario_time: D+1 10:00", f"scenario_time: {second}", text)
    assert [rule for rule, *_ in doubted(tmp_path, text)] == ["story-backwards"] * backwards
    tied = changed("format: 1", "format: 1\nd_day: 2026-08-22\nh_hour: D+0 00:00", text)
    assert [rule for rule, *_ in doubted(tmp_path, tied)] == ["story-backwards"] * backwards


@pytest.mark.parametrize(("second", "backwards"), [("D+0 09:00", False), ("D+0 08:59", True)])
def test_a_day_ties_dates_and_days_together(tmp_path: Path, second: str, backwards: bool) -> None:
    text = changed("scenario_time: D+1 09:00", "scenario_time: 2026-08-22T09:00+09:00", CALM)
    text = changed("scenario_time: D+1 10:00", f"scenario_time: {second}", text)
    tied = changed("format: 1", "format: 1\nd_day: 2026-08-22", text)
    assert [rule for rule, *_ in doubted(tmp_path, tied)] == ["story-backwards"] * backwards


def test_what_may_not_happen_or_may_happen_at_any_time_does_not_turn_the_story_back(tmp_path: Path) -> None:
    later = "scenario_time: D+9 09:00"
    base = changed("        title: An echo\n", "        title: An echo\n        at: 6\n", CALM)
    pocket = changed(
        *more(
            f"{{id: e, title: E, kind: contingency, {later}}}\n      - {{id: f, title: F, scenario_time: D+2, at: 9}}"
        ),
        base,
    )
    assert doubted(tmp_path, pocket) == []
    maybe = changed("        title: An echo\n", f"        title: An echo\n        {later}\n", base)
    maybe = changed(*more("{id: f, title: F, scenario_time: D+2, at: 9}"), maybe)
    assert doubted(tmp_path, maybe) == []
