"""Every paper as `tabletop export` asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tabletop.documents.papers.evaluation import evaluation_guide
from tabletop.documents.papers.facilitator import facilitator_guide
from tabletop.documents.papers.feedback import feedback_form
from tabletop.documents.papers.handouts import handouts
from tabletop.documents.papers.manual import manual
from tabletop.documents.papers.pdf import as_pdf, missing_letters
from tabletop.documents.papers.pieces import Paper
from tabletop.documents.papers.word import as_docx
from tabletop.review.speech import LANGUAGES, speaking
from tabletop.scenario.model import Exercise

_OWN = "en"
"""The language that an exercise is taken to be in unless another is asked for."""


@dataclass(frozen=True)
class Made:
    """A paper's file, and what whoever asked for it should know."""

    raw: bytes
    doubts: tuple[str, ...] = ()


def manual_docx(exercise: Exercise, cell: str | None, language: str | None) -> Made:
    """The situation manual of a cell, or of all players, in Word."""
    return _made(partial(manual, exercise, cell), language, _docx)


def manual_pdf(exercise: Exercise, cell: str | None, language: str | None) -> Made:
    """The situation manual of a cell, or of all players, as PDF."""
    return _made(partial(manual, exercise, cell), language, _pdf)


def facilitator_docx(exercise: Exercise, language: str | None) -> Made:
    """The facilitator guide, in Word."""
    return _made(partial(facilitator_guide, exercise), language, _docx)


def evaluation_docx(exercise: Exercise, language: str | None) -> Made:
    """The exercise evaluation guide, in Word."""
    return _made(partial(evaluation_guide, exercise), language, _docx)


def handouts_pdf(exercise: Exercise, cell: str | None, language: str | None) -> Made:
    """The handouts of a cell, or of all, as PDF."""
    return _made(partial(handouts, exercise, cell), language, _pdf)


def feedback_docx(exercise: Exercise, language: str | None) -> Made:
    """The participant feedback form, in Word."""
    return _made(partial(feedback_form, exercise), language, _docx)


def _made(paper: Callable[[str], Paper], language: str | None, write: Callable[[Paper], Made]) -> Made:
    """The paper written out; what it says itself is in its language, or in English where that is not spoken."""
    code = language or _OWN
    with speaking(code if code in LANGUAGES else _OWN):
        return write(paper(code))


def _docx(paper: Paper) -> Made:
    return Made(as_docx(paper))


def _pdf(paper: Paper) -> Made:
    return Made(as_pdf(paper), missing_letters(paper))
