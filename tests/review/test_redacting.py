"""A redacted log: nothing of what was taken out is in its bytes, and everything else is where it was."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from tabletop.documents.markdown import as_markdown
from tabletop.documents.report.as_json import report_json
from tabletop.documents.report.building import after_action_report
from tabletop.errors import TabletopError
from tabletop.journal import Event
from tabletop.journal.reading import Reading, parse
from tabletop.review.names import A_PARTICIPANT, Names, Person
from tabletop.review.redacting import WITHHELD, Redaction, redact
from tabletop.review.reviewing import review
from tabletop.session.entries import ENTRIES
from tabletop.session.evolve import fold

MINJI = Person("kim-minji", ("Kim Min-ji",), "ROK 1")
SATO = Person("sato", ("Sato Haru",), "Japan 1")


def read(redaction: Redaction) -> Reading:
    """The new log, proved."""
    reading = parse(redaction.raw, Path("new.jsonl"))
    assert reading.damage is None
    assert reading.torn is None
    assert (reading.head, len(reading.events)) == (redaction.head, redaction.events)
    return reading


def works(reading: Reading) -> str:
    """The report on a log that also folds; whatever is missing from it, nothing of that fails."""
    fold(reading.events)
    found = review(reading.events, reading.head)
    report_json(found, reading)
    return as_markdown(after_action_report(found, reading))


def forms(text: str) -> list[bytes]:
    """The ways in which a text can stand in a file: as it is, and escaped for JSON once and twice."""
    once = json.dumps(text)[1:-1]
    plain = json.dumps(text, ensure_ascii=False)[1:-1]
    return [text.encode(), plain.encode(), once.encode(), json.dumps(once)[1:-1].encode(), text.encode("utf-16-le")]


def holds(raw: bytes, text: str) -> bool:
    """Whether a text is in some bytes in any of these ways, in any case."""
    return any(form.lower() in raw.lower() for form in forms(text))


# --- names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Kim Min-ji spoke", "ROK 1 spoke"),
        ("KIM Minji spoke", "ROK 1 spoke"),
        ("Min ji's view", "ROK 1's view"),
        ("kim minji and kim", "ROK 1 and ROK 1"),
        ("MIN-JI, Kim", "ROK 1, ROK 1"),
        ("kim-minji wrote; kim_min_ji too", "ROK 1 wrote; ROK 1 too"),
        ("Haru-san and Ambassador Sato", "Japan 1-san and Ambassador Japan 1"),
        ("Kimchi, Satoshi, harum", "Kimchi, Satoshi, harum"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, changed: str) -> None:
    assert Names([MINJI, SATO]).replaced(text)[0] == changed


def test_a_name_in_an_unspaced_script_is_found_with_what_follows_it() -> None:
    names = Names([Person("p1", ("김민준",), "ROK 1"), Person("p2", ("田中一郎",), "Japan 1")])
    assert names.replaced("김민준이 말했다, 민준도; 田中一郎さん") == ("ROK 1이 말했다, ROK 1도; Japan 1さん", 3)
    decomposed = "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab"
    assert names.replaced(decomposed)[0] == "ROK 1"


def test_a_word_of_two_peoples_names_is_nobodys() -> None:
    names = Names([MINJI, Person("kim-2", ("Kim Tae",), "ROK 2")])
    assert names.replaced("Kim spoke to Tae")[0] == f"{A_PARTICIPANT} spoke to ROK 2"


def test_a_name_that_is_a_word_too_is_one_only_with_a_capital() -> None:
    names = Names([Person("p", ("Will Park",), "USA 1")])
    assert names.replaced("Will asks: will they park? PARK nods.")[0] == "USA 1 asks: will they park? USA 1 nods."
    assert names.replaced("will park")[0] == "USA 1"  # the whole name, in any case


def test_titles_and_particles_are_not_names() -> None:
    names = Names([Person("p", ("Dr. Anna van der Berg",), "EU 1")])
    assert names.replaced("the minister, Dr. Berg and van Dyke")[0] == "the minister, Dr. EU 1 and van Dyke"


def test_people_are_numbered_within_their_cell_and_never_twice(sample: ModuleType) -> None:
    lines = [
        *sample.PLAYED[:4],
        (0, "participant_joined", {"id": "cy", "name": "Cy", "cell": "north"}),
        (0, "participant_left", {"id": "ann"}),
        (0, "participant_joined", {"id": "ann", "name": "Ann Ola", "cell": "south"}),
        (0, "discussion_noted", {"text": "Ola and Bo, then Cy and Fay"}),
    ]
    reading = sample.reading(lines)
    done = read(redact(reading.events, reading.head, names=True))
    joined = [event.data for event in done.events if event.type == "participant_joined"]
    assert [data["name"] for data in joined] == ["North 1", "South 1", "Facilitator 1", "North 2", "North 1"]
    assert [data["id"] for data in joined] == ["north-1", "south-1", "facilitator-1", "north-2", "north-1"]
    assert done.events[-2].data["id"] == "north-1"
    assert done.events[-1].data["text"] == "North 1 and South 1, then North 2 and Facilitator 1"


def named(sample: ModuleType) -> list[tuple[float, str, dict[str, object]]]:
    """A session whose every kind of entry holds a name."""
    text = "Kim Min-ji, kim minji and KIM"
    return [
        sample.OPENED,
        (0, "participant_joined", {"id": "kim-minji", "name": "Kim Min-ji", "cell": "north", "role": "As Kim said"}),
        (0, "exercise_started", {}),
        (0, "move_started", {"move": "dawn"}),
        (9, "inject_written", {"inject": {"id": "rain", "title": text, "text": text, "to": ["north"]}}),
        (9, "inject_released", {"inject": "closed", "cells": ["north"], "tracks": {"trust": [6, 5]}}),
        (
            9,
            "decision_recorded",
            {
                "decision": "reply",
                "cells": ["north"],
                "option": "call",
                "decided_by": "kim-minji",
                "rationale": text,
                "dissents": [{"who": "Kim", "view": text}],
                "assumptions": [text],
                "newer": {"deep": [{text: text}]},
            },
        ),
        (9, "ruling_made", {"text": text, "about": text}),
        (9, "action_agreed", {"id": "a1", "action": text, "owner": text}),
        (9, "feedback_given", {"who": text, text: 5}),
        (9, "of_a_newer_version", {"said": text}),
        (9, "session_closed", {}),
    ]


def test_no_name_is_left_in_any_event_however_escaped(sample: ModuleType) -> None:
    reading = sample.reading(named(sample))
    done = redact(reading.events, reading.head, names=True)
    assert done.left == ()
    assert done.mentions > 20
    for name in ("kim", "minji", "min-ji"):
        assert not holds(done.raw, name)
    new = read(done)
    assert [event.type for event in new.events] == [event.type for event in reading.events]
    assert new.events[6].data["dissents"][0]["who"] == "North 1"
    assert new.events[6].data["option"] == "call"
    assert new.events[0].data["exercise"] == reading.events[0].data["exercise"]
    assert "North 1" in works(new)


def test_who_was_at_the_keys_is_a_role_too(sample: ModuleType) -> None:
    events = list(sample.reading(sample.PLAYED).events)
    note = events[14]
    events[14] = Event(note.seq, note.at, note.clock, "ann", note.type, note.data)
    done = read(redact(events, "0" * 64, names=True))
    assert done.events[14].by == "north-1"


def test_a_name_by_which_others_refer_is_told_and_stays(sample: ModuleType) -> None:
    lines = [*sample.PLAYED[:4], (0, "request_raised", {"id": "ann-asks", "cell": "north", "text": "How long?"})]
    reading = sample.reading(lines)
    done = redact(reading.events, reading.head, names=True)
    assert done.left == (4,)
    assert read(done).events[4].data["id"] == "ann-asks"


def test_names_of_others_are_taken_out_when_they_are_given(sample: ModuleType) -> None:
    reading = sample.reading([*sample.PLAYED[:4], (0, "discussion_noted", {"text": "Tanaka rang Ann"})])
    done = read(redact(reading.events, reading.head, others=["Tanaka Ken"]))
    assert done.events[4].data["text"] == f"{A_PARTICIPANT} rang North 1"


# --- what is withheld --------------------------------------------------------------------------------


def test_a_withheld_entry_leaves_its_place_and_its_type(sample: ModuleType) -> None:
    reading = sample.reading(sample.PLAYED)
    done = redact(reading.events, reading.head, chosen={14, 16})
    new = read(done)
    for seq in (14, 16):
        old = reading.events[seq]
        assert new.events[seq] == Event(seq, old.at, old.clock, old.by, "redacted", {"type": old.type})
    others = [seq for seq in range(1, len(new.events)) if seq not in (14, 16)]
    assert [new.events[seq] for seq in others] == [reading.events[seq] for seq in others]
    assert done.withheld == 2


def test_an_event_that_play_rests_on_keeps_what_play_needs(sample: ModuleType) -> None:
    reading = sample.reading(sample.PLAYED)
    new = read(redact(reading.events, reading.head, chosen={7, 10}))
    data = new.events[7].data
    assert data["rationale"] == data["decided_by"] == data["dissents"][0]["view"] == WITHHELD
    assert (data["option"], data["tracks"], data["cells"]) == ("wait", {"trust": [5, 4]}, ["north"])
    assert fold(new.events).play.tracks == fold(reading.events).play.tracks


def test_the_first_line_says_of_which_log_it_is_and_how_much_is_missing(sample: ModuleType) -> None:
    reading = sample.reading(sample.PLAYED)
    once = read(redact(reading.events, reading.head, chosen={14}))
    assert once.events[0].data["redacted"] == {
        "head": reading.head,
        "events": len(reading.events),
        "withheld": 1,
        "names": False,
    }
    twice = read(redact(once.events, once.head, names=True))
    assert twice.events[0].data["redacted"] == {
        "head": once.head,
        "events": len(reading.events),
        "withheld": 0,
        "names": True,
        "earlier": once.events[0].data["redacted"],
    }


def said(event: Event) -> list[str]:
    """The longer texts of an event."""
    texts = [text for text in event.data.values() if isinstance(text, str)]
    return [text for text in texts if len(text) > 9 and " " in text]


def test_whichever_event_is_withheld_nothing_of_it_is_left_and_the_log_still_works(sample: ModuleType) -> None:
    reading = sample.reading(sample.PLAYED)
    for event in reading.events[1:]:
        done = redact(reading.events, reading.head, chosen={event.seq})
        works(read(done))
        for text in said(event):
            assert not holds(done.raw, text), (event.seq, text)


def test_all_of_a_log_can_be_withheld_and_it_still_works(sample: ModuleType) -> None:
    reading = sample.reading([*named(sample)[:-1], *sample.PLAYED[4:]])
    for kinds in (ENTRIES - {"action_agreed", "feedback_given"}, {event.type for event in reading.events[1:]}):
        chosen = {event.seq for event in reading.events if event.type in kinds}
        works(read(redact(reading.events, reading.head, names=True, chosen=chosen)))


@pytest.mark.parametrize(
    "text", ["비밀: 항만을 닫는다", 'He said "no\\way"\nand left', "tab\there \u2028 end", "😀 a smile 😀"]
)
def test_a_withheld_text_is_in_the_file_in_no_form(sample: ModuleType, text: str) -> None:
    reading = sample.reading([*sample.PLAYED, (1800, "hot_wash_noted", {"text": text})])
    assert holds(sample.journal([*sample.PLAYED, (1800, "hot_wash_noted", {"text": text})]).lines(), text)
    done = redact(reading.events, reading.head, chosen={len(reading.events) - 1})
    assert not holds(done.raw, text)


def test_what_is_said_in_another_event_too_is_not_withheld_by_half(sample: ModuleType) -> None:
    again = (1800, "hot_wash_noted", {"text": "I repeat: Nobody called"})
    twice = [*sample.PLAYED[:14], (620, "discussion_noted", {"text": "Nobody called"}), again]
    reading = sample.reading(twice)
    with pytest.raises(TabletopError, match=r"What #14 says stands in #15 too, .* --text 14 15"):
        redact(reading.events, reading.head, chosen={14})
    read(redact(reading.events, reading.head, chosen={14, 15}))
