"""Random plays: what they show where a search of all paths did not come to an end."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tabletop.scenario.index import Index
from tabletop.scenario.model import Decision
from tabletop.scenario.paths.groups import EffectAt
from tabletop.scenario.planned import Decided, MoveStarted, Released, play

PLAYS = 200
"""How many random plays stand in for a proof."""


@dataclass
class Sampled:
    """In how many plays each move and each inject came, and the effects that moved their track in some."""

    moves: dict[str, int] = field(default_factory=dict)
    injects: dict[str, int] = field(default_factory=dict)
    effects: set[EffectAt] = field(default_factory=set)


def sample(index: Index, plays: int, seed: int = 0) -> Sampled:
    """Play so often, each option as likely as any other: rare answers are what is looked for."""
    random, found = Random(seed), Sampled()

    def choose(decision: Decision, cells: tuple[str, ...]) -> str:
        return random.choice(decision.options).id

    for _ in range(plays):
        for happening in play(index, choose):
            match happening:
                case MoveStarted(move=move):
                    found.moves[move.id] = found.moves.get(move.id, 0) + 1
                case Released(inject=inject, tracks=tracks):
                    found.injects[inject.id] = found.injects.get(inject.id, 0) + 1
                    found.effects |= {
                        (inject.id, track) for track, (before, after) in tracks.items() if before != after
                    }
                case Decided(inject=inject, decision=decision, option=str(option), tracks=tracks):
                    moved = [track for track, (before, after) in tracks.items() if before != after]
                    found.effects |= {(inject.id, decision.id, option, track) for track in moved}
    return found
