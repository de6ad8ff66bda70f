"""Inject scripts: where they are found, and how an exercise's entries draw on them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from tabletop.errors import UsageError
from tabletop.scenario.diagnostics import Fault, did_you_mean
from tabletop.scenario.loading.heading import format_faults
from tabletop.scenario.reading import read_file, read_yaml
from tabletop.scenario.reading.nodes import Drawn, Map, Node, Place, Scalar, Seq, Steps, shown
from tabletop.scenario.scalars import is_id
from tabletop.scenario.shipped import shipped_folder, within


def script_folders(exercise: Path, given: Sequence[Path] = ()) -> list[Path]:
    """Where an exercise's scripts are looked for, in order."""
    beside = exercise.parent
    named = (Path(each) for each in os.environ.get("TABLETOP_INJECTS", "").split(os.pathsep) if each)
    own = [beside / ".." / "injects", beside / "injects"]
    return [*given, *own, *named, shipped_folder("injects")]


def shown_path(path: Path) -> str:
    """A path without needless turns: ``injects/media.yaml``, not ``exercises/../injects/media.yaml``."""
    straight = Path(os.path.normpath(path))
    return str(straight if straight.exists() and straight.samefile(path) else path)


class Scripts:
    """The scripts that one exercise draws on, each read once."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self.injects: dict[str, dict[str, Map]] = {}
        self.sources: dict[str, dict[str, Map]] = {}
        self.files: dict[str, Path] = {}
        self.faults: list[Fault] = []
        self._broken: set[str] = set()
        """Scripts that were told already: nothing more is said of what they lack."""

    def add(self, entry: Node, steps: Steps) -> None:
        """Read the script that an entry of ``injects_from`` names; a fault if there is none."""
        if not isinstance(entry, Scalar) or str(entry) in self.injects:
            return
        name = str(entry)
        path = self._found(name)
        if path is None:
            self.injects[name] = {}
            self._broken.add(name)
            message = f"There is no inject script `{name}`."
            self._tell("missing-script", message, entry.place, steps, self._remedy(name))
            return
        self._read(entry, path)

    def _found(self, name: str) -> Path | None:
        if not is_id(name):
            return None
        return next((found for folder in self._folders if (found := within(folder, f"{name}.yaml"))), None)

    def _remedy(self, name: str) -> str:
        there = {path.stem for folder in self._folders if folder.is_dir() for path in folder.glob("*.yaml")}
        looked = (
            "It is looked for in the folders of --injects, in injects/ beside the exercise's folder and in it,"
            " in TABLETOP_INJECTS, and among those shipped."
        )
        return f"{did_you_mean(name, there)} {looked}".strip()

    def _read(self, entry: Scalar, path: Path) -> None:
        name, file = str(entry), shown_path(path)
        self.injects[name], self.sources[name], self.files[name] = {}, {}, path
        named = f"{entry.place.file}:{entry.place.line} names it."
        try:
            root, faults = read_yaml(read_file(path), file)
        except UsageError as cause:
            self._broken.add(name)
            self.faults.append(Fault("missing-script", cause.sentence, file, 1, 1, help=f"{cause.remedy} {named}"))
            return
        if isinstance(root, Map) and "injects" in root:
            faults += format_faults(root)
            self.injects[name] = self._by_id(root.get("injects"), "injects", faults)
            self.sources[name] = self._by_id(root.get("sources"), "sources", faults)
        elif not faults:
            place = Place(file, 1, 1) if root is None else root.place
            message = "This is no inject script: it has no list of `injects`."
            faults.append(Fault.at(place, "wrong-type", message, help="Write the list, or name another script."))
        if faults and not self.injects[name]:
            self._broken.add(name)
        self.faults += [fault.with_help(f"{fault.help} {named}".strip()) for fault in faults]

    def _by_id(self, listed: Node | None, key: str, faults: list[Fault]) -> dict[str, Map]:
        """The entries of a script's list by their ids; a second one of an id is told."""
        found: dict[str, Map] = {}
        for at, entry in enumerate(listed if isinstance(listed, Seq) else ()):
            if isinstance(entry, Map) and isinstance(id := entry.get("id"), Scalar):
                if str(id) in found:
                    faults.append(second(id, key.removesuffix("s"), found[str(id)], (key, at, "id")))
                found.setdefault(str(id), entry)
        return found

    def _tell(self, rule: str, message: str, place: Place, steps: Steps, help: str = "") -> None:
        self.faults.append(Fault.at(place, rule, message, shown(steps), help))

    # --- drawing ------------------------------------------------------------------------------------

    def drawn(self, entry: Node, steps: Steps) -> Node | None:
        """The inject that an entry of a move stands for; None, with a fault told, where there is none."""
        if isinstance(entry, Scalar):
            base = self._base(entry, steps)
            return None if base is None else _merged(base, Map.at(entry.mark), str(entry))
        if isinstance(entry, Map) and (use := entry.get("use")) is not None:
            if not isinstance(use, Scalar):
                self._tell("wrong-type", "`use` takes the name of one inject.", use.place, (*steps, "use"), _USE)
                return None
            base = self._base(use, (*steps, "use"))
            return None if base is None else _merged(base, entry, str(use))
        return entry

    def _base(self, name: Scalar, steps: Steps) -> Map | None:
        script, slash, inject = name.partition("/")
        if not slash:
            self._tell("wrong-type", f"`{name}` is not an inject.", name.place, steps, _USE)
        elif script not in self.injects:
            help = did_you_mean(script, self.injects) or f"Add `{script}` to `injects_from`."
            message = f"`{script}` is not among the scripts in `injects_from`."
            self._tell("unknown-reference", message, name.place, steps, help)
        elif inject in self.injects[script]:
            return self.injects[script][inject]
        elif script not in self._broken:
            help = did_you_mean(inject, self.injects[script]) or _has(self.injects[script])
            self._tell("unknown-reference", f"`{script}` has no inject `{inject}`.", name.place, steps, help)
        return None


def _has(injects: Iterable[str]) -> str:
    first = list(injects)[:12]
    return f"It has {', '.join(first)}{', ...' if len(first) == 12 else ''}." if first else "It has none."


_USE = "Write `script/inject`, or an inject with its own keys."


def second(id: Scalar, kind: str, first: Map, steps: Steps) -> Fault:
    """Two things of one kind with the same id, told at the second."""
    help = f"The first is in {first.place.file}:{first.key('id').line}; give this one another `id`."
    return Fault.at(id.place, "duplicate-id", f"There are two {kind}s `{id}`.", shown(steps), help)


def _merged(base: Map, over: Map, name: str) -> Drawn:
    """The script's inject with the exercise's keys put over it, each whole; what is null there is taken away."""
    merged = Drawn.at(over.mark)
    merged.base, merged.drawn_from = base, name
    merged.keys_at = {key: mark for key, mark in base.keys_at.items() if key in base}
    merged.update({key: value for key, value in base.items() if not over.emptied(key)})
    for key, mark in over.keys_at.items():
        if key != "use":
            merged.keys_at[key] = mark
            if key in over:
                merged[key] = over[key]
    return merged
