"""How much of a file is read, whatever it is: memory has an end, and files that only look like logs have none."""

from __future__ import annotations

from typing import BinaryIO

LONGEST_LINE = 16 * 2**20
"""Bytes of a line that is still written and read; a first line with a large exercise takes a fiftieth."""

LARGEST_LOG = 512 * 2**20
"""Bytes of a log that is still written and read: a million events."""

_PART = 2**20
_SHORTEST_LINE = 100  # bytes; the keys and digests of an event alone take more


def read_bounded(file: BinaryIO, size: int) -> bytes:
    """The next ``size`` bytes of a file, and no more if it grows meanwhile; fewer where a line has no end.

    Of a file larger than LARGEST_LOG, one byte more than that. What is left of a line longer than LONGEST_LINE is
    a piece without a newline that is longer too.
    """
    size = min(size, LARGEST_LOG + 1)
    if size <= LONGEST_LINE:
        return file.read(size)
    parts: list[bytes] = []
    line = 0
    while line <= LONGEST_LINE and (part := file.read(min(size, _PART))):
        parts.append(part)
        size -= len(part)
        last = part.rfind(b"\n")
        line = line + len(part) if last < 0 else len(part) - last - 1
    return b"".join(parts)


def split_lines(raw: bytes) -> list[bytes]:
    """The lines of a log, and what stands after the last newline, empty if nothing does.

    A file with more lines than its bytes have room for is split no further than to the first that is too
    short for an event: a gigabyte of newlines would take eight of memory.
    """
    return raw.split(b"\n", len(raw) // _SHORTEST_LINE + 1)
