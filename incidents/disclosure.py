"""How finely a place may be shown: never finer than stored, never finer than policy (D2.4).

| what happened | shown as |
|---|---|
| an abduction whose case is still open | country |
| an abduction that ended | first-level area |
| sexual violence | first-level area |
| displaced people's sites, aid organisations, health care among the targets | first-level area |
| anything else | as stored |

A coarser point is the representative point of the area, not a jittered one: jitter averages out.
"""

from collections.abc import Collection
from dataclasses import dataclass

from incidents.choices import GeoPrecision, TargetType
from incidents.models.location import FINENESS

ABDUCTIONS = ("HOS-KID", "HOS-MAS")
SEXUAL_VIOLENCE = "SEX-VIO"
PROTECTED_TARGETS = {
    TargetType.DISPLACED_PERSONS: "displaced people",
    TargetType.NGO_AID: "aid workers",
    TargetType.HEALTH: "health care",
}


@dataclass(frozen=True)
class Shown:
    """The precision that may be shown, and why it is coarser than the stored one ("" if not)."""

    precision: GeoPrecision
    reason: str = ""


def _policy(
    type_code: str, targets: Collection[str], hostage_open: bool, sexual_violence: bool
) -> Shown | None:
    if hostage_open:
        return Shown(GeoPrecision.COUNTRY, "open hostage case")
    if type_code in ABDUCTIONS:
        return Shown(GeoPrecision.ADMIN1, "abduction")
    if sexual_violence or type_code == SEXUAL_VIOLENCE:
        return Shown(GeoPrecision.ADMIN1, "sexual violence")
    for target, reason in PROTECTED_TARGETS.items():
        if target in targets:
            return Shown(GeoPrecision.ADMIN1, reason)
    return None


def shown_place(
    type_code: str,
    targets: Collection[str],
    *,
    hostage_open: bool,
    stored: str,
    sexual_violence: bool = False,
) -> Shown:
    """The coarser of what is stored and what policy allows."""
    kept = Shown(GeoPrecision(stored))
    policy = _policy(type_code, targets, hostage_open, sexual_violence)
    if policy is None or FINENESS[policy.precision] <= FINENESS[kept.precision]:
        return kept
    return policy


def display_precision(
    type_code: str,
    targets: Collection[str],
    hostage_open: bool,
    stored: str,
    sexual_violence: bool = False,
) -> GeoPrecision:
    """The precision of `shown_place`."""
    return shown_place(
        type_code,
        targets,
        hostage_open=hostage_open,
        stored=stored,
        sexual_violence=sexual_violence,
    ).precision
