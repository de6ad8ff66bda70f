"""The top of an exercise's or a script's file: its format number, and its id."""

from __future__ import annotations

from collections.abc import Iterator

from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.reading.nodes import Map, Scalar

FORMAT = 1


def format_faults(root: Map) -> Iterator[Fault]:
    """A format that this version does not read; what is no number is left to the models."""
    number = root.get("format")
    if not isinstance(number, Scalar):
        return
    try:
        found = scalars.whole(number)
    except ValueError:
        return
    if found != FORMAT:
        message = f"Format {number} is not known to this version, which reads format {FORMAT}."
        help = "A newer tabletop may read it." if found > FORMAT else f"Write `format: {FORMAT}`."
        yield Fault.at(number.place, "wrong-type", message, "format", help)


def id_faults(root: Map, file_name: str) -> Iterator[Fault]:
    """An id that is none, or not the name of the file."""
    id, stem = root.get("id"), file_name.rpartition(".")[0]
    if not isinstance(id, Scalar):
        return
    if not scalars.is_id(id):
        help = "Lower-case letters and digits, words joined by hyphens."
        yield Fault.at(id.place, "wrong-type", f"`{id}` is not an id.", "id", help)
    elif id != stem:
        message = f"The id is `{id}`, and the file is called `{file_name}`."
        help = f"Write `id: {stem}`, or call the file {id}.yaml." if scalars.is_id(stem) else f"Call it {id}.yaml."
        yield Fault.at(id.place, "id-differs-from-file", message, "id", help)
