"""The after-action report, read as its reader does."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.documents.markdown import as_markdown
from tabletop.documents.report.as_json import report_json
from tabletop.documents.report.building import after_action_report
from tabletop.documents.words import bare, quoted, times
from tabletop.journal.reading import Damage, Reading, Torn, parse
from tabletop.review.reviewing import review
from tabletop.scenario.model import exercise_from_json
from tabletop.session.choosing import Choices
from tabletop.session.rehearsal import rehearsal_log

GOLDEN = Path(__file__).parent / "gate.md"


def written(read: Reading) -> str:
    return as_markdown(after_action_report(review(read.events, read.head), read))


def part(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    _, _, after = text.partition(f"# {heading}\n\n")
    return after.partition("\n#")[0].strip()


@pytest.fixture
def report(sample: ModuleType) -> str:
    return written(sample.reading(sample.PLAYED))


def test_the_whole_report_is_as_agreed(report: str) -> None:
    # To accept a change: python tests/documents/accept.py, then read the difference.
    assert report == GOLDEN.read_text(encoding="utf-8")


def test_the_sections_stand_in_hseep_s_order(report: str) -> None:
    assert [line for line in report.splitlines() if line.startswith("## ")] == [
        "## 1. Executive summary",
        "## 2. Exercise overview",
        "## 3. Objectives and ratings",
        "## 4. Observations by objective",
        "## 5. Decisions",
        "## 6. Timeline",
        "## 7. Tracks",
        "## 8. Facts, assumptions, arguments and rulings",
        "## 9. Hot wash",
        "## Appendix A: Improvement plan",
        "## Appendix B: Participants",
        "## Appendix C: Participant feedback",
        "## Appendix D: Corrections",
        "## Appendix E: How the record was kept",
    ]


def test_the_marking_stands_first_and_last(report: str) -> None:
    marking = "**UNCLASSIFIED // FOR EXERCISE USE ONLY**"
    assert report.startswith(f"{marking}\n")
    assert report.endswith(f"\n{marking}\n")


def test_a_revised_decision_shows_both_answers_and_the_dissent(report: str) -> None:
    assert part(report, "North") == "\n".join(
        [
            "- **Choice:** “Call at once”, at 0:07:00, revising #7 (#10).",
            "- **Rationale:** South is waiting.",
            "- **Decided by:** Ann.",
            "- **Time taken:** 6 min.",
            "- **Confidence:** high.",
            "- **Effect on tracks:** Trust 4 to 6.",
            "- **Consequence:** The line is open. It was read to South (#8).",
            "- **Not recorded:** any dissent.",
            "",
            "Earlier answers, oldest first:",
            "",
            "- 0:03:00: “Wait” (#7); revised by #10. Rationale: We know too little. Dissent: Bo: We should call.",
        ]
    )


def test_a_consequence_that_nobody_heard_stays_with_control(sample: ModuleType) -> None:
    unread = [event for event in sample.PLAYED if event[1] != "consequence_read"]
    assert "The line is open." not in written(sample.reading(unread))


def test_actions_that_nobody_marked_are_counted_and_not_listed(sample: ModuleType) -> None:
    unmarked = [event for event in sample.PLAYED if event[1] != "expectation_marked"]
    text = written(sample.reading(unmarked))
    assert "Expected actions:" not in text
    assert "Whether players took 1 expected action was not marked." in text


def test_what_was_taken_back_stands_in_the_corrections_alone(report: str) -> None:
    body, _, appendix = report.partition("## Appendix D: Corrections")
    assert "Taken back later" not in body
    assert "| #18 | withdrawn | #17 Note observed: Taken back later. | wrong room |" in appendix


def test_the_head_and_the_count_show_which_log_it_was(report: str, sample: ModuleType) -> None:
    assert f"| Head | **{sample.reading(sample.PLAYED).head}** |" in report
    assert "| Entries | 34 (#0 to #33) |" in report


def first_page(text: str) -> str:
    return text.partition("\n## ")[0]


def test_a_whole_record_has_no_notice(report: str) -> None:
    assert "**Note:**" not in report


def test_an_unfinished_session_says_so_on_the_first_page(sample: ModuleType) -> None:
    page = first_page(written(sample.reading(sample.PLAYED[:20])))
    assert "> **Note:** The session was not closed: the record ends on 24 November 2026, 09:19 UTC (#19)." in page


def test_damage_and_a_torn_end_stand_on_the_first_page(sample: ModuleType) -> None:
    page = first_page(written(sample.reading(sample.PLAYED, Damage(35, "an event was expected."))))
    assert "> **Note:** The log is damaged: line 35: an event was expected. This report covers" in page
    page = first_page(written(sample.reading(sample.PLAYED, None, Torn(35, 12, 9000))))
    assert "> **Note:** The log breaks off within its last command, at line 35: 12 bytes" in page


def test_a_session_that_was_only_opened_still_makes_a_report(sample: ModuleType) -> None:
    text = written(sample.reading([sample.OPENED]))
    assert "was opened (#0), and play did not start." in text
    for sentence in (
        "No decision was asked for or recorded.",
        "No strength and no area for improvement was recorded.",
        "No corrective action was agreed.",
        "No participant was recorded.",
        "No participant feedback was recorded.",
        "No remark of the hot wash was recorded.",
        "Nothing was undone, withdrawn or revised.",
    ):
        assert sentence in text


def test_entries_of_a_newer_version_are_shown_as_they_stand(sample: ModuleType) -> None:
    text = written(sample.reading([*sample.PLAYED, (1, "weather_changed", {"to": "rain | snow"})]))
    assert r"| #34 | weather\_changed | To: rain \| snow |" in text
    assert "> **Note:** The log holds 1 entry that this version does not know (#34)." in first_page(text)


def test_a_rehearsal_says_that_nobody_was_in_the_room(sample: ModuleType) -> None:
    exercise = exercise_from_json(sample.OPENED[2]["exercise"])
    log = rehearsal_log(exercise, 0, Choices())
    page = first_page(written(parse(log, Path("gate-rehearsal.jsonl"))))
    assert "> **Note:** This was a rehearsal: nobody was in the room" in page
    assert "Rehearsed by the program (#1)." in page


def test_text_from_the_log_is_never_markup(sample: ModuleType) -> None:
    note = (1, "hot_wash_noted", {"text": "<script>x</script>\n# Heading | `code`"})
    text = written(sample.reading([*sample.PLAYED, note]))
    assert "<script>" not in text
    assert "\n# Heading" not in text
    assert r"- &lt;script&gt;x&lt;/script&gt; # Heading \| \`code\` (#34)" in text


def test_the_json_report_holds_the_same_facts(sample: ModuleType) -> None:
    read = sample.reading(sample.PLAYED)
    value = json.loads(report_json(review(read.events, read.head), read))
    assert value["format"] == "tabletop-report/1"
    assert value["record"]["events"] == 34
    assert value["record"]["head"] == read.head
    [reply] = value["decisions"]
    north = reply["answers"][0]["answers"]
    assert [answer["entry"]["seq"] for answer in north] == [7, 10]
    assert north[0]["entry"]["data"]["dissents"] == [{"who": "Bo", "view": "We should call"}]
    ends = {track["id"]: (track["start"], track["end"]) for track in value["tracks"]}
    assert ends == {"trust": (6, 6), "cost": (2, 3)}
    assert {entry["seq"] for entry in value["timeline"]} == set(range(1, 34)) - {11, 17}


def test_the_json_report_holds_no_control_characters(sample: ModuleType) -> None:
    read = sample.reading([*sample.PLAYED, (1, "hot_wash_noted", {"text": "\x1b[31mred\u202e"})])
    value = json.loads(report_json(review(read.events, read.head), read))
    assert value["hot_wash"][-1]["data"]["text"] == "[31mred"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Wait", "“Wait”"),
        ('"Nothing is planned."', "“Nothing is planned.”"),
        ('"Yes," they said, "at once"', '“"Yes," they said, "at once"”'),
        ('"', '“"”'),
        ("", "“”"),
    ],
)
def test_what_is_a_quotation_already_is_not_quoted_twice(text: str, said: str) -> None:
    assert quoted(text) == said


def test_words_that_run_on_lose_their_full_stop() -> None:
    assert [bare(text) for text in ("Quiet. ", "Why?", "And then...")] == ["Quiet", "Why?", "And then..."]
    assert [times(number) for number in (1, 2, 3)] == ["once", "twice", "3 times"]
