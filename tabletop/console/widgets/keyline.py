"""A line of keys and what they do, made from a screen's bindings: as they are remapped, and each to be clicked."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from tabletop.console.catalogue import bindings_of
from tabletop.console.keynames import key_of, linked
from tabletop.console.safe import one_line


@dataclass(frozen=True)
class Key:
    """What a key does in a word or two, and the ids of its bindings; without any, words that stand alone."""

    words: str
    ids: tuple[str, ...] = ()
    strong: bool = False


def key(words: str, *ids: str, strong: bool = False) -> Key:
    """An entry of the line."""
    return Key(words, ids, strong)


class KeyLine(Static):
    """The keys, a line full after the other; a key and its words stay together."""

    def __init__(self, *keys: Key, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._keys = keys

    def on_mount(self) -> None:
        """Show them."""
        self._draw()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self._draw()

    def name_keys(self, *keys: Key) -> None:
        """Show other keys."""
        self._keys = keys
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width or max(20, self.app.size.width - 2)
        lines: list[list[Content]] = [[]]
        used = 0
        for said in map(self._said, self._keys):
            if lines[-1] and used + 3 + said.cell_length > width:
                lines.append([])
                used = 0
            lines[-1].append(Content.assemble("   " if lines[-1] else "", said))
            used += 3 + said.cell_length
        self.update(Content("\n").join(Content.assemble(*line) for line in lines))

    def _said(self, entry: Key) -> Content:
        known = {**bindings_of(type(self.app)), **bindings_of(type(self.screen))}
        bound = [known[id] for id in entry.ids if id in known]
        if not bound:
            return Content(one_line(entry.words))
        names = [key_of(self.app, binding.id or "", binding.key) for binding in bound]
        name = (" or " if len(names) == 2 else " ").join(names)
        action = bound[0].action
        on = "app" if bound[0].id in bindings_of(type(self.app)) else "screen"
        said = linked(f"{name} {entry.words}", action if "." in action.partition("(")[0] else f"{on}.{action}")
        return said.stylize("bold reverse") if entry.strong else said.stylize("bold", 0, len(name))
