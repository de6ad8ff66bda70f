"""Which events are single entries of the record, that can be taken back or withheld by themselves."""

from __future__ import annotations

ENTRIES = frozenset(
    {
        "discussion_noted",
        "observation_recorded",
        "fact_recorded",
        "argument_made",
        "act_recorded",
        "message_sent",
        "request_raised",
        "request_answered",
        "objective_rated",
        "action_agreed",
        "action_closed",
        "feedback_given",
        "hot_wash_noted",
    }
)
"""The types on which nothing rests, unless they moved a track."""

WITHDRAWABLE = ENTRIES | {
    "ruling_made",
    "track_set",
    "expectation_marked",
    "inject_released",
    "inject_revealed",
    "inject_skipped",
    "inject_held",
    "consequence_read",
    "decision_recorded",
    "decision_revised",
}
"""The types of entries that can be withdrawn while nothing rests on them."""
