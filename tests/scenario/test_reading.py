"""Reading YAML: what is taken as it stands, what is refused, and where."""

from __future__ import annotations

import os
import re
import time
import unicodedata
from pathlib import Path

import pytest
from exercise_writing import SMALL, changed, fault, loading, told, written
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import UsageError
from tabletop.scenario.loading import load
from tabletop.scenario.model import exercise_as_json
from tabletop.scenario.reading import LARGEST, MOST, read_file, read_yaml
from tabletop.scenario.reading.nodes import Map, Scalar

STEERING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")

# --- values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["no", "1:30", "1.10", "007", "2026-08-22", "true", "~", "NULL", "0x1F", ".inf", "1e3"]
)
def test_a_text_takes_its_characters_as_written(tmp_path: Path, text: str) -> None:
    loaded = loading(tmp_path, changed("title: The drill", f"title: {text}"))
    assert loaded.exercise is not None
    assert loaded.exercise.title == text


@pytest.mark.parametrize(("written", "number"), [("7", 7), ("+7", 7), ("-1", -1), ("010", 10), ("0", 0)])
def test_a_whole_number_is_decimal_with_or_without_a_sign(tmp_path: Path, written: str, number: int) -> None:
    loaded = loading(tmp_path, changed("start: 5", f"start: {written}\n    min: -9\n    max: 99"))
    assert loaded.exercise is not None
    assert loaded.exercise.tracks[0].start == number


@pytest.mark.parametrize("written", ["0x10", "1_000", "5.0", "1e1", "five", '"5"', "'5'", "[5]", "٥", "9" * 5000])
def test_what_is_no_whole_number_is_a_wrong_type(tmp_path: Path, written: str) -> None:
    assert told(tmp_path, changed("start: 5", f"start: {written}")) == [("wrong-type", 12, 12, "tracks[0].start")]


@pytest.mark.parametrize("written", ["yes", "True", "on", "1", '"true"'])
def test_a_truth_value_is_true_or_false_and_nothing_else(tmp_path: Path, written: str) -> None:
    text = changed("question: Well?", f"question: Well?\n            open: {written}")
    assert told(tmp_path, text) == [("wrong-type", 24, 19, "moves[0].injects[0].decisions[0].open")]


@pytest.mark.parametrize(
    ("written", "minutes"), [("15", 15), ("15m", 15), ("1h30m", 90), ("2h", 120), ("1:30", 90), ("0:05", 5)]
)
def test_a_duration_is_read_as_whole_minutes(tmp_path: Path, written: str, minutes: int) -> None:
    loaded = loading(tmp_path, changed("minutes: 20", f"minutes: {written}"))
    assert loaded.exercise is not None
    assert loaded.exercise.moves[0].minutes == minutes


@pytest.mark.parametrize("written", ["-5", "1:60", "1.5h", "15 m", "90s", "m", "1h 30m", "soon", "9" * 5000])
def test_what_is_no_duration_is_a_wrong_type(tmp_path: Path, written: str) -> None:
    assert told(tmp_path, changed("minutes: 20", f"minutes: {written}")) == [("wrong-type", 16, 14, "moves[0].minutes")]


@pytest.mark.parametrize("nothing", ["null", ""])
def test_a_plain_null_or_nothing_means_that_the_key_is_not_there(tmp_path: Path, nothing: str) -> None:
    loaded = loading(tmp_path, changed("title: The drill", f"title: The drill\nsummary: {nothing}\nzone: {nothing}"))
    assert loaded.exercise is not None
    assert "summary" not in exercise_as_json(loaded.exercise)
    assert told(tmp_path, changed("title: The drill", f"title: {nothing}")) == [("missing-key", 1, 1, "")]


@pytest.mark.parametrize("quoted", ['"null"', "'null'", '""'])
def test_a_quoted_null_is_a_text(tmp_path: Path, quoted: str) -> None:
    loaded = loading(tmp_path, changed("title: The drill", f"title: {quoted}"))
    assert loaded.exercise is not None
    assert loaded.exercise.title == quoted[1:-1]


@pytest.mark.parametrize("entry", ["", " null"])
def test_an_empty_entry_of_a_list_is_told(tmp_path: Path, entry: str) -> None:
    text = changed("title: The drill", f"title: The drill\nauthors:\n  - A\n  -{entry}\n  - B")
    [(rule, line, _, path)] = told(tmp_path, text)
    assert (rule, line, path) == ("wrong-type", 6, "authors[1]")


