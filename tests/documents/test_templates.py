"""An organisation's own templates: really changed ones of each format, broken ones, and ones that would read more."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Cm, RGBColor

from tabletop.cli.report import configure, run
from tabletop.errors import TabletopError, UsageError

MARKING = "UNCLASSIFIED // FOR EXERCISE USE ONLY"
Reported = Callable[..., bytes]


def report(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    configure(parser)
    return run(parser.parse_args([str(word) for word in words]))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped") / "templates"
    assert report("--init-template", folder) == 0
    return folder


@pytest.fixture
def folder(shipped: Path, tmp_path: Path) -> Path:
    """The shipped templates in a folder of their own, to be changed."""
    return Path(shutil.copytree(shipped, tmp_path / "ours"))


@pytest.fixture
def reported(sample: ModuleType, folder: Path, tmp_path: Path) -> Reported:
    """Writes the report by the folder's template, and gives its file."""
    log = tmp_path / "gate-1.jsonl"
    log.write_bytes(sample.journal(sample.PLAYED).lines())

    def written(form: str, *more: str) -> bytes:
        target = tmp_path / f"report-{len(list(tmp_path.iterdir()))}.{form}"
        assert report(log, "--template", folder, "--format", form, "-o", target, *more) == 0
        return target.read_bytes()

    return written


