"""One exercise step: how many sets of what, on which sides, with which gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from voiceguide.library import Library, at_level, level_of
from voiceguide.model.exercise import Move
from voiceguide.model.routine import Exercise, Range, Starts
from voiceguide.model.session import PartCue
from voiceguide.model.timeline import Side

if TYPE_CHECKING:
    from voiceguide.script.unroll import Scope

Tell = Callable[..., None]
T = TypeVar("T")

DEFAULT_REST_MS = 30_000
DEFAULT_SWITCH_MS = 5_000
DEFAULT_PACE_MS = 3_000
DEFAULT_RELEASE_MS = 2_000

_SIDES: dict[str, tuple[Side | None, ...]] = {
    "none": (None,),
    "left": ("left",),
    "right": ("right",),
    "alternate": ("alternate",),
    "left-right": ("left", "right"),
    "right-left": ("right", "left"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """The work of one set on one side."""

    length_ms: int
    reps: int | None = None
    reps_high: int | None = None
    rep_ms: int | None = None
    hold_ms: int | None = None
    tempo: str | None = None
    own_pace: bool = False
    target: str | None = None
    cues: tuple[PartCue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """An exercise step with nothing left open."""

    move: Move | None
    label: str
    """What the listener hears it called."""
    level: int | None
    amounts: tuple[Amount, ...]
    """One for each set."""
    sides: tuple[Side | None, ...]
    per_set: bool
    rests_ms: tuple[int, ...]
    """After each set but the last."""
    rest_label: str | None
    switch_ms: int
    prepare: int | Literal["auto"] | None
    """None where nobody wrote one."""
    unit: str
    starts: Starts

    def order(self) -> tuple[tuple[int, int], ...]:
        """(set, side) of each effort, counted from 0, in the order they are done."""
        n_sets, n_sides = len(self.amounts), len(self.sides)
        if self.per_set:
            return tuple((s, side) for s in range(n_sets) for side in range(n_sides))
        return tuple((s, side) for side in range(n_sides) for s in range(n_sets))


def plan_sets(
    step: Exercise, scope: Scope, library: Library, fault: Tell, warn: Tell
) -> SetPlan | None:
    """The sets of a step; None where a fault leaves nothing to lay out."""
    move, level = _move(step, scope, library, fault, warn)
    n_sets = _n_sets(step, scope, move)
    amounts = _amounts(step, scope, move, n_sets, fault)
    if amounts is None:
        if move is None:
            _tell_unknown(step, library, fault)
        return None
    rests = _rests(step, scope, move, n_sets, fault, warn)
    return SetPlan(
        move=move,
        label=_label(step, move),
        level=level,
        amounts=_with_cues(step, amounts, fault, warn),
        sides=_sides(step, scope, move),
        per_set=_near(step, scope, "order", (move and move.order) or "per-set") == "per-set",
        rests_ms=rests,
        rest_label=_near(step, scope, "rest_label", None),
        switch_ms=_switch(step, scope, move, warn),
        prepare=_prepare(step, scope),
        unit=step.unit or (move.unit if move else "reps"),
        starts=step.starts or (move.starts if move else "down"),
    )


def _near(step: Exercise, scope: Scope, key: str, otherwise: Any) -> Any:  # noqa: ANN401  a value of that key
    """What the step writes, else the nearest `defaults`, else `otherwise`."""
    for source in (step, *scope.defaults):
        if (value := getattr(source, key)) is not None:
            return value
    return otherwise


def _move(
    step: Exercise, scope: Scope, library: Library, fault: Tell, warn: Tell
) -> tuple[Move | None, int | None]:
    move = library.find(step.exercise)
    if move is None:
        has_amount = any(v is not None for v in (step.duration, step.reps, step.hold, step.pace))
        if has_amount and (near := library.nearest(step.exercise)):
            warn(
                f"{step.path}.exercise",
                f"`{step.exercise}` is not in the exercise library and is taken as plain text",
                f"Near it: {', '.join(near)}.",
            )
        return None, None
    wanted = _near(step, scope, "level", scope.level)
    level = level_of(move, wanted)
    if level is None:
        if step.level is not None and isinstance(wanted, str):
            names = ", ".join(each.name for each in move.levels) or "none: it has one level"
            fault(
                f"{step.path}.level",
                f"`{move.id}` has no level `{wanted}`",
                f"Its levels: {names}.",
            )
        level = max(1, min(wanted, len(move.levels))) if isinstance(wanted, int) else 1
    return at_level(move, level), level


def _label(step: Exercise, move: Move | None) -> str:
    """The library's name, or the author's words where they are an alias or no move at all."""
    if move is None:
        return step.exercise
    written = " ".join(step.exercise.casefold().replace("-", " ").split())
    return (
        move.name if written in {move.id.replace("-", " "), move.name.casefold()} else step.exercise
    )


def _tell_unknown(step: Exercise, library: Library, fault: Tell) -> None:
    near = library.nearest(step.exercise)
    fault(
        f"{step.path}.exercise",
        f"`{step.exercise}` is not in the exercise library, so it needs `duration`, `reps` or `hold`",
        f"Did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else "",
    )


def _n_sets(step: Exercise, scope: Scope, move: Move | None) -> int:
    for value in (step.duration, step.reps, step.hold, step.target):
        if isinstance(value, tuple):
            return len(value)
    if step.sets is not None:
        return scope.number(step.sets)
    bare = step.duration is None and step.reps is None and step.hold is None
    library_sets = move.sets if move and bare else 1
    return int(_near(step, scope, "sets", library_sets))


def _pick(value: T | tuple[T, ...] | None, index: int) -> T | None:
    return value[index] if isinstance(value, tuple) else value


def _amounts(
    step: Exercise, scope: Scope, move: Move | None, n_sets: int, fault: Tell
) -> tuple[Amount, ...] | None:
    """The work of each set, or None where neither step nor library says how much."""
    bare = step.duration is None and step.reps is None and step.hold is None
    pace, tempo = _pace(step, scope, move)
    own = pace == "own"
    amounts = []
    for index in range(n_sets):
        names = {"set": index + 1, "sets": n_sets}
        reps, hold, length = (
            _pick(step.reps, index),
            _pick(step.hold, index),
            _pick(step.duration, index),
        )
        if bare and not (step.pace == "own" and step.estimate is not None and step.distance):
            if move is None and not (own and step.estimate is not None):
                return None
            if move is not None:
                reps, hold, length = move.reps, move.hold_ms, move.duration_ms
        target = _pick(step.target, index)
        low, high = (reps.low, reps.high) if isinstance(reps, Range) else (reps, None)
        count = None if low is None else scope.number(low, names)
        if length is not None and not (bare and own):
            amounts.append(Amount(length_ms=scope.number(length, names), target=target))
        elif hold is not None:
            amounts.append(_holds(step, scope, count or 1, scope.number(hold, names), high, target))
        elif own:
            estimate = step.estimate if step.estimate is not None else length
            if estimate is None and count is None:
                fault(f"{step.path}.pace", "`pace: own` needs `estimate` or `reps`")
                return None
            length_ms = (
                count * DEFAULT_PACE_MS
                if estimate is None and count
                else scope.number(estimate or 0, names)
            )
            amounts.append(
                Amount(
                    length_ms=length_ms, reps=count, reps_high=high, own_pace=True, target=target
                )
            )
        else:
            assert count is not None
            rep_ms = tempo_ms(tempo) if tempo else scope.number(pace or DEFAULT_PACE_MS, names)
            amounts.append(
                Amount(
                    length_ms=count * rep_ms,
                    reps=count,
                    reps_high=high,
                    rep_ms=rep_ms,
                    tempo=tempo,
                    target=target,
                )
            )
    return tuple(amounts)


def _holds(
    step: Exercise, scope: Scope, count: int, hold_ms: int, high: int | None, target: str | None
) -> Amount:
    release = (
        step.release
        if step.release is not None
        else _near(step, scope, "release", DEFAULT_RELEASE_MS)
    )
    release_ms = scope.number(release)
    return Amount(
        length_ms=count * hold_ms + (count - 1) * release_ms,
        reps=count,
        reps_high=high,
        rep_ms=hold_ms + release_ms,
        hold_ms=hold_ms,
        target=target,
    )


def _pace(step: Exercise, scope: Scope, move: Move | None) -> tuple[Any, str | None]:
    """(pace, tempo) of the nearest that writes either; they are one value."""
    for source in (step, *scope.defaults):
        if source.pace is not None or source.tempo is not None:
            return source.pace, source.tempo
    return (move.pace_ms, move.tempo) if move else (None, None)


def tempo_ms(tempo: str) -> int:
    """Length of a rep in ms: `3-1-1-0` is 5000, `X` counts as 1 s."""
    return round(sum(1000 * (1 if phase in "xX" else float(phase)) for phase in tempo.split("-")))


def _sides(step: Exercise, scope: Scope, move: Move | None) -> tuple[Side | None, ...]:
    of_library = move.sides if move else "none"
    sides = _near(step, scope, "sides", of_library)
    if sides == "each":
        sides = of_library if of_library in {"left-right", "right-left"} else "left-right"
    return _SIDES[sides]


def _switch(step: Exercise, scope: Scope, move: Move | None, warn: Tell) -> int:
    of_library = move.switch_ms if move else None
    switch = _near(step, scope, "switch", DEFAULT_SWITCH_MS if of_library is None else of_library)
    switch_ms = scope.number(switch)
    if of_library is not None and switch_ms < of_library and len(_sides(step, scope, move)) > 1:
        key = ".switch" if step.switch is not None else ""
        warn(
            step.path + key,
            f"a switch of {switch_ms / 1000:g} s is short here; `{step.exercise}` wants "
            f"{of_library / 1000:g} s to change sides",
        )
    return switch_ms


def _prepare(step: Exercise, scope: Scope) -> int | Literal["auto"] | None:
    prepare = _near(step, scope, "prepare", None)
    return prepare if prepare is None or prepare == "auto" else scope.number(prepare)


def _rests(
    step: Exercise, scope: Scope, move: Move | None, n_sets: int, fault: Tell, warn: Tell
) -> tuple[int, ...]:
    of_library = DEFAULT_REST_MS if move is None or move.rest_ms is None else move.rest_ms
    rest = _near(step, scope, "rest", of_library)
    if n_sets == 1:
        if step.rest is not None:
            warn(
                f"{step.path}.rest",
                "`rest` here has no effect: it comes between sets, and there is one",
            )
        return (0,)
    if isinstance(rest, tuple) and len(rest) not in {n_sets, n_sets - 1}:
        fault(
            f"{step.path}.rest",
            f"expected {n_sets - 1} or {n_sets} values, for {n_sets} sets (got {len(rest)})",
        )
        rest = rest[0]
    return tuple(
        scope.number(_pick(rest, index) or 0, {"set": index + 1, "sets": n_sets})
        for index in range(n_sets - 1)
    )


def _moment(at: int | Literal["half"], length_ms: int) -> int:
    """A moment of the work in ms from its start; it may lie outside of it."""
    if at == "half":
        return length_ms // 2
    return length_ms + at if at < 0 else at


def _with_cues(
    step: Exercise, amounts: tuple[Amount, ...], fault: Tell, warn: Tell
) -> tuple[Amount, ...]:
    """The amounts with the step's timed words at their moments."""
    found: list[list[PartCue]] = [[] for _ in amounts]
    for number, cue in enumerate(step.cues):
        path = f"{step.path}.cues[{number}].at"
        missed = 0
        for amount, cues in zip(amounts, found, strict=True):
            at_ms = _moment(cue.at, amount.length_ms)
            if 0 <= at_ms < amount.length_ms:
                cues.append(PartCue(at_ms=at_ms, say=cue.say))
            else:
                missed += 1
        longest = max(amount.length_ms for amount in amounts) / 1000
        if missed == len(amounts):
            fault(path, f"this moment lies outside of the work, which lasts {longest:g} s")
        elif missed:
            warn(
                path,
                f"this moment lies outside of {missed} of the {len(amounts)} sets, and is left out there",
            )
    return tuple(replace(a, cues=tuple(c)) for a, c in zip(amounts, found, strict=True))