def test_texts_are_normalised_to_nfc(tmp_path: Path) -> None:
    loaded = loading(tmp_path, changed("title: The drill", "title: Cafe\u0301"))
    assert loaded.exercise is not None
    assert loaded.exercise.title == "Caf\u00e9"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_any_text_in_single_quotes_is_taken_as_it_is(text: str) -> None:
    node, faults = read_yaml(("a: '" + text.replace("'", "''") + "'\nb: c").encode(), "f")
    if STEERING.search(text):
        assert {fault.rule for fault in faults} == {"refused-yaml"}
        return
    assert not faults
    assert isinstance(node, Map)
    assert node["b"].place.line == 2
    kept = node["a"]
    assert isinstance(kept, Scalar)
    if "  " not in text and text.strip() == text:
        assert kept == unicodedata.normalize("NFC", text)


# --- what is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ("title: Again", "duplicate-key", 1),
        ("summary: &a text", "refused-yaml", 10),
        ("summary: *a", "refused-yaml", 10),
        ("<<: {zone: KST}", "refused-yaml", 1),
        ("summary: !!str text", "refused-yaml", 10),
        ("summary: ! text", "refused-yaml", 10),
        ("authors: !x [A]", "refused-yaml", 10),
        ("authors: &x [A]", "refused-yaml", 10),
        ("? [a, b]\n: c", "refused-yaml", 3),
        ('summary: "a\\eb"', "refused-yaml", 10),
        ('summary: "a\\rb"', "refused-yaml", 10),
        ('summary: "a\\u202eb"', "refused-yaml", 10),
        ("summary: a\x1bb", "refused-yaml", 11),
        ("summary: a\x7fb", "refused-yaml", 11),
        ("summary: a\x9bb", "refused-yaml", 11),
        ("summary: a\u202eb", "refused-yaml", 11),
        ("summary: a\u2066b", "refused-yaml", 11),
        ("summary: a\ufeffb", "refused-yaml", 11),
        ("summary: 서울 😀 \x00", "refused-yaml", 15),
        ("summary: a: b", "not-yaml", 11),
        ("summary: 'open", "not-yaml", 10),
        ("summary: @a", "not-yaml", 10),
        ("authors: [A", "not-yaml", 10),
        ("authors: {a: >= 4}", "not-yaml", 14),
        ("summary: >= 4", "not-yaml", 10),
        ("summary: %a", "not-yaml", 10),
        (" summary: a", "not-yaml", 9),
    ],
)
def test_what_an_exercise_has_no_use_for_is_refused_where_it_stands(
    tmp_path: Path, line: str, rule: str, column: int
) -> None:
    one = fault(tmp_path, changed("title: The drill", f"title: The drill\n{line}"))
    assert (one.rule, one.line, one.column) == (rule, 4, column)
    assert one.help


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("name: Seoul", "name: &a Seoul", "cells[0].name"),
        ("  - id: jpn\n    name: Tokyo", "  - *a", "cells[1]"),
        ("{trust: +1}", "!x {trust: +1}", "moves[0].injects[0].decisions[0].options[0].effects"),
        ("{trust: +1}", '{trust: "\\e"}', "moves[0].injects[0].decisions[0].options[0].effects.trust"),
        ("name: Tokyo", "id: tyo\n    name: Tokyo", "cells[1].id"),
    ],
)
def test_what_is_refused_bears_the_path_of_its_key(tmp_path: Path, old: str, new: str, path: str) -> None:
    assert fault(tmp_path, changed(old, new)).path == path


def test_a_harmless_escape_and_a_percent_are_texts(tmp_path: Path) -> None:
    loaded = loading(tmp_path, changed("title: The drill", 'title: "a\\tb\\n\\u00e9 & * ! <<"'))
    assert loaded.exercise is not None
    assert loaded.exercise.title == "a\tb\n\u00e9 & * ! <<"


def test_quoted_merge_signs_are_an_unknown_key(tmp_path: Path) -> None:
    assert told(tmp_path, changed("title: The drill", 'title: The drill\n"<<": x')) == [("unknown-key", 4, 1, "<<")]


def test_a_second_document_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path, SMALL + "---\nmore: text\n") == [("refused-yaml", SMALL.count("\n") + 1, 1, "")]


def nested(levels: int) -> str:
    return "a: " + "[" * (levels - 1) + "]" * (levels - 1)


def test_nesting_goes_down_to_thirty_two_levels() -> None:
    assert read_yaml(nested(32).encode(), "f")[1] == []
    [one] = read_yaml(nested(33).encode(), "f")[1]
    assert (one.rule, one.line, one.column) == ("refused-yaml", 1, 3 + 32)


