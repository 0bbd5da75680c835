"""How much is said of amounts: news are told, and what is known is not ("How much is said")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract.row import Plan, Row, Segment, name_of

TIP_TIMES = 3
"""So often each tip of an exercise is told."""
_ONLY_SET = ("Set ", "Last set")


def check(plan: Plan) -> list[str]:
    """Amounts that are missing or told twice, and tips that come too often."""
    return [f"3, how much is said: {line}" for line in (*_amounts(plan), *_tips(plan))]


def _amounts(plan: Plan) -> Iterator[str]:
    told = {cue["about"]: cue["text"] for cue in plan.speech("amount")}
    lengths: dict[Any, Any] = {}
    before: tuple[Any, Any] | None = None
    # A timeline does not hold the upper end of a range; and what found no room may be told again.
    lenient = {
        _exercise(segment)
        for _, segment in plan.pairs
        if _unheard(plan, segment) or " to " in told.get(segment["index"], "")
    }
    side: tuple[Any, ...] = (None, None, None, None)
    for row, segment in plan.pairs:
        if row is None or not row.named:
            continue
        index, exercise, amount = segment["index"], _exercise(segment), _amount(segment)
        # The other side of a set, or the first set of the other side, has the same.
        turn = (exercise, row.loops, row.set, segment["side"])
        second = {side[-1], turn[-1]} == {"left", "right"} and side[:2] == turn[:2]
        second = second and row.set in {1, side[2]}
        side = turn
        timed = segment["reps"] is None and segment["hold_ms"] is None and not segment["own_pace"]
        known = before == (exercise, amount) or (timed and lengths.get(exercise) == amount)
        known = known and not row.told  # an `amrap` is always news
        if row.coach.talk in {"full", "short"} and not second:
            text = told.get(index)
            only_set = text is None or text.startswith(_ONLY_SET)
            if known and not only_set and exercise not in lenient:
                yield f"{text!r} of {name_of(segment)} is no news"
            if not known and only_set and not plan.dropped(index, "amount"):
                yield f"{name_of(segment)} is told without its amount: {text!r}"
        heard = row.coach.talk in {"full", "short"} and not _unheard(plan, segment)
        if timed and heard:
            lengths[exercise] = amount
        if row.kind == "work":
            before = (exercise, amount) if heard else None


def _unheard(plan: Plan, segment: Segment) -> bool:
    """Whether the amount was left out, or told only in part."""
    dropped = plan.dropped(segment["index"], "amount")
    return any(
        item.get("form") in {None, "name"} and not item["text"].startswith(_ONLY_SET)
        for item in dropped
    )


def _exercise(segment: Segment) -> tuple[Any, ...]:
    return segment["label"], segment["exercise"], segment["level"]


def _amount(segment: Segment) -> tuple[Any, ...]:
    keys = ("reps", "unit", "hold_ms", "distance", "target", "own_pace")
    length = segment["end_ms"] - segment["start_ms"] if segment["reps"] is None else None
    return (*(segment[key] for key in keys), None if segment["own_pace"] else length)


def _tips(plan: Plan) -> Iterator[str]:
    rows: dict[int, Row] = plan.rows
    tips: dict[tuple[Any, ...], int] = {}
    by_index = {segment["index"]: segment for _, segment in plan.pairs}
    for cue in plan.speech("tip"):
        if cue["about"] in rows:
            tip = (_exercise(by_index[cue["about"]]), cue["text"])
            tips[tip] = tips.get(tip, 0) + 1
    for (exercise, text), times in tips.items():
        if times > TIP_TIMES:
            yield f"tip {text!r} of {exercise[0]} is told {times} times"
