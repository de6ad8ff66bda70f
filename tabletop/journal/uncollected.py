"""Reading without the garbage collector: what a log makes has no cycles and stays, and looking for them takes long."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles in here, nor a first one over all that was made; halves the time that a long log takes."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            _age()
            gc.enable()


def _age() -> None:
    """Counts all that there is among what has been here for long; else the next search would go through it at once."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
