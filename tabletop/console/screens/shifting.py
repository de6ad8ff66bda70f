"""A form in which some fields stand only while a choice above them calls for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabletop.console.screens.form import Field, FormScreen, Submit, keep_in_sight
from tabletop.console.widgets.pick import Pick

Only = Mapping[str, tuple[str, Sequence[str]]]
"""Fields by their ids: the choice that they hang on, and the values for which they stand."""


class ShiftingForm(FormScreen):
    """Shows a field of ``only`` while its choice has one of its values; a field hidden keeps what was typed."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        submit: Submit,
        *,
        only: Only,
        about: str = "",
        record: str = "record",
    ) -> None:
        super().__init__(title, fields, submit, about=about, record=record)
        self._only = only

    def on_mount(self) -> None:
        """Hide what is not called for."""
        self._shift()

    def on_pick_changed(self, event: Pick.Changed) -> None:
        """Another choice, other fields."""
        self._shift()
        self.call_after_refresh(keep_in_sight, self)

    def _shift(self) -> None:
        for id, (choice, values) in self._only.items():
            widget = self.query_one(f"#{id}")
            shown = self.query_one(f"#{choice}", Pick).value in values
            widget.display = self.query_one(f"#{id}-label").display = shown
