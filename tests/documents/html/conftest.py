"""A browser, for what only a browser can tell."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Opened = Callable[[str], str]


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Opens a page in Chromium and gives what stands in it when all its scripts have run."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed here")
    folder = tmp_path_factory.mktemp("pages")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000"]

    def dumped(page: str) -> str:
        path: Path = folder / "page.html"
        path.write_text(page, encoding="utf-8")
        command = [browser, *quiet, f"--user-data-dir={folder / 'user'}", "--dump-dom", path.as_uri()]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout

    return dumped
