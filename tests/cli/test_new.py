"""`tabletop new` with cells and moves, and the schema that its first line names."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tabletop.cli import main
from tabletop.scenario.loading import load_exercise
from tabletop.scenario.schema import json_schema


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("cells", ["rok", "rok,jpn,usa", ",".join(f"cell-{number}" for number in range(12))])
@pytest.mark.parametrize("moves", [1, 3, 12])
def test_an_exercise_of_these_cells_and_moves_has_neither_fault_nor_doubt(
    here: Path, capsys: pytest.CaptureFixture[str], cells: str, moves: int
) -> None:
    assert main(["new", "drill", "--cells", cells, "--moves", str(moves)]) == 0
    exercise = load_exercise(Path("exercises/drill.yaml"))
    assert [cell.id for cell in exercise.cells] == cells.split(",")
    assert len(exercise.moves) == moves
    capsys.readouterr()
    assert main(["check", "drill"]) == 0
    assert capsys.readouterr().out == "1 file: nothing found.\n"


@pytest.mark.parametrize("words", [[], ["--cells", "rok,jpn"], ["--moves", "2"]])
def test_a_new_exercise_is_laid_out_as_fmt_would(here: Path, words: list[str]) -> None:
    assert main(["new", "drill", *words]) == 0
    assert main(["fmt", "--check", "exercises/drill.yaml"]) == 0


def test_cells_alone_come_with_three_moves_and_moves_alone_with_two_cells(here: Path) -> None:
    assert main(["new", "one", "--cells", "rok"]) == 0
    assert main(["new", "two", "--moves", "1"]) == 0
    one, two = (load_exercise(Path(f"exercises/{id}.yaml")) for id in ("one", "two"))
    assert (len(one.cells), len(one.moves)) == (1, 3)
    assert (len(two.cells), len(two.moves)) == (2, 1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--cells", "rok,"], "'' is not an id"),
        (["--cells", "ROK"], "'ROK' is not an id"),
        (["--cells", "rok,control"], "'control' is reserved"),
        (["--cells", "rok,rok"], "two cells 'rok'"),
        (["--cells", ",".join(f"c{number}" for number in range(13))], "13 cells are too many"),
        (["--moves", "0"], "from 0 moves"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_and_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["new", "drill", *words]) == 2
    assert said in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_the_first_line_names_a_schema_that_can_be_written_beside(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "drill", "--schema"]) == 0
    first = Path("exercises/drill.yaml").read_text().splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named is not None
    assert json.loads((Path("exercises") / named[1]).read_text()) == json_schema("exercise")


def test_where_no_schema_is_written_the_command_that_writes_it_is_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "drill"]) == 0
    assert "tabletop schema > exercises/tabletop.schema.json" in capsys.readouterr().out
    assert main(["new", "other", "--schema"]) == 0
    assert main(["new", "third"]) == 0
    assert "tabletop schema" not in capsys.readouterr().out.partition("other.yaml")[2]


def test_a_schema_that_is_there_is_not_written_over(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("exercises").mkdir()
    Path("exercises/tabletop.schema.json").write_text("mine")
    assert main(["new", "drill", "--schema"]) == 0
    assert "is there already" in capsys.readouterr().out
    assert Path("exercises/tabletop.schema.json").read_text() == "mine"
