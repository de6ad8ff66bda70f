"""How commands speak: output on stdout, everything else on stderr, nothing that steers a terminal in either."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import TextIO

from tabletop.errors import TabletopError, UsageError

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
    flush()
    _write(sys.stderr, f"tabletop: {text}")


def complain(error: TabletopError) -> None:
    """What went wrong and what to do about it, on stderr."""
    warn(str(error))


def flush() -> None:
    """Have everything said; where it cannot be, end as `say` does."""
    _spoken(sys.stdout, "")


def _write(stream: TextIO | None, text: str) -> None:
    _spoken(stream, _safe(text) + "\n")


def _spoken(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by whoever called
        return
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:  # a terminal that is not UTF-8: better question marks than a traceback
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "replace").decode(encoding))
        if not text:
            stream.flush()
    except OSError as cause:
        # Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(cause, BrokenPipeError):
            raise SystemExit(141) from None
        raise UsageError(f"The output cannot be written: {cause.strerror}.", "Write it elsewhere.") from cause
