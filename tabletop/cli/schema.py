"""``tabletop schema``: the JSON Schema of the format, for completion in editors."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--script", action="store_true", help="of an inject script, not of an exercise")


def run(options: argparse.Namespace) -> int:
    """Print it."""
    import json

    from tabletop.cli.output import say
    from tabletop.scenario.schema import json_schema

    say(json.dumps(json_schema("script" if options.script else "exercise"), indent=2, ensure_ascii=False))
    return 0
