"""Translations: a text for each place of an exercise or a script, in files of their own beside it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from tabletop.errors import UsageError
from tabletop.scenario import scalars
from tabletop.scenario.diagnostics import Fault, did_you_mean
from tabletop.scenario.loading.heading import format_faults
from tabletop.scenario.loading.validating import validate
from tabletop.scenario.model import Model, Whole
from tabletop.scenario.places import texts_by_place
from tabletop.scenario.reading import read_file, read_yaml
from tabletop.scenario.reading.looking import injects_of, maps, text_of
from tabletop.scenario.reading.nodes import Drawn, Map
from tabletop.scenario.shipped import within

if TYPE_CHECKING:
    from tabletop.scenario.loading import Loaded


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


def check_translation(loaded: Loaded, scripts: Sequence[Path], known: Mapping[Path, Loaded]) -> None:
    """The faults of a translation, and how far it keeps up with what it translates."""
    root = loaded.tree
    assert root is not None
    made, faults = validate(Translation, root)
    loaded.faults += [*faults, *format_faults(root)]
    if made is None or faults:
        return
    loaded.faults += _name_faults(root, made, loaded.path)
    original = within(loaded.path.parent, f"{made.translates}.yaml") if scalars.is_id(made.translates) else None
    if original is None:
        message = f"There is no exercise and no script `{made.translates}` beside this translation."
        loaded.faults.append(_at(root, "translates", "unknown-reference", message, "A translation lies beside it."))
        return
    from tabletop.scenario.loading import load

    source = known.get(original.resolve()) or load(original, scripts)
    loaded.faults += _keeping_up(root, made, source)


def _name_faults(root: Map, made: Translation, path: Path) -> Iterator[Fault]:
    wanted = f"{made.translates}.{made.language}.yaml"
    if path.name != wanted:
        message = f"This translates `{made.translates}` into `{made.language}`, and is called `{path.name}`."
        key = "language" if path.name.startswith(f"{made.translates}.") else "translates"
        yield _at(root, key, "id-differs-from-file", message, f"Call it {wanted}, or change the key.")


def _at(root: Map, key: str, rule: str, message: str, help: str) -> Fault:
    return Fault.at((root.get(key) or root).place, rule, message, key, help)


def _keeping_up(root: Map, made: Translation, source: Loaded) -> Iterator[Fault]:
    """What is out of date, left over or missing, where the original can be read at all."""
    of = source.exercise if source.kind == "exercise" else source.script
    if of is None:
        return
    texts, listed = texts_by_place(of), root.get("texts")
    for place, each in made.texts.items():
        key = listed.key(place) if isinstance(listed, Map) else root.place
        path = f"texts.{place}"
        if place not in texts:
            message = f"There is no text at `{place}` to translate."
            yield Fault.at(key, "left-over-translation", message, path, did_you_mean(place, texts) or "Delete it.")
        elif each.of != fingerprint(texts[place]):
            message = f"The text at `{place}` has changed since it was translated."
            help = f"Look at both, then write `of: {fingerprint(texts[place])}`."
            yield Fault.at(key, "stale-translation", message, path, help)
    there = set(made.texts)
    if source.tree is not None:
        there.update(*_of_scripts(source.scripts, source.tree, made.language).values())
    missing = [place for place in texts if place not in there]
    if missing:
        count = f"{len(missing)} text{'s are' if len(missing) > 1 else ' is'}"
        help = f"Without a translation: {', '.join(missing)}."
        yield _at(root, "texts", "missing-translation", f"{count} not translated into `{made.language}`.", help)


# --- what an exercise finds ---------------------------------------------------------------------------


def translations_of(path: Path, scripts: Mapping[str, Path], root: Map) -> dict[str, dict[str, str]]:
    """Every translation found, as language: place: text; the exercise's own beats those of its scripts."""
    found = _of_scripts(scripts, root)
    for translation in _beside(path):
        texts = {place: each.text for place, each in translation.texts.items()}
        found.setdefault(translation.language, {}).update(texts)
    return found


def _of_scripts(scripts: Mapping[str, Path], root: Map, language: str = "") -> dict[str, dict[str, str]]:
    """What scripts bring along of their translations, in every language or in one."""
    found: dict[str, dict[str, str]] = {}
    for name, script in scripts.items():
        for translation in _beside(script, language):
            if served := dict(_served(translation, name, root)):
                found.setdefault(translation.language, {}).update(served)
    return found


def _beside(path: Path, language: str = "") -> Iterator[Translation]:
    """The translations of a file that stand beside it, NAME.LANGUAGE.yaml; those with faults are passed over."""
    for each in translation_files(path):
        if language and each.name != f"{path.stem}.{language}.yaml":
            continue
        try:
            node, faults = read_yaml(read_file(each), str(each))
        except UsageError:
            continue
        if isinstance(node, Map) and not faults and "translates" in node:
            made, _ = validate(Translation, node)
            if made is not None and made.translates == path.stem:
                yield made


def translation_files(path: Path) -> list[Path]:
    """The files beside an exercise or a script that are named as its translations are."""
    if not scalars.is_id(path.stem):
        return []
    return [each for each in sorted(path.parent.glob(f"{path.stem}.*.yaml")) if within(path.parent, each.name)]


def _served(translation: Translation, script: str, root: Map) -> Iterator[tuple[str, str]]:
    """A script's texts under the names they have in the exercise; what it puts over a text, it translates itself."""
    drawn: dict[str, list[Drawn]] = {}
    asked: set[str] = set()
    for inject, _ in injects_of(root):
        if isinstance(inject, Drawn) and inject.drawn_from.startswith(f"{script}/"):
            drawn.setdefault(inject.drawn_from.partition("/")[2], []).append(inject)
            if _as_drawn(inject, "decisions"):
                asked |= {text_of(each, "id") or "" for each, _ in maps(inject.get("decisions"), ())}
    own = {text_of(source, "id") for source, _ in maps(root.get("sources"), ())}
    for place, each in translation.texts.items():
        kind, id, key = (*place.split(".", 2), "", "")[:3]
        if kind == "injects":
            for inject in drawn.get(id, ()):
                if _as_drawn(inject, key.partition(".")[0]):
                    yield f"injects.{text_of(inject, 'id')}.{key}", each.text
        elif (kind == "decisions" and id in asked) or (kind == "sources" and id in own):
            yield place, each.text


def _as_drawn(inject: Drawn, key: str) -> bool:
    """Whether a key of a drawn inject is the script's, and not one that the exercise put over it."""
    return key in inject and inject[key] is inject.base.get(key)
