"""``--auto``: what the console does by itself when nobody overrules."""

from __future__ import annotations

from typing import Any

from tabletop.console.glance import Glance


def autoplay(glance: Glance) -> list[dict[str, Any]]:
    """The commands for this moment: release what is due; start the next move when this one is over."""
    if not (glance.playing and glance.running and glance.move):
        return []
    if glance.due:
        return [{"do": "release", "inject": slot.inject.id} for slot in glance.due]
    waiting = any(slot.status == "pending" and slot.moment is not None for slot in glance.slots)
    over = glance.timing.move_elapsed >= glance.timing.move_minutes * 60
    if over and not waiting and not glance.owed and glance.next_move:
        return [{"do": "move", "move": glance.next_move.id}]
    return []
