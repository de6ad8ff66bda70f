"""Names of participants taken out of texts: each person is a role and a number throughout, such as "ROK 2".

What is looked for is the whole name, its words one by one, and the id, in any case and however they are joined.
A name that is a word too ("Park", "Will") is taken only where it is written with a capital.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabletop.journal.event import Event
from tabletop.review.speech import fixed, key

A_PARTICIPANT = key("a participant")
"""What stands for a word that is in the names of two people, or for somebody who did not join."""

_KINDS = {
    "facilitator": key("Facilitator"),
    "control": key("Control"),
    "evaluator": key("Evaluator"),
    "observer": key("Observer"),
}
_TITLE_WORDS = """
mr mrs ms miss dr prof professor sir lord lady dame hon gen general col colonel maj major capt captain cpt lt sgt
lieutenant adm admiral cdr commander cmdr ambassador minister vice deputy director chief secretary president the of
and de del della di da du la le el van von der den ten bin binti ibn al jr sr ii iii san ssi nim shi
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_COMMON_WORDS = """
park long will may june april august mark grant bill frank rich ray dean chase hope grace joy rose art drew pat guy
moon sun young song min son sang ban don dan bob rob sue gene jack dawn eve iris ivy lily pearl ruby summer win wing
king field stone wood hill brook lane page cook baker miller smith carter hunter fisher law case price day night west
north south east green brown black white gray grey short strong sharp swift bright good best
"""
_WORDS_TOO = frozenset(_COMMON_WORDS.split())
_JOINT = r"[\s\-\u2010-\u2015.,_·・]*"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part: every name and id they had, and what stands for them."""

    id: str
    names: tuple[str, ...]
    role: str

    @property
    def new_id(self) -> str:
        """What stands for the id: the role as an id."""
        return re.sub(r"[^\w]+", "-", self.role.lower()).strip("-")


def people(events: Sequence[Event], cells: dict[str, str]) -> list[Person]:
    """Everybody who joined, in order, numbered within their first cell; ``cells`` are the cells' names by id."""
    found: dict[str, Person] = {}
    numbers: dict[str, int] = {}
    for event in events:
        if event.type != "participant_joined":
            continue
        id, name = str(event.data.get("id", "")), str(event.data.get("name", ""))
        if id in found:
            there = found[id]
            found[id] = Person(id, (*there.names, name), there.role)
            continue
        cell = event.data.get("cell")
        kind = fixed(_KINDS.get(str(event.data.get("kind")), key("Player")))
        role = cells.get(cell, cell) if isinstance(cell, str) else kind
        numbers[role] = numbers.get(role, 0) + 1
        found[id] = Person(id, (name,), f"{role} {numbers[role]}")
    return list(found.values())


class Names:
    """The names of some people, and what stands for each."""

    def __init__(self, persons: Iterable[Person], others: Iterable[str] = ()) -> None:
        """``others`` are names of people who did not join."""
        self._for: dict[str, str] = {}
        self._loose: set[str] = set()  # as they stand, in any case
        self._strict: set[str] = set()  # with a capital only
        for person in persons:
            self._add(person.id, person.role)
            for name in person.names:
                self._add_name(name, person.role)
        for name in others:
            self._add_name(name, fixed(A_PARTICIPANT))
        self._pattern = self._compiled()

    def replaced(self, text: str) -> tuple[str, int]:
        """The text with what stands for the names, and how many there were."""
        if self._pattern is None:
            return text, 0
        plain = unicodedata.normalize("NFC", text)
        changed, count = self._pattern.subn(lambda found: self._for[_key(found[0])], plain)
        return (changed, count) if count else (text, 0)

    def _add_name(self, name: str, role: str) -> None:
        self._add(name, role)
        words = [word for word in re.split(r"[\s,;()]+", name) if word]
        for word in words if len(words) > 1 else _given(name):
            bare = word.strip(".'\"")
            if len(bare) > 1 and bare.casefold() not in _TITLES:
                self._add(bare, role, strict=len(words) > 1 and _is_a_word_too(bare))

    def _add(self, name: str, role: str, strict: bool = False) -> None:
        name = unicodedata.normalize("NFC", name).strip()
        key = _key(name)
        if not key:
            return
        there = self._for.get(key)
        self._for[key] = role if there in (None, role) else fixed(A_PARTICIPANT)
        (self._strict if strict else self._loose).add(name)

    def _compiled(self) -> re.Pattern[str] | None:
        ways = {_loosely(name): len(name) for name in self._loose}
        strict = {form for name in self._strict for form in (name, name.upper(), name.capitalize())}
        ways |= {f"(?-i:{_loosely(form)})": len(form) for form in strict}
        longest_first = sorted(ways, key=lambda way: (-ways[way], way))
        return re.compile("|".join(longest_first), re.IGNORECASE) if ways else None


def _given(name: str) -> list[str]:
    """The given name within a name that is written without a space, as in Korean and Chinese."""
    return [name[1:]] if 3 <= len(name) <= 4 and _unspaced(name) else []


def _is_a_word_too(name: str) -> bool:
    return (len(name) < 3 or name.casefold() in _WORDS_TOO) and not _unspaced(name)


def _unspaced(text: str) -> bool:
    """Whether it is all in scripts whose words follow one another, or take endings, without a mark."""
    return all(unicodedata.name(mark, "").startswith(("HANGUL", "CJK", "HIRAGANA", "KATAKANA")) for mark in text)


def _key(text: str) -> str:
    return re.sub(_JOINT, "", unicodedata.normalize("NFC", text).casefold())


def _loosely(name: str) -> str:
    """A pattern for a name however its parts are joined, as words of their own where the script has such."""
    parts = [re.escape(part) for part in re.split(r"[\s\-\u2010-\u2015.,_·・]+", name) if part]
    pattern = _JOINT.join(parts)
    before = "" if _unspaced(name[:1]) else r"(?<![^\W_])"
    after = "" if _unspaced(name[-1:]) else r"(?![^\W_])"
    return f"{before}{pattern}{after}"
