"""Who sees this screen: what stands of the curtain, and which cards are masked because the room may look on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from tabletop.console.keynames import key_of
from tabletop.console.safe import tell
from tabletop.console.widgets.inject import InjectPane

if TYPE_CHECKING:
    from tabletop.console.glance import Glance
    from tabletop.session.schedule import Slot
    from tabletop.session.session import Session

    Base = Screen[None]
else:
    Base = object


@dataclass
class Wall:
    """``drawn`` is the curtain at the start, before play; ``stays``: it stays drawn as play begins.

    ``used`` says that it was drawn in play: the room looks on at times. Then, as before the start, what is for
    one cell alone is masked, but for what was asked for (``shown``).
    """

    drawn: bool = False
    stays: bool = False
    used: bool = False
    shown: set[str] = field(default_factory=set)

    @property
    def standing(self) -> str:
        """Who sees the screen, in words."""
        if not self.drawn:
            return "PRIVATE"
        return "ON THE WALL, in play too" if self.stays else "ON THE WALL"

    def draw(self) -> None:
        """The curtain is drawn in play: from here on cards are masked, those shown before too."""
        self.drawn, self.used = False, True
        self.shown.clear()

    def masks(self, card: str) -> bool:
        """Whether a card for one cell is to be masked."""
        return (self.drawn or self.used) and card not in self.shown


class Walled(Base):
    """The curtain and the masked cards, for the screen of play."""

    session: Session
    glance: Glance
    wall: Wall

    if TYPE_CHECKING:
        consequence: Any

        def in_hand(self) -> Slot | None: ...
        def refresh_all(self) -> None: ...
        def read_consequence(self) -> None: ...

    def action_curtain(self) -> None:
        """Only what every player may see."""
        from tabletop.console.screens.curtain import CurtainScreen

        self.wall.draw()
        self.app.push_screen(CurtainScreen(self.session), lambda _: self.refresh_all())

    def masked(self, slot: Slot | None) -> bool:
        """Whether the inject has a card for one cell that is not to be seen now."""
        if slot is None or not self.wall.masks(slot.inject.id):
            return False
        return self.for_one(self.glance.addressees(slot)) or bool(slot.inject.private)

    def for_one(self, cells: tuple[str, ...]) -> bool:
        """Whether something is for one cell alone, where there are several."""
        return len(cells) == 1 < len(self.glance.state.index.players)

    def mask_key(self) -> str:
        """The key that shows a masked card."""
        return key_of(self.app, "act.unmask", "z")

    def action_unmask(self) -> None:
        """Show the card that is masked: the consequence that is being read, else what is under the cursor."""
        slot = self.in_hand()
        if self.consequence is not None and self.wall.masks(self.consequence.card):
            self.wall.shown.add(self.consequence.card)
            self.read_consequence()
        elif self.consequence is None and slot is not None and self.masked(slot):
            self.wall.shown.add(slot.inject.id)
            self.refresh_all()
            self.query_one(InjectPane).scroll_home(animate=False)
        else:
            tell(self.app, "Nothing is masked here: cards for one cell are, once the curtain was drawn.", "information")
