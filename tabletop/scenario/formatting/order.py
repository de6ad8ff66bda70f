"""The order of keys: as the format's own page tells them, from what a thing is to what follows from it."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.scenario.model import (
    AgendaItem,
    Cell,
    Condition,
    Decision,
    Exercise,
    Inject,
    Model,
    Move,
    Objective,
    Option,
    Script,
    Source,
    Track,
)

_TRANSLATION = ("format", "translates", "language", "texts")
_BELOW: Mapping[type[Model], Mapping[str, type[Model]]] = {
    Exercise: {"sources": Source, "objectives": Objective, "cells": Cell, "tracks": Track, "moves": Move},
    Script: {"sources": Source, "injects": Inject},
    Move: {"when": Condition, "agenda": AgendaItem, "injects": Inject},
    Inject: {"when": Condition, "decisions": Decision},
    Decision: {"options": Option},
    Condition: {"any": Condition, "not": Condition},
}


class Order:
    """The keys of one thing in their order; without a model, the author's order stands."""

    def __init__(self, model: type[Model] | None = None, keys: tuple[str, ...] = ()) -> None:
        self._below = _BELOW.get(model, {}) if model else {}
        if model:
            # `use` says what an inject is, before all that is changed in it.
            keys = ("use", *(about.alias or name for name, about in model.model_fields.items()))
        self._rank = {key: rank for rank, key in enumerate(keys)}

    def rank(self, key: str) -> int:
        """What to sort by: unknown keys come last, in the order in which they stand."""
        return self._rank.get(key, len(self._rank))

    def below(self, key: str) -> Order:
        """The order within what stands under a key, itself or each of its entries."""
        return Order(self._below[key]) if key in self._below else FREE


FREE = Order()


def order_of(keys: set[str]) -> Order:
    """The order at the top of a file, which its keys tell apart: a translation, a script or an exercise."""
    if "translates" in keys:
        return Order(keys=_TRANSLATION)
    return Order(Script if "injects" in keys else Exercise)
