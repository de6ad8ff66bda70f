"""Several logs at once: what is wrong with one is said, and the others go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tabletop.cli.output import complain, warn
from tabletop.errors import TabletopError
from tabletop.journal.folder import log_path, name_of
from tabletop.journal.reading import Reading, read_log
from tabletop.review.logs import Log


@dataclass
class Logs:
    """The logs that were named, as far as they could be read.

    ``code`` is the command's exit code so far: 1 where one is damaged or none, 2 where one is not there.
    """

    folder: Path
    found: dict[Path, Reading] = field(default_factory=dict)
    code: int = 0

    def read(self, names: Iterable[str | Path]) -> None:
        """Read logs by their paths or sessions' names."""
        for name in names:
            try:
                self.one(name)
            except TabletopError as error:
                complain(error)
                self.code = max(self.code, error.exit_code)

    def one(self, name: str | Path) -> Path:
        """Read one, unless it is here already; raises TabletopError where it cannot be read at all."""
        path = log_path(name, self.folder)
        real = path.resolve()
        if real in self.found:
            return real
        reading = read_log(path)
        self.found[real] = replace(reading, path=real)
        if reading.damage:
            warn(f"{path}:{reading.damage.line}: {reading.damage.wrong} It is used up to there.")
            self.code = max(self.code, 1)
        elif reading.torn:
            warn(f"{path}:{reading.torn.line}: the last command was never finished, and is left out.")
        return real

    def logs(self) -> list[Log]:
        """All of them with what they are called: the file's name, or its path where two have the same."""
        return [self.log(path) for path in self.found]

    def log(self, path: Path) -> Log:
        """One of them."""
        names = Counter(name_of(each) for each in self.found)
        name = name_of(path)
        return Log(name if names[name] == 1 else str(path), self.found[path])
