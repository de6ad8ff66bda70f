"""The authors' page says what the models say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tabletop.documents.reference import reference
from tabletop.scenario import model

PAGE = Path(__file__).parent.parent.parent / "docs" / "format.md"


def test_the_page_is_up_to_date() -> None:
    # If not: python -m tabletop.documents.reference > docs/format.md
    assert PAGE.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("part", [model.Exercise, model.Inject, model.Decision, model.Option, model.Condition])
def test_every_key_that_an_author_may_write_is_there(part: type[model.Model]) -> None:
    keys = {field.alias or name for name, field in part.model_fields.items()} - {"drawn_from", "translations"}
    assert keys <= set(re.findall(r"^\| \**`(\w+)`", reference(), re.MULTILINE))


def test_the_example_is_an_exercise() -> None:
    [whole] = [block for block in re.findall(r"```yaml\n(.*?)```", reference(), re.DOTALL) if "cells:" in block]
    exercise = model.Exercise.model_validate(yaml.safe_load(whole))
    assert [inject.id for inject in exercise.injects()] == ["walkout", "reproach"]
