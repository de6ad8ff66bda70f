"""The jinja2 that fills every page and template: one set of rules for ours and for an organisation's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined

from tabletop.session.text import clean_word


def cleaned(value: Any) -> Any:
    """A value as a page puts it out: a text without what steers, and markup as it is."""
    return clean_word(value) if type(value) is str else value


def page_environment(folder: Path) -> Environment:
    """For the pages whose templates lie in a folder of ours."""
    return environment(FileSystemLoader(folder))


def environment(
    loader: BaseLoader, finalize: Callable[[Any], Any] = cleaned, kind: type[Environment] = Environment
) -> Environment:
    """All that is put out is escaped and goes through ``finalize``; what is not there is a fault, not a gap."""
    return kind(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