def test_a_million_brackets_are_refused_like_forty() -> None:
    assert [one.rule for one in read_yaml(b"[" * 1_000_000, "f")[1]] == ["refused-yaml"]


@pytest.mark.parametrize("piece", ["\x01", "a\x07\n", "- !x 1\n", "- &a 1\n", "- *a\n", "a: 1\n", '- "\\x01"\n'])
def test_a_file_of_nothing_but_faults_is_told_as_far_as_anyone_reads_and_at_once(piece: str) -> None:
    raw = piece.encode() * (LARGEST // len(piece.encode()))
    begun = time.process_time()
    assert len(read_yaml(raw, "f")[1]) == MOST
    assert time.process_time() - begun < 2


def test_a_file_past_ten_mebibytes_is_refused(tmp_path: Path) -> None:
    small = SMALL.encode()
    assert told(tmp_path, small + b"#" * (LARGEST - len(small))) == []
    assert told(tmp_path, small + b"#" * (LARGEST + 1 - len(small))) == [("refused-yaml", 1, 1, "")]


def test_bytes_that_are_not_utf_8_are_refused_at_the_byte(tmp_path: Path) -> None:
    raw = changed("title: The drill", "title: 한국 X").encode().replace(b"X", b"\xff")
    assert told(tmp_path, raw) == [("refused-yaml", 3, 11, "")]
    assert told(tmp_path, b"\xef\xbb\xbf" + raw) == [("refused-yaml", 3, 11, "")]
    assert told(tmp_path, "format: 1".encode("utf-16")) == [("refused-yaml", 1, 1, "")]


# --- places ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["한국어", "日本語", "😀", "e\u0301", "a\u2028b", "\ufdd0\u2029"])
def test_columns_count_characters_whatever_their_width(tmp_path: Path, before: str) -> None:
    line = f'  - {{id: rok, name: "{before}", rule: 1}}'
    text = changed("  - id: rok\n    name: Seoul", line)
    assert told(tmp_path, text) == [("unknown-key", 5, line.index("rule") + 1, "cells[0].rule")]


def test_windows_line_ends_and_a_byte_order_mark_change_no_place(tmp_path: Path) -> None:
    text = changed("start: 5", "start: five").replace("\n", "\r\n")
    assert told(tmp_path, text) == [("wrong-type", 12, 12, "tracks[0].start")]
    assert told(tmp_path, "\ufeff" + text) == [("wrong-type", 12, 12, "tracks[0].start")]
    assert told(tmp_path, text.replace("\r\n", "\r")) == [("wrong-type", 12, 12, "tracks[0].start")]


def test_a_control_character_is_placed_alike_whatever_ends_the_lines(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        assert told(tmp_path, changed("The drill", "The \x1bdrill").replace("\n", end)) == [("refused-yaml", 3, 12, "")]


def test_a_tab_as_indent_is_told_in_plain_words(tmp_path: Path) -> None:
    one = fault(tmp_path, changed("    name: Seoul", "\tname: Seoul"))
    assert (one.rule, one.line, one.column) == ("not-yaml", 6, 1)
    assert "tab" in one.message


def test_a_fault_at_the_end_of_a_file_lies_in_the_file(tmp_path: Path) -> None:
    one = fault(tmp_path, "a: {b: [c")
    assert (one.line, one.column) == (1, 8)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "\ufeff", "null", "---\n...\n"])
def test_an_empty_file_is_told_at_its_start(tmp_path: Path, text: str) -> None:
    one = fault(tmp_path, text)
    assert (one.rule, one.line, one.message) == ("wrong-type", 1, "The file is empty.")


@pytest.mark.parametrize("text", ["- a\n- b\n", "a text", "42", "[]"])
def test_a_file_that_holds_no_map_is_no_exercise(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == [("wrong-type", 1, 1, "")]


# --- files that cannot be read -------------------------------------------------------------------------


def test_a_folder_a_missing_file_and_a_name_that_cannot_be_are_said_plainly(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path, "is a folder, and a file is wanted"),
        (tmp_path / "gone.yaml", "There is no file"),
        (written(tmp_path, "") / "below.yaml", "cannot be read: Not a directory"),
        (tmp_path / ("n" * 300), "cannot be read: File name too long"),
        (tmp_path / "a\0b", "cannot be read: no file can have that name"),
    ]:
        with pytest.raises(UsageError, match=words) as raised:
            read_file(path)
        assert raised.value.remedy


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(UsageError, match="is a pipe or a device"):
        load(tmp_path / "pipe.yaml")
