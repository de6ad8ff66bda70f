"""Output to the byte: what a log or a document holds, as it stands."""

from __future__ import annotations

import os
import sys

from tabletop.errors import TabletopError

_READER_GONE = 141


def put(raw: bytes) -> None:
    """Bytes on stdout, at once. A reader that has gone away (`| head`) ends the command quietly.

    Raises TabletopError where the output's own disk is full or fails.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _let_go()
        raise SystemExit(_READER_GONE) from None
    except OSError as cause:
        _let_go()
        raise TabletopError(f"The output cannot be written: {cause.strerror}.", "Send it to another place.") from cause


def _let_go() -> None:
    # Python would complain once more when it flushes at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
