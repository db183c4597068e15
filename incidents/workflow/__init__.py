"""The only door from the desk to the record. One table of transitions, one verb for each.

Every verb locks the incident, checks the table, the role, the country scope and its own rule,
changes, audits with the values before and after and, where readers see it, writes the record: in
one transaction. It names who does it (`by`) and when (`at`).
"""

from incidents.workflow.attention import assign, comment
from incidents.workflow.door import correct, merge, publish, split, withdraw
from incidents.workflow.imports import publish_many
from incidents.workflow.protection import (
    agree_lower,
    decline_lower,
    extend_embargo,
    lift_embargo,
    propose_lower,
    raise_sensitivity,
)
from incidents.workflow.review import discard, send_back, submit, take_up, verify
from incidents.workflow.table import BY_VERB, TRANSITIONS, Transition, TransitionRefused, why_not

__all__ = [
    "BY_VERB",
    "TRANSITIONS",
    "Transition",
    "TransitionRefused",
    "agree_lower",
    "assign",
    "comment",
    "correct",
    "decline_lower",
    "discard",
    "extend_embargo",
    "lift_embargo",
    "merge",
    "propose_lower",
    "publish",
    "publish_many",
    "raise_sensitivity",
    "send_back",
    "split",
    "submit",
    "take_up",
    "verify",
    "why_not",
    "withdraw",
]
