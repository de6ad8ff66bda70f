"""Templates of jinja2 in a sandbox: they see what they are given, run no code, and read nothing but their folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tabletop.documents.html.filling import environment
from tabletop.documents.templating.folder import Templates, wrong
from tabletop.errors import TabletopError


def sandbox(found: Templates, finalize: Callable[[Any], Any]) -> Environment:
    """An environment for a folder's templates; ``finalize`` is done to every value that is put out."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]]:
        if Path(name).name != name or not name.endswith(".j2") or not (found.folder / name).is_file():
            raise TemplateNotFound(name)
        return found.text(name), str(found.folder / name), lambda: True

    return environment(FunctionLoader(load), finalize, ImmutableSandboxedEnvironment)


def rendered(by: Environment, found: Templates, **values: Any) -> str:
    """The template with these values. Raises TabletopError, with file and line, for whatever is wrong with it."""
    try:
        return by.get_template(found.main.name).render(**values)
    except TemplateSyntaxError as cause:
        path = Path(cause.filename) if cause.filename else found.main
        raise wrong(path, cause.lineno, f"the template cannot be read: {cause.message}") from cause
    except TemplateNotFound as cause:
        what = f"the template asks for '{cause.name}', and only templates (.j2) of its folder are to be had"
        raise wrong(*_place(cause, found), what) from cause
    except TabletopError:
        raise
    except Exception as cause:  # a template can go wrong in every way in which a program can
        path, line = _place(cause, found)
        if line is None:
            raise
        kind = (
            "does what is not allowed" if isinstance(cause, SecurityError) else "asks for something that is not there"
        )
        raise wrong(path, line, f"the template {kind}: {_words(cause)}") from cause


def _words(cause: Exception) -> str:
    return " ".join(str(cause).split()) or type(cause).__name__


def _place(cause: BaseException, found: Templates) -> tuple[Path, int | None]:
    """The template and the line in it where it went wrong: the innermost of the traceback."""
    place: tuple[Path, int | None] = found.main, None
    trace = cause.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.parent == found.folder and path.suffix == ".j2":
            place = path, trace.tb_lineno
        trace = trace.tb_next
    return place
