"""Output to the byte: what a log or a document holds, as it stands."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

_READER_GONE = 141


def put(raw: bytes) -> None:
    """Bytes on stdout, at once. A reader that has gone away (`| head`) ends the command quietly."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _leave()


def _leave() -> NoReturn:
    # Python would complain once more when it flushes at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(_READER_GONE) from None