def changed(path: Path, before: str, after: str) -> int:
    """Put something in place of a text of a template; the line on which it stands."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def wrong(reported: Reported, form: str) -> str:
    with pytest.raises(TabletopError) as told:
        reported(form)
    assert "\n" not in told.value.sentence
    assert "Traceback" not in told.value.sentence
    return told.value.sentence


# --- the shipped ones --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["md", "html", "pdf"])
def test_the_shipped_templates_make_the_same_report_as_none(
    reported: Reported, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_template, plain = reported(form), tmp_path / f"plain.{form}"
    report(tmp_path / "gate-1.jsonl", "--format", form, "-o", plain)
    assert by_template == plain.read_bytes()


def test_templates_that_are_there_already_are_not_overwritten(folder: Path) -> None:
    changed(folder / "report.css", ":root", "/* ours */ :root")
    with pytest.raises(TabletopError, match="exists already and is not overwritten"):
        report("--init-template", folder)
    assert "/* ours */" in (folder / "report.css").read_text(encoding="utf-8")


def test_without_a_log_there_is_nothing_to_report_on(folder: Path) -> None:
    with pytest.raises(UsageError, match="No log is named"):
        report("--format", "md")
    with pytest.raises(UsageError, match="writes templates and makes no report"):
        report("gate-1", "--init-template", folder)


# --- really changed ones -----------------------------------------------------------------------------


def test_a_page_has_the_template_s_head_and_style(reported: Reported, folder: Path) -> None:
    changed(folder / "report.html.j2", "<h1>", '<p class="office">Office of {{ paper.title | upper }} & Co</p>\n<h1>')
    changed(folder / "report.css", ":root", ".office { color: #123456 }\n:root")
    page = reported("html").decode()
    assert '<p class="office">Office of THE GATE: AFTER-ACTION REPORT AND IMPROVEMENT PLAN & Co</p>' in page
    assert ".office { color: #123456 }" in page


def test_a_template_may_take_in_another_of_its_folder(reported: Reported, folder: Path) -> None:
    (folder / "letterhead.j2").write_text("<p>Room 12</p>", encoding="utf-8")
    changed(folder / "report.html.j2", "<h1>", '{% include "letterhead.j2" %}\n<h1>')
    assert "<p>Room 12</p>" in reported("html").decode()


def test_markdown_by_a_template_leaves_out_and_escapes(reported: Reported, folder: Path) -> None:
    path = folder / "report.md.j2"
    path.write_text(
        "{{ heading('Our report: ' ~ paper.title, 1) }}\n\n{{ '*' ~ paper.language ~ '*' }}\n\n"
        "{% for each in paper.sections if each.title == fixed('Decisions') %}\n"
        "{% for block in each.blocks %}{{ block | markdown }}{% endfor %}\n{% endfor %}",
        encoding="utf-8",
    )
    text = reported("md").decode()
    assert text.startswith("# Our report: The gate: after-action report and improvement plan\n\n\\*en\\*\n")
    assert "| No. | Question | Cell |" in text
    assert "Executive summary" not in text
    assert "| 번호 | 질문 | 팀 |" in reported("md", "--language", "ko").decode()


def test_a_pdf_is_set_by_the_template_with_its_logo(reported: Reported, folder: Path, tmp_path: Path) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="20">LOGO7</text></svg>'
    (folder / "logo.svg").write_text(logo, encoding="utf-8")
    changed(folder / "report.typ", "#v(2.2cm)", '#image("logo.svg", width: 3cm)\nOffice of gates')
    path = tmp_path / "ours.pdf"
    path.write_bytes(reported("pdf"))
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Office of gates" in text
    assert "LOGO7" in text
    assert MARKING in text


def restyled(folder: Path, change: Callable[[Any], None]) -> None:
    document = docx.Document(str(folder / "report.docx"))
    change(document)
    document.save(str(folder / "report.docx"))


def test_word_has_the_template_s_styles_header_and_page(reported: Reported, folder: Path) -> None:
    def ours(document: Any) -> None:
        document.styles["Heading 1"].font.color.rgb = RGBColor(0xAA, 0, 0)
        section = document.sections[0]
        section.page_width = Cm(25)
        line = section.header.add_paragraph("Office of gates, {ti")
        line.add_run("tle} / {reader}")

    restyled(folder, ours)
    made = docx.Document(BytesIO(reported("docx")))
    [section] = made.sections
    assert [line.text for line in section.header.paragraphs] == [MARKING, "Office of gates, The gate / Session gate-1"]
    assert section.footer.paragraphs[-1].text == MARKING
    assert made.styles["Heading 1"].font.color.rgb == RGBColor(0xAA, 0, 0)
    assert abs(sum(column.width for column in made.tables[0].columns) - Cm(25 - 4.4)) < Cm(0.1)
    text = "\n".join(line.text for line in made.paragraphs)
    assert "1. Executive summary" in text
    assert "This is the template" not in text


def test_the_marking_is_on_every_page_in_word_though_the_template_has_no_place_for_it(
    reported: Reported, folder: Path
) -> None:
    def bare(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = "Office of gates"
        for line in section.footer.paragraphs:
            line.text = ""

    restyled(folder, bare)
    [section] = docx.Document(BytesIO(reported("docx"))).sections
    assert [line.text for line in section.header.paragraphs] == [MARKING, "Office of gates"]
    assert section.first_page_header.paragraphs[0].text == MARKING


# --- wrong ones --------------------------------------------------------------------------------------


def test_what_is_missing_is_told_with_how_to_begin(reported: Reported, folder: Path, tmp_path: Path) -> None:
    (folder / "report.css").unlink()
    assert wrong(reported, "html") == f"{folder} has no report.css, which `--format html` takes."
    with pytest.raises(UsageError, match="is no folder"):
        report("gate-1", "--template", tmp_path / "nowhere")
    with pytest.raises(UsageError, match="`--format json` takes no template"):
        report("gate-1", "--template", folder, "--format", "json")


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_template_that_cannot_be_read_is_told_with_its_line(reported: Reported, folder: Path, form: str) -> None:
    path = folder / f"report.{form}.j2"
    line = changed(
        path, "{% for block in each.blocks %}" if form == "md" else "{% for part in paper.blocks %}", "{% fro %}"
    )
    assert wrong(reported, form).startswith(
        f"{path}:{line}: the template cannot be read: Encountered unknown tag 'fro'"
    )


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_template_that_asks_for_what_is_not_there_is_told_with_its_line(
    reported: Reported, folder: Path, form: str
) -> None:
    path = folder / f"report.{form}.j2"
    line = changed(path, "paper.title, 1" if form == "md" else "<h1>{{ paper.title }}", "{{ paper.tilte }}"
                   if form == "html" else "paper.tilte, 1")  # fmt: skip
    said = wrong(reported, form)
    assert said.startswith(f"{path}:{line}: the template asks for something that is not there: ")
    assert "has no attribute 'tilte'" in said


def test_a_filter_that_is_not_there_and_a_wrong_call_are_told(reported: Reported, folder: Path) -> None:
    path = folder / "report.html.j2"
    line = changed(path, "<h1>{{ paper.title }}", "<h1>{{ paper.title | shout }}")
    assert wrong(reported, "html") == f"{path}:{line}: the template cannot be read: No filter named 'shout'."
    changed(path, "| shout", "| words(1, 2, 3)")
    assert wrong(reported, "html").startswith(f"{path}:{line}: the template asks for something that is not there: ")


def test_a_typst_template_that_is_wrong_is_told_with_its_line(reported: Reported, folder: Path) -> None:
    path = folder / "report.typ"
    line = changed(path, "#v(2.2cm)", "#paper.tilte")
    said = wrong(reported, "pdf")
    assert said.startswith(f"{path}:{line}: the template cannot be set: dictionary does not contain key")
    changed(path, "#paper.tilte", "#let x = (")
    assert f"{path}:{line}: " in wrong(reported, "pdf")


def test_a_file_that_is_no_text_or_no_document_is_told(reported: Reported, folder: Path) -> None:
    (folder / "report.md.j2").write_bytes(b"one\ntwo \xff\n")
    assert wrong(reported, "md") == f"{folder / 'report.md.j2'}:2: the file is no text in UTF-8."
    (folder / "report.docx").write_bytes(b"no zip")
    assert wrong(reported, "docx") == f"{folder / 'report.docx'}: the file cannot be read as a Word document (.docx)."


def test_a_document_that_lacks_a_style_or_asks_for_an_unknown_value_is_told(reported: Reported, folder: Path) -> None:
    restyled(folder, lambda document: document.sections[0].header.add_paragraph("{logo}"))
    assert "the header or footer asks for {logo}, and what there is are {marking}, {title}" in wrong(reported, "docx")
    restyled(folder, lambda document: document.styles["Quiet"].delete())
    assert wrong(reported, "docx") == f"{folder / 'report.docx'} has no style 'Quiet', which the report needs."


# --- ones that would read or do more -----------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "{{ paper.__class__.__mro__ }}",
        "{{ fixed.__globals__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ chart.__init__.__globals__['__builtins__'] }}",
        "{{ '{0.__class__}'.format(paper) }}",
        "{{ (paper.blocks | map(attribute='__class__') | list)[0].__mro__ }}",
    ],
)
def test_a_page_s_template_runs_no_code(reported: Reported, folder: Path, code: str) -> None:
    path = folder / "report.html.j2"
    line = changed(path, "<h1>", f"{code}<h1>")
    assert wrong(reported, "html").startswith(f"{path}:{line}: the template ")


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret.j2", "report.css", "sub/../../secret.j2"])
def test_a_page_s_template_reads_no_other_file(reported: Reported, folder: Path, name: str) -> None:
    (folder.parent / "secret.j2").write_text("SECRET", encoding="utf-8")
    path = folder / "report.html.j2"
    line = changed(path, "<h1>", f'{{% include "{name}" %}}<h1>')
    assert wrong(reported, "html").startswith(f"{path}:{line}: the template asks for '{name}', and only templates")


@pytest.mark.parametrize("name", ["/../secret.txt", "../secret.txt", "/etc/passwd"])
def test_a_typst_template_reads_no_file_outside_its_folder(reported: Reported, folder: Path, name: str) -> None:
    (folder.parent / "secret.txt").write_text("SECRET", encoding="utf-8")
    line = changed(folder / "report.typ", "#v(2.2cm)", f'#read("{name}")')
    assert wrong(reported, "pdf").startswith(f"{folder / 'report.typ'}:{line}: the template cannot be set: ")


def test_a_typst_template_fetches_no_package(reported: Reported, folder: Path) -> None:
    line = changed(folder / "report.typ", "#v(2.2cm)", '#import "@preview/tablex:0.0.8": *')
    assert wrong(reported, "pdf").startswith(f"{folder / 'report.typ'}:{line}: the template asks for a package")


@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_a_link_out_of_the_folder_is_refused(reported: Reported, folder: Path, form: str) -> None:
    (folder / "logo.png").symlink_to("/etc/passwd")
    assert wrong(reported, form) == f"{folder / 'logo.png'} is a link, and a folder of templates may have none."


def test_a_document_that_names_a_file_outside_itself_is_refused(reported: Reported, folder: Path) -> None:
    def linked(document: Any) -> None:
        document.part.relate_to("file:///etc/passwd", RELATIONSHIP_TYPE.IMAGE, is_external=True)

    restyled(folder, linked)
    assert "the template asks for something outside itself: file:///etc/passwd" in wrong(reported, "docx")


def test_a_style_cannot_end_itself(reported: Reported, folder: Path) -> None:
    changed(folder / "report.css", ":root", "</style><script>alert(1)</script> :root")
    page = reported("html").decode()
    assert page.index("alert(1)") < page.index("</style>")


def test_what_people_wrote_is_escaped_by_a_changed_template(reported: Reported, folder: Path) -> None:
    changed(folder / "report.html.j2", "<h1>", "{{ '<b>' ~ paper.title }}<h1>")
    assert "&lt;b&gt;The gate" in reported("html").decode()
