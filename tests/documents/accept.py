"""Write the report on the sample session to its golden file, to be read before it is committed."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "review"))

import sample  # noqa: E402

from tabletop.documents.markdown import as_markdown  # noqa: E402
from tabletop.documents.report.building import after_action_report  # noqa: E402

text = as_markdown(after_action_report(sample.reviewed(), sample.reading(sample.PLAYED)))
(HERE / "gate.md").write_text(text, encoding="utf-8")
