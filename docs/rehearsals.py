"""Writes the table of rehearsals into exercises/README.md: a thousand seeded plays of each exercise.

    python docs/rehearsals.py

The same exercises give the same table.
"""

from __future__ import annotations

from pathlib import Path

from tabletop.scenario.index import Index
from tabletop.scenario.loading import load_exercise
from tabletop.session.choosing import Choices
from tabletop.session.tallying import Tally, tally

EXERCISES = Path(__file__).parent.parent / "exercises"
PAGE = EXERCISES / "README.md"
PLAYS = 1000
MOST = 4
"""Endings that are named."""
BEGINS, ENDS = "<!-- rehearsals -->\n", "<!-- end of rehearsals -->\n"
HEADING = (
    "| exercise | minutes (least, median, greatest) | injects in a play (the same) | of the plan seen | endings |\n"
    "| --- | --- | --- | --- | --- |\n"
)


def shipped() -> list[Path]:
    """Every exercise that is shipped; a translation has two dots in its name."""
    return sorted(path for path in EXERCISES.glob("*.yaml") if "." not in path.stem)


def row(path: Path, plays: int = PLAYS) -> str:
    """One exercise's row."""
    index = Index(load_exercise(path))
    counted, _ = tally(index, 0, plays, Choices())
    planned = [inject.id for inject in index.injects.values() if not inject.contingency]
    seen = sum(counted.injects[inject] > 0 for inject in planned)
    minutes = f"{min(counted.minutes)}, {counted.median}, {max(counted.minutes)}"
    cells = [path.stem, minutes, _released(counted), f"{seen} of {len(planned)}", _endings(index, counted)]
    return f"| {' | '.join(cells)} |\n"


def _released(counted: Tally) -> str:
    spread = sorted(counted.released.elements())
    return f"{spread[0]}, {spread[len(spread) // 2]}, {spread[-1]}"


def _endings(index: Index, counted: Tally) -> str:
    """The most frequent endings, by what goes out in each, with their shares."""
    plays, ranked = len(counted.minutes), counted.ranked_endings()
    shown = [
        f"{round(100 * count / plays)} % {', '.join(index.injects[inject].title for inject in ending) or 'one for all'}"
        for ending, count in ranked[:MOST]
    ]
    others = sum(count for _, count in ranked[MOST:])
    more = [f"{round(100 * others / plays)} % {len(ranked) - MOST} others"] if others else []
    return "<br>".join([*shown, *more])


def table(plays: int = PLAYS) -> str:
    """The whole table."""
    return HEADING + "".join(row(path, plays) for path in shipped())


def main() -> None:
    """Put the table in its place on the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGINS)
    after = rest.partition(ENDS)[2]
    PAGE.write_text(f"{before}{BEGINS}{table()}{ENDS}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
