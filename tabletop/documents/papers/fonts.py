"""Which fonts a PDF is set in: of those installed, with what Korean, Japanese and Chinese need."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

LATIN = ("Noto Sans", "Liberation Sans", "Arial", "Helvetica Neue", "DejaVu Sans", "Libertinus Serif")
"""For Latin letters, best first; the last one comes with typst itself."""
SIGNS = (
    "DejaVu Sans",
    "Noto Sans Symbols 2",
    "Noto Sans Symbols",
    "Segoe UI Symbol",
    "Apple Symbols",
    "DejaVu Sans Mono",
)
"""For arrows, boxes and the like."""

_EAST_ASIAN = {
    "ko": ("Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans K", "Malgun Gothic", "Apple SD Gothic Neo",
           "NanumGothic", "UnDotum", "Noto Serif CJK KR", "Noto Serif KR", "Batang"),
    "ja": ("Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans", "Yu Gothic", "Hiragino Sans", "Meiryo", "MS Gothic",
           "IPAexGothic", "IPAGothic", "TakaoGothic", "VL Gothic", "Noto Serif CJK JP", "Noto Serif JP"),
    "zh": ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC",
           "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC", "SimSun"),
}  # fmt: skip
_NAMES = {"ko": "Korean", "ja": "Japanese", "zh": "Chinese characters"}
_LETTERS = {
    "ko": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]"),
    "ja": re.compile(r"[\u3041-\u30ff]"),
    "zh": re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]"),
}


def families(text: str, language: str, installed: Collection[str]) -> list[str]:
    """The fonts to try for each letter of a text, in order."""
    tongues = _tongues(text, language)
    chosen = [*LATIN, *(font for tongue in tongues for font in _EAST_ASIAN[tongue]), *SIGNS]
    return [font for font in dict.fromkeys(chosen) if font in installed]


def missing(text: str, installed: Collection[str]) -> str:
    """What to say where the text has letters that no font known here holds; empty where all is well."""
    if any("CJK" in font for font in installed):  # a font of that name holds all of them
        return ""
    lacking = [_NAMES[tongue] for tongue in _written(text) if not _held(tongue, installed)]
    if not lacking:
        return ""
    return (
        f"No font known to hold {' and '.join(lacking)} is installed here: where the PDF shows boxes, install"
        " Noto Sans CJK (on Debian and Ubuntu: fonts-noto-cjk) and make it again."
    )


def _held(tongue: str, installed: Collection[str]) -> bool:
    """Whether a font for it is there; those for Japanese hold Chinese characters, too."""
    able = (tongue, "ja") if tongue == "zh" else (tongue,)
    return any(font in installed for each in able for font in _EAST_ASIAN[each])


def _tongues(text: str, language: str) -> list[str]:
    """The language first, for Chinese characters look different in each; then what the text is written in."""
    code = language.partition("-")[0]
    wanted = [code] if code in _EAST_ASIAN else []
    return list(dict.fromkeys([*wanted, *_written(text), *_EAST_ASIAN]))


def _written(text: str) -> Iterator[str]:
    return (tongue for tongue, letters in _LETTERS.items() if letters.search(text))
