"""Translations: a text for each place of an exercise or a script, in files of their own beside it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import Fault
from tabletop.scenario.model import Exercise, Inject, Model, Whole
from tabletop.scenario.nodes import Map
from tabletop.scenario.reading import read_file, read_yaml
from tabletop.scenario.validating import validate

if TYPE_CHECKING:
    from tabletop.scenario.loading import Loaded
    from tabletop.scenario.scripts import Scripts


class Translated(Model):
    """One text in another language."""

    text: str = Field(description="the text")
    of: str = Field(description="first 8 hex digits of the SHA-256 of the text it was made from")


class Translation(Model):
    """The texts of one exercise or script in another language."""

    format: Whole = Field(description="1")
    translates: str = Field(description="the id of the exercise or script")
    language: str = Field(description="a language code, such as ko")
    texts: dict[str, Translated] = Field({}, description="place: text")


def fingerprint(text: str) -> str:
    """What a translation says it was made from: of the text in NFC, without trailing line ends."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).rstrip("\r\n").encode()).hexdigest()[:8]


def check_translation(loaded: Loaded, scripts: Sequence[Path]) -> None:
    """The faults of form of a translation by itself."""
    assert loaded.tree is not None
    made, faults = validate(Translation, loaded.tree)
    loaded.faults += faults
    if made is not None and not scalars.is_id(made.translates):
        place = loaded.tree.place
        loaded.faults.append(
            Fault("wrong-type", f"`{made.translates}` is not an id.", place.file, place.line, place.column)
        )


def translations_of(path: Path, scripts: Scripts, exercise: Exercise) -> dict[str, dict[str, str]]:
    """Every translation found, as language: place: text; the exercise's own beats those of its scripts."""
    names = {inject.id: inject for inject in exercise.injects()}
    found: dict[str, dict[str, str]] = {}
    for name, script in scripts.files.items():
        drawn = {
            inject.drawn_from.partition("/")[2]: inject
            for inject in names.values()
            if inject.drawn_from and inject.drawn_from.startswith(f"{name}/")
        }
        for translation in _beside(script):
            for place, text in _renamed(translation, drawn):
                found.setdefault(translation.language, {})[place] = text
    for translation in _beside(path):
        texts = {place: each.text for place, each in translation.texts.items()}
        found.setdefault(translation.language, {}).update(texts)
    return found


def _beside(path: Path) -> Iterator[Translation]:
    """The translations of a file that stand beside it, NAME.LANGUAGE.yaml; those with faults are passed over."""
    for each in sorted(path.parent.glob(f"{path.stem}.*.yaml")):
        node, faults = read_yaml(read_file(each), str(each))
        if isinstance(node, Map) and not faults and "translates" in node:
            made, _ = validate(Translation, node)
            if made is not None and made.translates == path.stem:
                yield made


def _renamed(translation: Translation, drawn: dict[str, Inject]) -> Iterator[tuple[str, str]]:
    """A script's texts under the names that its injects have in the exercise."""
    for place, each in translation.texts.items():
        kind, _, rest = place.partition(".")
        id, _, key = rest.partition(".")
        if kind == "injects":
            if id in drawn:
                yield f"injects.{drawn[id].id}.{key}", each.text
        else:
            yield place, each.text
