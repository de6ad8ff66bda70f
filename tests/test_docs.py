"""Every command in the README and the docs does what it says: `sh` blocks are run, in order, page by page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SCREENS = {"run", "resume", "review", "display", "edit", ""}


def commands(page: Path) -> list[str]:
    """The commands of a page's `sh` blocks that call the tool."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.split(" ")[0] == "tabletop"]


def environment(folder: Path) -> dict[str, str]:
    """An environment in which `tabletop` is the one under test and logs go to the folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "TABLETOP_LOGS": str(folder / "logs"), "TERM": "xterm-256color"}


def opens_a_screen(command: str, folder: Path) -> None:
    """Start a console in a real terminal, begin the session if it is a new one, leave by Ctrl+Q."""
    child = pexpect.spawn(
        "/bin/sh", ["-c", command], cwd=folder, env=environment(folder), dimensions=(40, 120), timeout=30
    )
    child.expect("EXERCISE|PAUSED|1 Timeline|1 of 1|1 Findings")
    if command.split()[1:2] == ["run"]:
        child.send("\x1b[21~")  # F10
        child.expect("Ground rules")
    child.send("\x11")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_every_command_on_the_page_works(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    shutil.copytree(ROOT / "injects", tmp_path / "injects")
    for command in commands(page):
        verb = [*command.split(), ""][1]
        if verb in SCREENS:
            opens_a_screen(command, tmp_path)
            continue
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"
