"""The after-action report, read as its reader does."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.documents.markdown import as_markdown
from tabletop.documents.report.as_json import report_json
from tabletop.documents.report.building import after_action_report
from tabletop.documents.words import bare, quoted, sentence, times
from tabletop.journal.event import Draft
from tabletop.journal.memory import MemoryJournal
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
        "## Appendix F: Expected actions that were not marked",
        "## Appendix G: What was read and given out",
    ]


def test_the_marking_stands_first_and_last(report: str) -> None:
    marking = "**UNCLASSIFIED // FOR EXERCISE USE ONLY**"
    assert report.startswith(f"{marking}\n")
    assert report.endswith(f"\n{marking}\n")


def test_a_revised_decision_shows_both_answers_and_the_dissent(report: str) -> None:
    assert part(report, "North") == "\n".join(
        [
            "- **Choice:** “Call at once”, at 0:07:00, in place of the answer in #7 (#10).",
            "- **Rationale:** South is waiting.",
            "- **Decided by:** Ann.",
            "- **Time taken:** 6 min.",
            "- **Confidence:** high.",
            "- **Effect on tracks:** Trust 4 to 6. In this, what the answer in #7 had done was taken back (Trust +1) "
            "before its own effect came (Trust +1).",
            "- **What followed:** The line is open.",
            "- **Read to:** South (#8).",
            "- **Not recorded:** any dissent.",
            "",
            "Earlier answers, oldest first:",
            "",
            "- 0:03:00: “Wait” (#7); revised by #10. Rationale: We know too little. Dissent: Bo: We should call.",
        ]
    )


def test_dissent_of_answers_that_no_longer_count_is_counted_apart(report: str) -> None:
    assert "Dissent is on record only on 1 earlier answer that no longer counts (#7)." in report


def test_the_reason_of_a_revised_answer_is_its_rationale(report: str) -> None:
    [row] = [line for line in report.splitlines() if line.startswith("| #10 | revised |")]
    assert row.endswith("| The new answer's rationale: South is waiting |")
    assert "In 1 case a later answer was put in place of an earlier one (#10); Appendix D has the reasons." in report


def test_what_was_written_on_the_spot_stands_in_its_move(sample: ModuleType) -> None:
    early = [
        (510, "inject_written", {"inject": {"id": "fog", "title": "Fog"}}),
        (520, "inject_released", {"inject": "fog", "cells": ["south"]}),
    ]
    text = written(sample.reading([*sample.PLAYED[:11], *early, (1700, "session_closed", {})]))
    table = text.partition("### Injects")[2].partition("### Entries")[0]
    titles = [line.split(" | ")[0].strip("| ") for line in table.splitlines() if line.startswith("| ")][2:]
    assert titles == ["The gate is closed", "Fog", "The queue grows", "A rumour", "A spare card", "The gate opens"]


def test_bold_words_of_the_exercise_are_bold_wherever_they_stand_alone(sample: ModuleType) -> None:
    raw = json.loads(json.dumps(sample.OPENED[2]))
    decision = raw["exercise"]["moves"][0]["injects"][0]["decisions"][0]
    decision["question"] = "How do you **reply**?"
    decision["options"][0] |= {"text": "Call **at once**", "consequence": "The **line** is open."}
    text = written(sample.reading([(0, "session_opened", raw), *sample.PLAYED[1:]]))
    assert "**Question:** How do you **reply**?" in text
    assert "- Call **at once**\n" in text
    assert "- **What followed:** The **line** is open." in text


def test_a_consequence_that_nobody_heard_stays_with_control(sample: ModuleType) -> None:
    unread = [event for event in sample.PLAYED if event[1] != "consequence_read"]
    assert "The line is open." not in written(sample.reading(unread))


def test_actions_that_nobody_marked_are_counted_and_listed_for_evaluators(sample: ModuleType) -> None:
    unmarked = [event for event in sample.PLAYED if event[1] != "expectation_marked"]
    text = written(sample.reading(unmarked))
    assert "Expected actions:" not in text
    assert "Whether players took 1 expected action was not marked; Appendix F lists what they were." in text
    assert "**The gate is closed**\n\n- South calls North." in text.partition("## Appendix F")[2]


def test_what_was_taken_back_is_told_as_that_and_counts_nowhere(report: str) -> None:
    told = [line for line in report.splitlines() if "Taken back later" in line or "“The queue grows” was given" in line]
    assert told == [
        "| #12 | 09:12:00 | 0:08:25 | Taken back: “The queue grows” was given to North (#11). |",
        "| #18 | 09:18:00 | 0:11:10 | Withdrawn: Observation: Taken back later (#17): wrong room. |",
        "| #12 | undone | “The queue grows” was given to North (#11) | None recorded |",
        "| #18 | withdrawn | Observation: Taken back later (#17) | wrong room |",
    ]


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
    for claim in (
        "No decision was asked for or recorded.",
        "No strength and no area for improvement was recorded.",
        "No corrective action was agreed.",
        "No participant was recorded.",
        "No participant feedback was recorded.",
        "No remark of the hot wash was recorded.",
        "Nothing was undone, withdrawn or revised.",
    ):
        assert claim in text


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


def test_a_rehearsal_with_notes_of_somebody_is_one_still(sample: ModuleType) -> None:
    played = [event for event in sample.PLAYED if event[1] in ("session_opened", "exercise_started", "move_started")]
    log = MemoryJournal()
    drafts = [Draft(kind, data, "2000-01-01T00:00:00.000Z", clock, "auto") for clock, kind, data in played]
    noted = Draft("hot_wash_noted", {"text": "Noted"}, "2000-01-01T00:00:00.000Z", 900, "facilitator")
    for seq, draft in enumerate([*drafts, noted]):
        log.append([draft], expect=seq)
    page = first_page(written(Reading(log.events, log.head, None, None, newer=False)))
    assert "> **Note:** This was a rehearsal" in page


def test_text_from_the_log_is_never_markup(sample: ModuleType) -> None:
    note = (1, "hot_wash_noted", {"text": "<script>x</script>\n# Heading | `code`"})
    text = written(sample.reading([*sample.PLAYED, note]))
    assert "<script>" not in text
    assert "\n# Heading" not in text
    assert "- &lt;script&gt;x&lt;/script&gt;\\\n  \\# Heading \\| \\`code\\` (#34)" in text


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
        ('"Yes," they said, "at once"', "“‘Yes,’ they said, ‘at once’”"),
        ('"A seismic event" and no more', "“‘A seismic event’ and no more”"),
        ('Say "mutual respect".', "“Say ‘mutual respect’.”"),
        ("", "“”"),
    ],
)
def test_quotations_within_quotations_have_single_marks(text: str, said: str) -> None:
    assert quoted(text) == said


def test_a_quotation_within_a_quotation_ends_its_sentence() -> None:
    assert sentence("It counts as “Let it stand. ‘The burden is real.’”") == (
        "It counts as “Let it stand. ‘The burden is real.’”"
    )


def test_words_that_run_on_lose_their_full_stop() -> None:
    assert [bare(text) for text in ("Quiet. ", "Why?", "And then...")] == ["Quiet", "Why?", "And then..."]
    assert [times(number) for number in (1, 2, 3)] == ["once", "twice", "3 times"]


def played_with(sample: ModuleType, *lines: tuple[float, str, dict[str, object]], start: int = 9) -> str:
    """The report on the session up to the answers, then these lines, then the close."""
    return written(sample.reading([*sample.PLAYED[:start], *lines, (1700, "session_closed", {})]))


ANSWER = {"decision": "reply", "cells": ["north", "south"]}


def test_an_answer_in_own_words_keeps_its_lines_and_says_what_it_counts_as(sample: ModuleType) -> None:
    page = "We call first.\n1. North rings.\n\n- South answers."
    text = played_with(sample, (400, "decision_recorded", {**ANSWER, "text": page}))
    assert "> We call first.\\\n> 1\\. North rings.\n>\n> \\- South answers." in text
    assert "in their own words, given in full below, which counts as none of the options, at 0:06:40 (#9)." in text
    assert "“We call first. / 1. North rings. / - South answers.”, which counts as none of the options" in text


def test_what_the_road_turned_on_is_told_with_the_choice_and_what_was_left_aside(sample: ModuleType) -> None:
    text = played_with(sample, (1300, "inject_released", {"inject": "rumour", "cells": ["north"]}))
    assert "| “A rumour” (#9) | North chose “Wait” in decision 1 (#7) |  |" in text
    assert "**Led to:** “A rumour” (#9)." in text
    assert "“Wait”, with 1 dissent (#7). It led to “A rumour” (#9)." in text


def test_a_branch_that_was_not_taken_says_for_which_case_it_was(sample: ModuleType) -> None:
    text = played_with(sample, (1250, "move_started", {"move": "dusk"}), start=6)
    assert "branch not taken: it was for the case that a cell chose “Wait” when asked “How do you reply?”" in text
    assert "1 stood on a branch that was not taken and 1 was kept in the pocket." in text


def test_a_release_against_its_condition_is_told_as_control_s_choice(sample: ModuleType) -> None:
    text = played_with(sample, (100, "inject_released", {"inject": "rumour", "cells": ["north"]}), start=7)
    assert "“A rumour” was given to North by control's choice, though its condition did not hold." in text
    assert "by control's choice, although it was for the case that a cell chose “Wait” in decision 1" in text


def test_a_change_that_was_lost_at_a_bound_says_so(sample: ModuleType) -> None:
    lost = (500, "inject_released", {"inject": "closed", "cells": ["north"], "tracks": {"trust": [0, 0]}})
    text = played_with(sample, lost, start=6)
    assert "Trust stayed at 0, its lowest value, so that a change was lost." in text
    assert "It was at its lowest value, 0, when 1 further change came to nothing (#6)." in text


def test_a_value_that_was_set_anew_is_not_called_lost(sample: ModuleType) -> None:
    text = played_with(sample, (500, "track_set", {"tracks": {"trust": [10, 10]}, "reason": "the vote"}))
    assert "Control set tracks by hand: the vote. Trust stayed at 10. |" in text


def test_a_consequence_that_was_read_twice_is_told_once_with_all_who_heard_it(sample: ModuleType) -> None:
    read = {"decision": "reply", "option": "call"}
    text = played_with(
        sample,
        (300, "decision_recorded", {"decision": "reply", "cells": ["south"], "option": "call"}),
        (301, "consequence_read", {**read, "cells": ["south"]}),
        (302, "consequence_read", {**read, "cells": ["south", "north"]}),
        start=8,
    )
    assert "- **What followed:** The line is open.\n- **Read to:** South and North (#9, #10)." in text
    assert "“Call at once”. What follows was read to South and North. |" in text
    assert text.count("The line is open.") == 1


def test_rulings_and_minutes_are_told_in_sentences(sample: ModuleType) -> None:
    text = played_with(
        sample,
        (300, "ruling_made", {"text": "It rains", "about": "the weather"}),
        (301, "ruling_made", {"text": "So be it", "method": "vote", "vote": {"for": 3, "against": 1}}),
        (302, "ruling_made", {"text": "It holds", "method": "roll", "roll": {"odds": 60, "seed": 4, "result": 61}}),
        (303, "time_granted", {"decision": "reply", "minutes": 2}),
    )
    assert "Control ruled on “the weather”: It rains." in text
    assert "Control ruled by a vote of 3 for, 1 against and 0 abstaining: So be it." in text
    assert "by a roll of 1 to 100 against odds of 60 %; it was 61, above them (seed 4): It holds." in text
    assert "2 more minutes given for “How do you reply?” |" in text


def test_ids_stay_out_where_things_are_named_that_were_taken_back(sample: ModuleType) -> None:
    asked = {"decision": "why", "cells": ["north"], "question": "Why?", "options": [{"id": "run", "text": "Run"}]}
    text = played_with(
        sample,
        (300, "decision_asked", asked),
        (301, "decision_recorded", {"decision": "why", "cells": ["north"], "option": "run"}),
        (302, "event_undone", {"undoes": [10]}),
        (303, "event_undone", {"undoes": [9]}),
    )
    assert "| undone | North, asked “Why?”: “Run” (#10) |" in text
    assert "| undone | North was asked: “Why?” (#9) |" in text


def test_what_was_given_out_stands_as_it_was_given(sample: ModuleType) -> None:
    text = played_with(
        sample,
        (300, "inject_reworded", {"inject": "queue", "title": "The queue", "text": "It is **long**.\n\n- Very."}),
        (301, "inject_released", {"inject": "queue", "cells": ["south"]}),
    )
    given = text.partition("## Appendix G")[2]
    assert "#### The queue\n\nGiven to South at 0:05:01 (#10).\n\nReworded by control (#9)." in given
    assert "It is **long**.\n\n- Very." in given


def test_who_was_entered_twice_is_one_participant(sample: ModuleType) -> None:
    again = (1, "participant_joined", {"id": "bo-2", "name": "Bo", "cell": "south"})
    decided = {"decision": "reply", "cells": ["south"], "option": "call", "decided_by": "Bo, Bo"}
    text = played_with(sample, again, (2, "decision_recorded", decided))
    assert "| South | Bo |  | player |  | #2, #9 |" in text
    assert "- **Decided by:** Bo." in text
    assert "3: 2 players and 1 facilitator." in text


def test_the_summary_begins_with_what_happened_and_ends_with_the_scenario(report: str) -> None:
    paragraphs = part(report, "1. Executive summary").split("\n\n")
    assert paragraphs[0].startswith("“The gate” was played on 24 November 2026 by 2 cells with 2 players.")
    assert paragraphs[-1] == "The scenario: Two capitals, one closed gate."


def test_the_json_report_tells_the_road_and_what_was_given_out(sample: ModuleType) -> None:
    lines = [*sample.PLAYED[:9], (1300, "inject_released", {"inject": "rumour", "cells": ["north"]})]
    read = sample.reading(lines)
    value = json.loads(report_json(review(read.events, read.head), read))
    [branch] = value["road"]
    assert (branch["inject"], branch["held"], branch["came"]) == ("rumour", True, 9)
    assert branch["because"] == [{"text": "North chose “Wait” in decision 1", "refs": [7]}]
    injects = {each["inject"]["id"]: each for each in value["injects"]}
    assert injects["rumour"]["given_out"]["title"] == "A rumour"
    assert injects["spare"]["became"] == "kept in the pocket"


def test_who_heard_a_consequence_is_told_for_the_answer_that_it_followed(sample: ModuleType) -> None:
    read = {"decision": "reply", "option": "call"}
    text = played_with(
        sample,
        (180, "decision_recorded", {"decision": "reply", "cells": ["north"], "option": "call"}),
        (181, "consequence_read", {**read, "cells": ["north"]}),
        (300, "decision_recorded", {"decision": "reply", "cells": ["south"], "option": "call"}),
        (301, "consequence_read", {**read, "cells": ["south"]}),
        start=7,
    )
    assert "- **What followed:** The line is open.\n- **Read to:** North (#8)." in text
    assert "- **What followed:** the same as for North, above.\n- **Read to:** South (#10)." in text
