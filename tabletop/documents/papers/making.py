"""Every paper as `tabletop export` asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from tabletop.documents.papers.evaluation import evaluation_guide
from tabletop.documents.papers.facilitator import facilitator_guide
from tabletop.documents.papers.feedback import feedback_form
from tabletop.documents.papers.handouts import handouts
from tabletop.documents.papers.manual import manual
from tabletop.documents.papers.pdf import as_pdf, missing_letters
from tabletop.documents.papers.pieces import Paper
from tabletop.documents.papers.word import as_docx
from tabletop.scenario.model import Exercise

_OWN = "en"
"""The language that papers speak themselves, and that an exercise is taken to be in unless another is asked for."""


@dataclass(frozen=True)
class Made:
    """A paper's file, and what whoever asked for it should know."""

    raw: bytes
    doubts: tuple[str, ...] = ()


def manual_docx(exercise: Exercise, cell: str | None, language: str | None) -> Made:
    """The situation manual of a cell, or of all players, in Word."""
    return Made(as_docx(manual(exercise, cell, language or _OWN)))


def manual_pdf(exercise: Exercise, cell: str | None, language: str | None) -> Made:
    """The situation manual of a cell, or of all players, as PDF."""
    return _pdf(manual(exercise, cell, language or _OWN))


def facilitator_docx(exercise: Exercise, language: str | None) -> Made:
    """The facilitator guide, in Word."""
    return Made(as_docx(facilitator_guide(exercise, language or _OWN)))


def evaluation_docx(exercise: Exercise, language: str | None) -> Made:
    """The exercise evaluation guide, in Word."""
    return Made(as_docx(evaluation_guide(exercise, language or _OWN)))


def handouts_pdf(exercise: Exercise, cell: str | None, language: str | None) -> Made:
    """The handouts of a cell, or of all, as PDF."""
    return _pdf(handouts(exercise, cell, language or _OWN))


def feedback_docx(exercise: Exercise, language: str | None) -> Made:
    """The participant feedback form, in Word."""
    return Made(as_docx(feedback_form(exercise, language or _OWN)))


def _pdf(paper: Paper) -> Made:
    return Made(as_pdf(paper), missing_letters(paper))
