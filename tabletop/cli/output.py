"""How commands speak: output on stdout, everything else on stderr, nothing that steers a terminal in either."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import TextIO

from tabletop.errors import TabletopError

_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def _safe(text: str) -> str:
    """The text without control characters and bidi overrides; line ends and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char
        for char in text
        if char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and ord(char) not in _BIDI)
    )


def say(text: str = "") -> None:
    """A line of output. A reader that has gone away (`| head`) ends the command quietly."""
    _write(sys.stdout, text)


def warn(text: str) -> None:
    """A line on stderr: something to know, and no failure."""
    sys.stdout.flush()
    _write(sys.stderr, f"tabletop: {text}")


def complain(error: TabletopError) -> None:
    """What went wrong and what to do about it, on stderr."""
    warn(str(error))


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(_safe(text) + "\n")
    except UnicodeEncodeError:  # a terminal that is not UTF-8: better question marks than a traceback
        encoding = stream.encoding or "ascii"
        stream.write(_safe(text).encode(encoding, "replace").decode(encoding) + "\n")
    except BrokenPipeError:
        # Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None
