"""The report as a page: proof against what people wrote, whole in itself, and open to every reader."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tabletop.cli import main
from tabletop.documents.html.lines import log_lines
from tabletop.documents.html.page import as_html
from tabletop.documents.markdown import as_markdown
from tabletop.documents.report.as_json import report_json
from tabletop.documents.report.building import after_action_report
from tabletop.errors import TabletopError
from tabletop.journal.reading import Damage, Reading
from tabletop.review.reviewing import review

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
HOSTILE = [
    "<script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "\"><svg onload=document.title='ran'>",
    "' onmouseover='document.title=`ran`' autofocus onfocus='document.title=`ran`",
    "[x](javascript:document.title='ran')",
    "</style></title></pre></details><script>document.title='ran'</script>",
    "{{ 7 * 7 }}{% for x in y %}",
    "<iframe srcdoc=\"<script>parent.document.title='ran'</script>\"></iframe>",
    "&lt;script&gt;document.title='ran'&lt;/script&gt;",
]


def page(read: Reading) -> str:
    return as_html(after_action_report(review(read.events, read.head), read), log_lines(read.events))


class Seen(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def report(sample: ModuleType) -> str:
    return page(sample.reading(sample.PLAYED))


def everywhere(lines: list[Any], text: str) -> list[Any]:
    """The session with a text at the end of every text that people write, and of what the exercise says."""
    told = {"text", "title", "name", "role", "rationale", "view", "reason", "analysis", "action", "owner", "due"}
    told |= {"question", "summary", "background", "capability", "consequence", "marking", "dissent", "briefing"}

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {each: changed(inner, each) for each, inner in value.items()}
        if isinstance(value, list):
            return [changed(inner, key) for inner in value]
        listed = key in {"expects", "hot_wash", "strengths", "tasks", "authors", "topics"}
        return f"{value} {text}" if isinstance(value, str) and (key in told or listed) else value

    return [(clock, kind, changed(data)) for clock, kind, data in lines]


def test_nothing_that_people_wrote_runs_in_a_browser(sample: ModuleType, opened: Callable[[str], str]) -> None:
    text = page(sample.reading(everywhere(sample.PLAYED, " ".join(HOSTILE))))
    for shown in (text, POLICY.sub("", text)):  # neither with the page's policy nor by it alone
        dumped = opened(shown)
        assert "after-action report" in dumped
        assert not re.search(r"<title>ran</title>", dumped)


def test_the_probe_would_have_been_seen(report: str, opened: Callable[[str], str]) -> None:
    bare = POLICY.sub("", report).replace("</main>", f"{HOSTILE[0]}</main>")
    assert "<title>ran</title>" in opened(bare)


def test_hostile_texts_make_no_tag_and_no_attribute(report: str, sample: ModuleType) -> None:
    clean = {(tag, *sorted(attrs)) for tag, attrs in Seen(report).tags}
    dirty = {
        (tag, *sorted(attrs)) for tag, attrs in Seen(page(sample.reading(everywhere(sample.PLAYED, HOSTILE[0])))).tags
    }
    assert dirty <= clean | {("p",), ("br",)}
    assert "{{ 7 * 7 }}" in page(sample.reading(everywhere(sample.PLAYED, HOSTILE[6])))


def test_what_steers_a_screen_is_nowhere_in_the_page(sample: ModuleType) -> None:
    text = page(sample.reading(everywhere(sample.PLAYED, "\x1b[31m\u202ered\x9b")))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_the_page_needs_nothing_else(report: str) -> None:
    seen = Seen(report)
    assert [tag for tag, _ in seen.tags if tag in ("script", "link", "img", "iframe", "object", "form")] == []
    assert "@import" not in report
    leads = [attrs[key] or "" for _, attrs in seen.tags for key in ("href", "src", "xlink:href") if key in attrs]
    assert [lead for lead in leads if not lead.startswith("#")] == []


def test_links_of_the_exercise_stand_as_they_were_written(sample: ModuleType) -> None:
    text = page(sample.reading(everywhere(sample.PLAYED, "[here](https://example.org) <https://example.org>")))
    assert 'href="https' not in text
    assert "[here](https://example.org)" in text


def test_every_reference_leads_to_its_line(report: str) -> None:
    seen = Seen(report)
    ids = [attrs["id"] for _, attrs in seen.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    leads = {(attrs["href"] or "")[1:] for attrs in seen.of("a")}
    assert leads <= set(ids)
    assert {"6", "7", "10", "31"} <= leads
    assert [attrs["id"] for attrs in seen.of("details") if "id" in attrs] == [str(seq) for seq in range(34)]


def test_a_line_stands_as_in_the_log_without_what_the_room_was_never_given(sample: ModuleType) -> None:
    written = {"id": "w", "title": "W", "text": "Seen", "private": {"north": "Unseen"}, "notes": "For control"}
    lines = [*sample.PLAYED[:26], (960, "inject_written", {"inject": written}), (970, "session_closed", {})]
    text = page(sample.reading(lines))
    assert "&#34;type&#34;: &#34;inject_written&#34;" in text
    assert "&#34;text&#34;: &#34;Seen&#34;" in text
    assert "Unseen" not in text
    assert "For control" not in text
    assert "Left out here: what control alone saw of it." in text
    assert "Left out here: the exercise as it was played." in text


def test_a_consequence_that_nobody_heard_is_nowhere_in_the_page(sample: ModuleType) -> None:
    unread = [event for event in sample.PLAYED if event[1] != "consequence_read"]
    assert "The line is open." not in page(sample.reading(unread))


def test_headings_go_down_one_step_at_a_time(report: str) -> None:
    levels = [int(tag[1]) for tag, _ in Seen(report).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_language_and_a_way_past_the_contents(report: str) -> None:
    seen = Seen(report)
    assert seen.of("html") == [{"lang": "en"}]
    assert {tag for tag, _ in seen.tags} >= {"header", "nav", "main", "footer"}
    assert seen.of("a")[0] == {"class": "skip", "href": "#report"}
    assert all(attrs.get("scope") in ("col", "row") for attrs in seen.of("th"))


def test_texts_in_korean_and_japanese_say_so(sample: ModuleType) -> None:
    lines = [
        *sample.PLAYED[:29],
        (1600, "hot_wash_noted", {"text": "조용했다"}),
        (1601, "hot_wash_noted", {"text": "静かだった"}),
    ]
    text = page(sample.reading(lines))
    assert '<span lang="ko">조용했다</span>' in text
    assert '<span lang="ja">静かだった</span>' in text


def test_authors_bold_words_are_bold(sample: ModuleType) -> None:
    text = page(sample.reading(everywhere(sample.PLAYED, "of **designated units**")))
    assert "Nobody knows why." in text
    assert "of <strong>designated units</strong>" in text


def test_the_marking_is_set_on_every_printed_page_and_cannot_leave_the_style(sample: ModuleType) -> None:
    text = page(sample.reading(everywhere(sample.PLAYED, '"; } </style><b>')))
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert '@top-center { content: "UNCLASSIFIED' in style
    assert "\\22 \\3b" in style


def test_every_chart_has_its_table(report: str) -> None:
    seen = Seen(report)
    charts = [attrs for attrs in seen.of("svg") if attrs.get("role") == "img"]
    assert len(charts) == 6
    assert report.count("The numbers behind this chart") == 6


def test_damage_stands_on_the_first_page(sample: ModuleType) -> None:
    text = page(sample.reading(sample.PLAYED[:20], Damage(21, "an event was expected.")))
    first = text.partition('<nav aria-label="Contents">')[0]
    assert "The log is damaged: line 21" in first
    assert "The session was not closed" in first


def test_a_session_that_was_only_opened_makes_a_page_without_charts(sample: ModuleType) -> None:
    text = page(sample.reading([sample.OPENED]))
    assert "and play did not start." in text
    assert "<figure>" not in text


def test_the_same_log_makes_the_same_page(report: str, sample: ModuleType) -> None:
    assert report == page(sample.reading(sample.PLAYED))


def test_nothing_is_wider_than_a_narrow_screen(sample: ModuleType, opened: Callable[[str], str]) -> None:
    long = "Donaudampfschifffahrtsgesellschaft" * 4
    text = page(sample.reading(everywhere(sample.PLAYED, long)))
    frame = f'<iframe id="f" style="width:320px;height:900px;border:0" srcdoc="{escape(text)}"></iframe>'
    measure = "f.onload = () => { document.title = f.contentDocument.documentElement.scrollWidth }"
    title = re.search(r"<title>(\d+)</title>", opened(f"<title></title>{frame}<script>{measure}</script>"))
    assert title is not None
    assert int(title[1]) <= 320


@pytest.mark.parametrize("library", ["jinja2", "matplotlib"])
def test_a_library_that_is_not_installed_is_told_in_one_sentence(
    library: str, sample: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == library or name.endswith("html.inline")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(TabletopError, match=r"not installed\..*pip install 'tabletop\[html\]'"):
        page(sample.reading(sample.PLAYED))


def test_the_other_formats_load_none_of_its_libraries(sample: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "gate-1.jsonl"
    log.write_bytes(sample.journal(sample.PLAYED).lines())
    program = (
        "import sys; from tabletop.cli import main; code = main(['report', sys.argv[1]]);"
        "sys.exit(code or [name for name in ('jinja2', 'matplotlib', 'markdown_it') if name in sys.modules] or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program, log], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


BROKEN = {
    "unfinished": lambda raw: b"".join(raw.splitlines(keepends=True)[:20]),
    "torn": lambda raw: b"".join(raw.splitlines(keepends=True)[:20]) + b'{"seq":20,',
    "damaged": lambda raw: raw.replace(b"Nobody called", b"Nobody smiled"),
}


@pytest.mark.parametrize("form", ["md", "json", "html"])
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("unfinished", ["The session was not closed"]),
        ("torn", ["breaks off within its last command", "The session was not closed"]),
        ("damaged", ["The log is damaged: line 15", "The session was not closed"]),
    ],
)
def test_a_broken_log_is_reported_on_and_its_first_page_says_what_is_missing(
    form: str, fault: str, words: list[str], sample: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "gate-1.jsonl"
    log.write_bytes(BROKEN[fault](sample.journal(sample.PLAYED).lines()))
    assert main(["report", str(log), "--format", form]) == (1 if fault == "damaged" else 0)
    text = capsys.readouterr().out
    first = {"md": "\n## ", "json": '"summary"', "html": "<nav"}[form]
    assert all(word in text.partition(first)[0] for word in words)


@pytest.mark.parametrize("form", ["md", "json", "html"])
def test_entries_and_versions_that_are_not_known_are_named_on_the_first_page(form: str, sample: ModuleType) -> None:
    read = sample.reading([*sample.PLAYED, (1, "weather_changed", {"to": "<b>rain</b>"})])
    read = replace(read, newer=True)
    seen = review(read.events, read.head)
    text = {
        "md": lambda: as_markdown(after_action_report(seen, read)),
        "json": lambda: report_json(seen, read),
        "html": lambda: page(read),
    }[form]()
    first = text.partition({"md": "\n## ", "json": '"summary"', "html": "<nav"}[form])[0]
    assert "A newer version of tabletop wrote this log" in first
    assert "The log holds 1 entry that this version does not know" in first


@pytest.mark.parametrize("raw", [b"", b"hello\n", b"\x00\xff"], ids=["empty", "text", "bytes"])
@pytest.mark.parametrize("form", ["md", "json", "html"])
def test_what_is_no_log_is_refused_in_one_sentence(
    form: str, raw: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "nothing.jsonl"
    log.write_bytes(raw)
    assert main(["report", str(log), "--format", form]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("tabletop: ")
    assert "Traceback" not in said.err
