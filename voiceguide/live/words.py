"""A segment in the few words that a screen has room for."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.live.view import View
from voiceguide.model import wording
from voiceguide.model.timeline import Segment

_KINDS = {
    "talk": "Listen",
    "prepare": "Get ready",
    "work": "Work",
    "rest": "Rest",
    "switch": "Change sides",
    "wait": "Your turn",
}
_SIDES = {"left": "left side", "right": "right side", "alternate": "sides in turn"}


def name(segment: Segment) -> str:
    """What it is called."""
    return segment.label or _KINDS[segment.kind]


def particulars(segment: Segment) -> str:
    """Side, amount, set and round."""
    return " · ".join(_particulars(segment))


def place(segment: Segment) -> str:
    """Side, set and round in so few signs that they can be large: `right 2/3`."""
    turns = ((segment.set, segment.sets), (segment.round, segment.rounds))
    counted_reps = [f"{turn}/{whole}" for turn, whole in turns if turn and (whole or 1) > 1]
    side = segment.side if segment.side in {"left", "right"} else None
    return " ".join([*filter(None, [side]), *counted_reps[:1]])


def summary(segment: Segment) -> str:
    """Name and particulars in one."""
    return " · ".join([name(segment), *_particulars(segment)])


def state(view: View) -> str:
    """What the listener should know of the moment; empty where it simply plays."""
    return _state(view)[0]


def brief(view: View) -> str:
    """The same where there is little room."""
    return _state(view)[1]


def clock(ms: int) -> str:
    """`0:45`, `1:02:03`: started seconds count, so that a countdown ends with 0:01."""
    return wording.clock(-(-ms // 1000) * 1000)


def _state(view: View) -> tuple[str, str]:
    match view.mode:
        case "paused":
            return "paused - space goes on", "paused"
        case "resting":
            return "more rest - s goes on", "s goes on"
        case _ if view.waits:
            return "waiting for you - press space", "press space"
        case _ if view.open:
            return "at your own pace - space when done", "space when done"
        case _:
            return "", ""


def _particulars(segment: Segment) -> Iterator[str]:
    if segment.side:
        yield _SIDES[segment.side]
    if segment.reps is not None:
        yield wording.counted_reps(segment.reps, segment.unit)
    if segment.hold_ms is not None:
        yield f"hold {segment.hold_ms / 1000:g} s"
    yield from filter(None, (segment.distance, segment.target))
    if segment.set and (segment.sets or 1) > 1:
        yield f"set {segment.set} of {segment.sets}"
    if segment.round and (segment.rounds or 1) > 1:
        yield f"round {segment.round} of {segment.rounds}"
