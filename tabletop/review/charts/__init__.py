"""What charts of a session show, as data worked out from its record alone; nothing here draws."""

from __future__ import annotations

from typing import TypeAlias

from tabletop.review.charts.lanes import Lanes
from tabletop.review.charts.pace import MovePace, Thinking
from tabletop.review.charts.participation import Participation
from tabletop.review.charts.ratings import Ratings
from tabletop.review.charts.tracks import TrackLines

__all__ = ["Chart", "Lanes", "MovePace", "Participation", "Ratings", "Thinking", "TrackLines"]

Chart: TypeAlias = Lanes | TrackLines | MovePace | Thinking | Participation | Ratings
