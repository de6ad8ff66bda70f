"""`tabletop fmt`: files are laid out in place, at once or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.cli import main

UNTIDY, TIDY = "title: T\nid: x\n", "id: x\ntitle: T\n"


def test_a_file_is_laid_out_in_place_and_keeps_its_permissions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(UNTIDY)
    path.chmod(0o640)
    assert main(["fmt", str(path)]) == 0
    assert path.read_text() == TIDY
    assert path.stat().st_mode & 0o777 == 0o640
    assert capsys.readouterr().out == f"{path} is laid out.\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_in_order_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(TIDY)
    before = path.stat()
    assert main(["fmt", str(path)]) == 0
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert capsys.readouterr().out == ""


def test_check_names_what_would_change_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "x.yaml", tmp_path / "y.yaml"
    one.write_text(UNTIDY)
    other.write_text(TIDY)
    assert main(["fmt", "--check", str(one), str(other)]) == 1
    assert capsys.readouterr().out == f"{one} would be laid out.\n"
    assert one.read_text() == UNTIDY
    assert main(["fmt", "--check", str(other)]) == 0


def test_each_file_is_tried_and_the_highest_code_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, good = tmp_path / "b.yaml", tmp_path / "g.yaml"
    broken.write_text("a: [\n")
    good.write_text(UNTIDY)
    assert main(["fmt", str(broken), str(good)]) == 1
    assert good.read_text() == TIDY
    assert broken.read_text() == "a: [\n"
    assert main(["fmt", str(broken), str(tmp_path / "none.yaml")]) == 2
    err = capsys.readouterr().err
    assert "b.yaml:" in err
    assert "There is no file" in err


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "t.yaml", tmp_path / "l.yaml"
    target.write_text(UNTIDY)
    link.symlink_to(target)
    assert main(["fmt", str(link)]) == 0
    assert link.is_symlink()
    assert target.read_text() == TIDY
