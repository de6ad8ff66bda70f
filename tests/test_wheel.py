"""The built wheel carries everything: it works in an empty environment, from any folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tabletop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `tabletop` command of an environment that holds the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    scripts = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    [wheel] = folder.glob("*.whl")
    install = [str(scripts / "pip"), "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return scripts / "tabletop"


def run(tabletop: Path, folder: Path, *words: str) -> str:
    """What a command prints, run in a folder that has nothing to do with the project."""
    done = subprocess.run([str(tabletop), *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_lists_checks_rehearses_and_reports_from_any_folder(tabletop: Path, tmp_path: Path) -> None:
    shelf = json.loads(run(tabletop, tmp_path, "list", "--json"))
    assert "gsomia-ninety-days" in [entry["id"] for entry in shelf["exercises"]]
    run(tabletop, tmp_path, "check", "gsomia-ninety-days")
    assert "# TT203 `unread-track`" in run(tabletop, tmp_path, "check", "--explain", "TT203")
    run(tabletop, tmp_path, "rehearse", "gsomia-ninety-days", "--seed", "7", "--log", "rehearsal.jsonl")
    assert "head" in run(tabletop, tmp_path, "verify", "rehearsal.jsonl")
    report = run(tabletop, tmp_path, "report", "rehearsal.jsonl", "--format", "md")
    assert "# GSOMIA: ninety days: after-action report" in report
    assert "## 1. 요약" in run(tabletop, tmp_path, "report", "rehearsal.jsonl", "--language", "ko")
    run(tabletop, tmp_path, "report", "--init-template", "ours")
    assert {"report.md.j2", "report.html.j2", "report.css", "report.typ"} == {
        path.name for path in (tmp_path / "ours").iterdir()
    }
