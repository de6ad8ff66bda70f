"""From a file to an exercise with everything resolved, or every fault at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import ExerciseInvalid, Fault
from tabletop.scenario.loading import references
from tabletop.scenario.loading.bounds import bounds_faults
from tabletop.scenario.loading.heading import format_faults, id_faults
from tabletop.scenario.loading.scripts import Scripts, script_folders
from tabletop.scenario.loading.story import story_faults
from tabletop.scenario.loading.translations import check_translation, translations_of
from tabletop.scenario.loading.validating import validate
from tabletop.scenario.model import Exercise, Script
from tabletop.scenario.reading import no_collecting, read_file, read_yaml
from tabletop.scenario.reading.looking import injects_of, maps, text_of, texts, under
from tabletop.scenario.reading.nodes import Drawn, Map, Node, Nothing, Scalar, Seq, shown

Kind = Literal["exercise", "script", "translation"]


@dataclass
class Loaded:
    """What a file holds, as far as it could be made out.

    ``tree`` are the nodes, injects from scripts in place; ``exercise``, or ``script``, is None where there are errors;
    ``drawn`` names every script inject that is drawn on, as (file, id), and ``scripts`` the files of the scripts.
    """

    path: Path
    shown: str
    kind: Kind = "exercise"
    tree: Map | None = None
    exercise: Exercise | None = None
    script: Script | None = None
    faults: list[Fault] = field(default_factory=list)
    drawn: set[tuple[Path, str]] = field(default_factory=set)
    scripts: dict[str, Path] = field(default_factory=dict)


def load_exercise(path: Path, scripts: Sequence[Path] = ()) -> Exercise:
    """The exercise in a file; `scripts` are further folders of inject scripts, looked in first.

    Raises ExerciseInvalid with every error, or UsageError where the file cannot be read.
    """
    with no_collecting():
        return _whole(load(path, scripts))


def _whole(loaded: Loaded) -> Exercise:
    """The exercise as it is played, its translations in."""
    if loaded.kind != "exercise":
        message = f"This is {'an inject script' if loaded.kind == 'script' else 'a translation'}, not an exercise."
        raise ExerciseInvalid([Fault("wrong-type", message, loaded.shown, 1, 1, help="Name the exercise.")])
    if loaded.exercise is None:
        raise ExerciseInvalid([fault for fault in loaded.faults if fault.severity == "error"])
    assert loaded.tree is not None
    translations = translations_of(loaded.path, loaded.scripts, loaded.tree)
    return loaded.exercise.model_copy(update={"translations": translations})


def load(
    path: Path, scripts: Sequence[Path] = (), shown_as: str = "", known: Mapping[Path, Loaded] = MappingProxyType({})
) -> Loaded:
    """Read a file and check its form; UsageError where it cannot be read.

    ``known`` is what was loaded just before, by its real path: a translation of it need not load it again. The
    exercise is without its translations; `load_exercise` gives it whole.
    """
    with no_collecting():
        return _loaded(Loaded(path, shown_as or str(path)), path, scripts, known)


def _loaded(loaded: Loaded, path: Path, scripts: Sequence[Path], known: Mapping[Path, Loaded]) -> Loaded:
    node, loaded.faults = read_yaml(read_file(path), loaded.shown)
    if not isinstance(node, Map):
        if not loaded.faults:
            loaded.faults.append(_nothing_to_load(node, loaded.shown))
        return loaded
    loaded.tree, loaded.kind = node, _kind(node)
    if loaded.kind == "translation":
        check_translation(loaded, scripts, known)
    elif loaded.kind == "script":
        _script(loaded)
    else:
        _exercise(loaded, scripts)
    return loaded


def _nothing_to_load(node: Node | None, shown_as: str) -> Fault:
    help = "An exercise is a map of keys that begins with `format: 1`; `tabletop new NAME` writes one."
    if node is None or isinstance(node, Nothing):
        return Fault("wrong-type", "The file is empty.", shown_as, 1, 1, help=help)
    return Fault.at(node.place, "wrong-type", "This is no exercise and no script.", help=help)


def _kind(root: Map) -> Kind:
    """What a file is goes by its keys at the top."""
    if "translates" in root:
        return "translation"
    return "script" if "injects" in root else "exercise"


def _script(loaded: Loaded) -> None:
    assert loaded.tree is not None
    loaded.script, faults = validate(Script, loaded.tree)
    faults += _heading(loaded)
    faults += references.check_script(loaded.tree) + bounds_faults(loaded.tree) + story_faults(loaded.tree)
    _settle(loaded, faults)


def _exercise(loaded: Loaded, scripts: Sequence[Path]) -> None:
    root = loaded.tree
    assert root is not None
    found = Scripts(script_folders(loaded.path, scripts))
    for entry, steps in texts(*under(root, "injects_from", ())):
        found.add(entry, steps)
    broken = _resolve(root, found, loaded)
    _sources_come_along(root, found)
    form = (
        references.check_exercise(root, whole=not broken) + bounds_faults(root) + _heading(loaded) + story_faults(root)
    )
    _fill(root)
    made, faults = validate(Exercise, root)
    faults = [fault for fault in faults if not _within(fault.path, broken)]
    loaded.faults += found.faults
    _settle(loaded, [*faults, *form])
    if made is not None and not any(fault.severity == "error" for fault in loaded.faults):
        loaded.exercise = made.model_copy(update={"injects_from": ()})  # scripts have done their part
        loaded.scripts = found.files


def _heading(loaded: Loaded) -> list[Fault]:
    assert loaded.tree is not None
    return [*format_faults(loaded.tree), *id_faults(loaded.tree, loaded.path.name)]


def _settle(loaded: Loaded, faults: Sequence[Fault]) -> None:
    """Add faults, each once, in the order of the file; where reading refused something, nothing more is told of it."""
    refused = {fault.place for fault in loaded.faults}
    once = {(*fault.place, fault.rule, fault.message): fault for fault in reversed(faults)}
    loaded.faults += [fault for fault in once.values() if fault.place not in refused]
    _name_the_use(loaded)
    own = loaded.shown
    loaded.faults.sort(key=lambda fault: (fault.file != own, *fault.place, fault.code))


def _name_the_use(loaded: Loaded) -> None:
    """A fault in a script names the line of the exercise that draws on it."""
    root = loaded.tree
    if root is None or loaded.kind != "exercise":
        return
    drawn = {shown(steps): each for each, steps in injects_of(root) if isinstance(each, Drawn)}
    for at, fault in enumerate(loaded.faults):
        if fault.file == loaded.shown or not fault.path:
            continue
        inject = drawn.get(".".join(fault.path.split(".")[:2]))
        if inject is not None:
            use = f"Drawn on in {inject.place.file}:{inject.place.line}."
            loaded.faults[at] = fault.with_help(f"{fault.help} {use}".strip())


# --- scripts -----------------------------------------------------------------------------------------


def _within(path: str, broken: Set[str]) -> bool:
    """Whether a path leads into an inject, ``moves[1].injects[3]``, that could not be drawn on."""
    return ".".join(path.split(".")[:2]) in broken


def _resolve(root: Map, scripts: Scripts, loaded: Loaded) -> Set[str]:
    """Put the injects that are drawn on in place; the paths of those that could not be."""
    broken = set()
    for move, steps in maps(*under(root, "moves", ())):
        entries, at = under(move, "injects", steps)
        if not isinstance(entries, Seq):
            continue
        resolved = Seq(entries.mark, flow=entries.flow)
        for number, entry in enumerate(entries):
            node = scripts.drawn(entry, (*at, number))
            if node is None:
                broken.add(shown((*at, number)))
                node = _stand_in(entry)
            elif isinstance(node, Drawn):
                script, _, inject = node.drawn_from.partition("/")
                loaded.drawn.add((scripts.files[script], inject))
            resolved.append(node)
        move["injects"] = resolved
    return broken


def _stand_in(entry: Node) -> Map:
    """An inject that was named and not found: references to it are no faults of their own."""
    node = Map.at(entry.mark)
    name = entry.get("use") if isinstance(entry, Map) else entry
    own = entry.get("id") if isinstance(entry, Map) else None
    id = own if isinstance(own, Scalar) else _scalar(str(name).partition("/")[2], entry)
    if scalars.is_id(id):
        node["id"] = node["title"] = id
    return node


def _scalar(text: str, at: Node) -> Scalar:
    scalar = Scalar(text)
    scalar.mark, scalar.plain = at.mark, True
    return scalar


def _sources_come_along(root: Map, scripts: Scripts) -> None:
    """Add the sources of scripts that drawn injects point to; two of one id must be the same."""
    own = {text: source for source, _ in maps(*under(root, "sources", ())) if (text := text_of(source, "id"))}
    coming: dict[str, Map] = {}
    for inject, steps in injects_of(root):
        if not isinstance(inject, Drawn):
            continue
        offered = scripts.sources[inject.drawn_from.partition("/")[0]]
        for name, _ in texts(*under(inject, "sources", steps)):
            source = offered.get(name)
            if source is None:
                continue
            other = own.get(name) or coming.get(name)
            if other is None:
                coming[str(name)] = source
            elif other != source:
                help = f"The other is in {other.place.file}:{other.place.line}; make them the same."
                message = f"There are two sources `{name}`, and they differ."
                fault = Fault.at(source.place, "duplicate-id", message, shown(steps), help)
                if fault not in scripts.faults:
                    scripts.faults.append(fault)
    if coming:
        listed = root.get("sources")
        own_list = listed if isinstance(listed, Seq) else Seq(root.mark)
        root["sources"] = Seq(own_list.mark, [*own_list, *coming.values()])


# --- defaults --------------------------------------------------------------------------------------


def _fill(root: Map) -> None:
    """Defaults that depend on other parts: whom an inject goes to, and which cells a decision asks."""
    players = Seq(root.mark)
    for cell, steps in maps(*under(root, "cells", ())):
        id, _ = under(cell, "id", steps)
        if isinstance(id, Scalar):
            players.append(id)
    for inject, steps in injects_of(root):
        if isinstance(inject, Drawn):
            inject["drawn_from"] = _scalar(inject.drawn_from, inject)
        if not inject.get("to"):
            inject["to"] = players
        for decision, _ in maps(*under(inject, "decisions", steps)):
            if not decision.get("cells"):
                decision["cells"] = inject["to"]
