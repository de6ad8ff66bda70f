"""How findings are printed: for people, as JSON, as SARIF 2.1.0, and as GitHub's workflow commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tabletop import __version__
from tabletop.scenario.diagnostics import RULES, Fault

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def as_text(faults: Sequence[Fault], files: int) -> Iterator[str]:
    """``file:line:col CODE message``, the line with a caret, what to do about it, and one line of summary."""
    from tabletop.cli.quoting import lines_of, quoted

    lines = cache(lines_of)
    for fault in faults:
        yield fault.line_text()
        yield from quoted(fault, lines(fault.file))
        if fault.help:
            yield f"    help: {fault.help}"
        if fault.witness:
            yield f"    on this path: {' '.join(f'--choose {choice}' for choice in fault.witness)}"
    yield _summary(faults, files)


def _summary(faults: Sequence[Fault], files: int) -> str:
    read = f"{files} file{'' if files == 1 else 's'}"
    if not faults:
        return f"{read}: nothing found."
    counts = [
        f"{number} {severity}{'' if number == 1 else 's'}"
        for severity in ("error", "warning", "note")
        if (number := sum(fault.severity == severity for fault in faults))
    ]
    return f"{read}: {', '.join(counts)}."


def as_json(faults: Sequence[Fault], files: int) -> Iterator[str]:
    """One JSON list."""
    yield json.dumps([fault.as_json() for fault in faults], indent=2, ensure_ascii=False)


def as_sarif(faults: Sequence[Fault], files: int) -> Iterator[str]:
    """One SARIF log, for code-scanning tools."""
    rules = sorted({fault.rule for fault in faults}, key=lambda rule: RULES[rule].code)
    driver = {
        "name": "tabletop",
        "version": __version__,
        "rules": [{"id": RULES[rule].code, "name": rule} for rule in rules],
    }
    results = [_sarif(fault) for fault in faults]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    yield json.dumps(log, indent=2, ensure_ascii=False)


def _sarif(fault: Fault) -> dict[str, Any]:
    return {
        "ruleId": fault.code,
        "level": fault.severity,
        "message": {"text": f"{fault.message} {fault.help}".strip()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": Path(fault.file).as_posix()},
                    "region": {"startLine": fault.line, "startColumn": fault.column},
                }
            }
        ],
    }


def as_github(faults: Sequence[Fault], files: int) -> Iterator[str]:
    """Workflow commands, which show as notes beside the lines."""
    for fault in faults:
        place = f"file={_escaped(fault.file)},line={fault.line},col={fault.column}"
        title = f"{fault.code} {fault.rule}"
        text = f"{fault.message} {fault.help}".strip()
        yield f"::{_LEVELS[fault.severity]} {place},title={title}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Fault], int], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}
