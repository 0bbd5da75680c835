"""The parts that stand for an exercise: one for each effort, and what an `amrap` tells of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voiceguide.model.routine import Exercise, Rest
from voiceguide.model.session import Part
from voiceguide.model.template import tells_side
from voiceguide.script.sets import SetPlan

_UNTIMED = (
    "pace", "tempo", "starts", "estimate", "release", "rest", "rest_label", "rest_range",
    "switch", "order", "prepare",
)  # fmt: skip
"""Keys of an exercise that mean nothing where it is told and not timed."""


def effort(part: Part, step: Exercise, plan: SetPlan, set_index: int, side_index: int) -> Part:
    """The work of one set on one side.

    Args:
        part: with all that its scope gives it.
        step: what is written.
        plan: its sets.
        set_index: from 0.
        side_index: from 0, in the order of the sides.
    """
    amount, move = plan.amounts[set_index], plan.move
    first = set_index == 0 and side_index == 0
    mirrored = set_index == 0 and step.say is not None and tells_side(step.say.text)
    second = side_index > 0 and (plan.per_set or set_index == 0)
    return replace(
        part,
        label=plan.label,
        named=True,
        exercise=move.id if move else None,
        level=plan.level,
        side=plan.sides[side_index],
        second_side=second,
        side_up=move is not None and move.on_the_other_side,
        both_sides=len(plan.sides) > 1,
        set=set_index + 1,
        sets=len(plan.amounts),
        first_set=first,
        reps=amount.reps,
        reps_high=amount.reps_high,
        unit=plan.unit if amount.reps is not None else None,
        rep_ms=amount.rep_ms,
        hold_ms=amount.hold_ms,
        tempo=amount.tempo,
        starts=plan.starts if amount.tempo else None,
        own_pace=amount.own_pace,
        target=amount.target,
        distance=step.distance,
        say=step.say if first or mirrored else None,
        cues=amount.cues,
        setup=move.setup if move else None,
        setup_short=move.setup_short if move else None,
        tips=move.tips if move else (),
        safety=move.safety_lines if move else (),
    )


def told(part: Part, step: Exercise, plan: SetPlan) -> list[Part]:
    """What stands for an exercise in a round of an `amrap`: one part, or one a set if they differ.

    Args:
        part: with all that its scope gives it.
        step: what is written, `untimed`.
        plan: its sets.
    """
    alike = len(set(plan.amounts)) == 1
    amounts = plan.amounts[:1] if alike else plan.amounts
    return [
        replace(
            effort(part, step, plan, index, 0),
            length_ms=amount.length_ms,
            named=index == 0,
            side=plan.sides[0] if len(plan.sides) == 1 else None,
            own_pace=False,
            sets=len(plan.amounts) if alike else 1,
        )
        for index, amount in enumerate(amounts)
    ]


def untimed(step: Exercise) -> Exercise:
    """An exercise of an `amrap` without what would time it; a distance alone is its amount."""
    nothing: dict[str, Any] = dict.fromkeys(_UNTIMED)
    bare = replace(step, **nothing)
    amounts = (step.duration, step.reps, step.hold)
    if step.distance is not None and all(amount is None for amount in amounts):
        return replace(bare, pace="own", estimate=0)
    return bare


def without_effect(step: Exercise | Rest) -> tuple[str, ...]:
    """The keys of a step of an `amrap` that mean nothing there."""
    keys = _UNTIMED if isinstance(step, Exercise) else ("rest_range",)
    written = tuple(key for key in keys if getattr(step, key) is not None)
    return (*written, "optional") if step.optional else written
