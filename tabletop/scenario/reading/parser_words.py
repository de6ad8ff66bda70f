"""What the YAML parser says, put so that an author knows what to mend."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError

from tabletop.scenario.diagnostics import Fault

LINE_END = re.compile("\r\n|[\r\n]")

_QUOTE = "Put the whole text in quotes, or write it after `|` on the next line, indented."
_LINE_UP = "Line it up with the keys that belong with it, and look whether a quote or bracket is left open above."


def in_plain_words(cause: MarkedYAMLError, text: str, file: str) -> Fault:
    """A `not-yaml` fault at the place where the reader's eye should go."""
    mark = cause.problem_mark or cause.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    context, problem = cause.context or "", cause.problem or ""
    opened = cause.context_mark
    written = line_at(text, line)
    left_open = ("quoted scalar" in context and "end of" in problem) or "flow" in context
    if left_open and opened:
        line, column = opened.line, opened.column
    message, help = _told(context, problem, written, column)
    if "block scalar" in context and opened and written[opened.column :].startswith((">=", "> ", ">", "<")):
        column = opened.column
    return Fault("not-yaml", message, file, *_within(text, line, column), help=help)


def _within(text: str, line: int, column: int) -> tuple[int, int]:
    """The place, counted from 1; what is missed after the last line is missed at its end."""
    lines = LINE_END.split(text)
    last = next((at for at in reversed(range(len(lines))) if lines[at].strip()), 0)
    return (line + 1, column + 1) if line <= last else (last + 1, len(lines[last]) + 1)


def line_at(text: str, number: int) -> str:
    """A line, counted from 0, as the parser and editors count them; nothing past the last one."""
    lines = LINE_END.split(text)
    return lines[number] if number < len(lines) else ""


def _told(context: str, problem: str, line: str, column: int) -> tuple[str, str]:
    """The sentence and the remedy."""
    at = line[column : column + 1]
    if at == "\t" or "tab character" in problem:
        return "A tab stands where spaces are wanted.", "Indent with spaces; set your editor to do so."
    if "quoted scalar" in context and "end of" in problem:
        return (
            "A quote is opened here and never closed.",
            "Close it, or double a quote that belongs to the text.",
        )
    if "escape character" in problem:
        return (
            "This escape is unknown: \\ has a meaning in double quotes.",
            "Use single quotes, or write \\\\ for one \\.",
        )
    if "block scalar" in context:
        return _block_scalar(line)
    if "mapping values" in problem:
        return (
            "A `: ` stands inside this text, or the line is indented wrongly.",
            f"If it belongs to the text: {_QUOTE[0].lower()}{_QUOTE[1:]}",
        )
    if "cannot start any token" in problem and (compared := re.match(r">=?\s*[-+]?[0-9]+", line[column:])):
        return f"`{compared[0]}` needs quotes: YAML reads `>` as a sign of its own.", f'Write "{compared[0]}".'
    if "cannot start any token" in problem:
        return f"A text cannot begin with `{at}` unless it is in quotes.", _QUOTE
    if "flow sequence" in context:
        return "A list in [brackets] is not closed, or a comma is missing.", "Close it with `]`."
    if "flow mapping" in context:
        return "A map in {braces} is not closed, or a comma is missing.", "Close it with `}`."
    if "block sequence entries" in problem:
        return "A list cannot begin on this line.", "Begin it on the next line, each entry after `- `."
    return _misplaced(line, column)


def _block_scalar(line: str) -> tuple[str, str]:
    if comparison := re.search(r":\s*(>=?\s*\S.*)$", line):
        text = comparison[1].strip()
        return f"`{text}` needs quotes: YAML reads `>` as the start of a text.", f'Write "{text}".'
    return "After `|` or `>` the text begins on the next line.", "Put a line break after it."


def _misplaced(line: str, column: int) -> tuple[str, str]:
    if column and line[:column].rstrip().endswith(("'", '"', "]", "}")):
        return "Something follows after the end of a quoted text or a bracket.", _QUOTE
    return "This line does not fit where it stands.", _LINE_UP
