"""The folder of an organisation's templates: which files a format takes, and what may not be in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tabletop.errors import TabletopError, UsageError

FILES = {
    "md": ("report.md.j2",),
    "html": ("report.html.j2", "report.css"),
    "docx": ("report.docx",),
    "pdf": ("report.typ",),
}
"""The files of each format; the first is its template."""
BEGIN = "tabletop report --init-template FOLDER writes templates to begin with."


@dataclass(frozen=True, slots=True)
class Templates:
    """A folder in which the files of one format are there; see `templates`."""

    folder: Path
    form: str

    @property
    def main(self) -> Path:
        """The template itself."""
        return self.folder / FILES[self.form][0]

    def text(self, name: str) -> str:
        """A file of it. Raises TabletopError where it is no text or not to be read."""
        path = self.folder / name
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as cause:
            line = path.read_bytes()[: cause.start].count(b"\n") + 1
            raise wrong(path, line, "the file is no text in UTF-8") from cause
        except OSError as cause:
            raise UsageError(f"{path} cannot be read: {cause.strerror or cause}.") from cause


def templates(folder: Path, form: str) -> Templates:
    """The templates for a format. Raises UsageError where a file is missing, TabletopError where one is a link."""
    if form not in FILES:
        raise UsageError(f"`--format {form}` takes no template.", f"Those that do: {', '.join(FILES)}.")
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder, and --template takes one.", BEGIN)
    for name in FILES[form]:
        if not (folder / name).is_file():
            raise UsageError(f"{folder} has no {name}, which `--format {form}` takes.", BEGIN)
    _refuse_links(folder)
    return Templates(folder, form)


def _refuse_links(folder: Path) -> None:
    """A template reads within its folder alone, and a link would lead out of it."""
    for here, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if (path := Path(here, name)).is_symlink():
                raise TabletopError(
                    f"{path} is a link, and a folder of templates may have none.", "Put the file itself there."
                )


def wrong(path: Path, line: int | None, what: str) -> TabletopError:
    """What is wrong with a template, with its line where that is known."""
    place = f"{path}:{line}" if line else f"{path}"
    return TabletopError(f"{place}: {what.strip().rstrip('.')}.", "Mend it, or begin anew: " + BEGIN)
