"""Inject scripts: where they are found, and how an exercise's entries draw on them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tabletop.errors import UsageError
from tabletop.scenario.diagnostics import Fault, did_you_mean
from tabletop.scenario.nodes import Map, Node, Place, Scalar, Seq, Steps, shown
from tabletop.scenario.reading import read_file, read_yaml
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
    return os.path.normpath(path)


class Scripts:
    """The scripts that one exercise draws on, each read once."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self.injects: dict[str, dict[str, Map]] = {}
        self.sources: dict[str, dict[str, Map]] = {}
        self.files: dict[str, Path] = {}
        self.faults: list[Fault] = []

    def add(self, entry: Node, steps: Steps) -> None:
        """Read the script that an entry of ``injects_from`` names; a fault if there is none."""
        if not isinstance(entry, Scalar) or str(entry) in self.injects:
            return
        name = str(entry)
        path = self._found(name)
        if path is None:
            self.injects[name] = {}
            self._tell(
                "missing-script",
                f"There is no inject script `{name}`.",
                entry.place,
                steps,
                self._remedy(name),
            )
            return
        self._read(name, path)

    def _found(self, name: str) -> Path | None:
        if not is_id(name):
            return None
        return next((found for folder in self._folders if (found := within(folder, f"{name}.yaml"))), None)

    def _remedy(self, name: str) -> str:
        there = {path.stem for folder in self._folders if folder.is_dir() for path in folder.glob("*.yaml")}
        looked = "It is looked for in injects/ beside the exercise's folder and in it, and among those shipped."
        return f"{did_you_mean(name, there)} {looked}".strip()

    def _read(self, name: str, path: Path) -> None:
        self.injects[name], self.sources[name], self.files[name] = {}, {}, path
        try:
            node, faults = read_yaml(read_file(path), shown_path(path))
        except UsageError as cause:
            self.faults.append(Fault("missing-script", str(cause), shown_path(path), 1, 1))
            return
        self.faults += faults
        if isinstance(node, Map):
            self.injects[name] = dict(_by_id(node.get(Scalar("injects"))))
            self.sources[name] = dict(_by_id(node.get(Scalar("sources"))))

    def _tell(self, rule: str, message: str, place: Place, steps: Steps, help: str = "") -> None:
        self.faults.append(Fault(rule, message, place.file, place.line, place.column, shown(steps), help))

    # --- drawing ------------------------------------------------------------------------------------

    def drawn(self, entry: Node, steps: Steps) -> Node | None:
        """The inject that an entry of a move stands for; None, with a fault told, where there is none."""
        if isinstance(entry, Scalar):
            base = self._base(entry, steps)
            return None if base is None else _merged(base, Map(entry.place), str(entry))
        if isinstance(entry, Map) and (use := entry.get(Scalar("use"))) is not None:
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
        elif self.injects[script]:  # a script that is missing, or is no YAML, was told already
            help = did_you_mean(inject, self.injects[script]) or f"It has {', '.join(self.injects[script])}."
            self._tell("unknown-reference", f"`{script}` has no inject `{inject}`.", name.place, steps, help)
        return None


_USE = "Write `script/inject`, or an inject with its own keys."


def _by_id(listed: Node | None) -> Iterator[tuple[str, Map]]:
    for entry in listed if isinstance(listed, Seq) else ():
        if isinstance(entry, Map) and isinstance(id := entry.get(Scalar("id")), Scalar):
            yield str(id), entry


def _merged(base: Map, over: Map, name: str) -> Map:
    """The script's inject with the exercise's keys put over it, each whole; what is null there is taken away."""
    merged = Map(over.place)
    merged.drawn = base
    merged.absent = dict(over.absent)
    for source in (base, over):
        for key, value in source.items():
            if not (key == "use" and source is over) and not (source is base and str(key) in over.absent):
                if key in merged:
                    del merged[key]  # so that the key's own place is the one that counts
                merged[key] = value
    merged.drawn_from = name
    return merged
