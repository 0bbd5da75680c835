"""One exercise step: how many sets of what, on which sides, with which gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from voiceguide.library import Library, at_level, level_of
from voiceguide.model.exercise import Move
from voiceguide.model.routine import (
    Amrap,
    Defaults,
    Exercise,
    Length,
    Order,
    Range,
    Reps,
    Starts,
    Variable,
)
from voiceguide.model.session import PartCue
from voiceguide.model.timeline import Side
from voiceguide.script.scope import Scope

Tell = Callable[..., None]

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
    switches_ms: tuple[int, ...]
    """In each set; of sides that each do all sets, in the set that comes next."""
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
    given = _Given(step, scope, move, fault, warn)
    amounts = _amounts(given)
    if amounts is None:
        if move is None:
            _tell_unknown(step, library, fault)
        return None
    of_library: Order = "per-set" if move is None or move.order is None else move.order
    return SetPlan(
        move=move,
        label=_label(step, move),
        level=level,
        amounts=amounts,
        sides=_sides(given),
        per_set=given.near("order", of_library) == "per-set",
        rests_ms=_rests(given, len(amounts)),
        rest_label=given.near("rest_label", None),
        switches_ms=_switches(given, len(amounts)),
        unit=step.unit or (move.unit if move else "reps"),
        starts=step.starts or (move.starts if move else "down"),
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """A step and what it falls back on."""

    step: Exercise
    scope: Scope
    move: Move | None
    fault: Tell
    warn: Tell

    def near(self, key: str, otherwise: Any) -> Any:  # noqa: ANN401  a value of that key
        """What the step writes, else the nearest `defaults`, else `otherwise`."""
        return self.scope.near(self.step, key, otherwise)

    @property
    def bare(self) -> bool:
        """Whether the step leaves amount and sets to the library; a timed distance is an amount."""
        step = self.step
        if step.distance is not None and step.estimate is not None:
            return False
        return step.duration is None and step.reps is None and step.hold is None

    @property
    def grows(self) -> bool:
        """Whether a programme adds to it: work that is counted in reps, and has no distance."""
        step, move = self.step, self.move
        if not self.bare:
            return step.reps is not None and step.distance is None
        return move is not None and move.reps is not None and move.duration_ms is None

    @property
    def more_sets(self) -> int:
        """Sets that a programme adds; in rounds it adds none, since the rounds are the sets."""
        return self.scope.more_sets if self.grows and not self.scope.loops else 0


def _move(
    step: Exercise, scope: Scope, library: Library, fault: Tell, warn: Tell
) -> tuple[Move | None, int | None]:
    """The move of the library at the level asked for, and that level."""
    move = library.find(step.exercise)
    if move is None:
        has_amount = any(v is not None for v in (step.duration, step.reps, step.hold, step.pace))
        first_time = all(turn == 1 for turn, _ in scope.loops)
        told = has_amount and first_time and step.say is None  # else the author knows it
        near = library.meant(step.exercise) if told else ()
        if near:
            warn(
                f"{step.path}.exercise",
                f"`{step.exercise}` is not in the exercise library: it is taken as plain text, "
                "without set-up and tips",
                f"The nearest there: {', '.join(f'`{name}`' for name in near)}.",
            )
        return None, None
    wanted = _Given(step, scope, move, fault, warn).near("level", scope.level)
    if isinstance(wanted, Variable):
        wanted = scope.number(wanted)
    level = level_of(move, wanted)
    if level is None:
        if step.level is not None and isinstance(wanted, str):
            names = ", ".join(each.name for each in move.levels) or "it has one level, without name"
            fault(
                f"{step.path}.level",
                f"expected a level of `{move.id}` (got `{wanted}`)",
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
        "expected `duration`, `reps` or `hold` beside a name that is not in the exercise library "
        f"(got `{step.exercise}` alone)",
        f"Did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else "",
    )


def _n_sets(given: _Given) -> int:
    step = given.step
    for value in (step.duration, step.reps, step.hold, step.target):
        if isinstance(value, tuple):
            return len(value)
    if step.sets is not None:
        return given.scope.number(step.sets)
    return int(given.near("sets", given.move.sets if given.move and given.bare else 1))


def _pick(value: Any, index: int) -> Any:  # noqa: ANN401  a value of any key
    """The value of one set, where there is one for each; sets that were added have the last."""
    return value[min(index, len(value) - 1)] if isinstance(value, tuple) else value


def _amounts(given: _Given) -> tuple[Amount, ...] | None:
    """The work of each set, or None where neither step nor library says how much."""
    n_sets = max(1, _n_sets(given) + given.more_sets)
    amounts = [_amount(given, index, n_sets) for index in range(n_sets)]
    found = tuple(amount for amount in amounts if amount is not None)
    return found if len(found) == n_sets else None


def _amount(given: _Given, index: int, n_sets: int) -> Amount | None:
    step, move, scope = given.step, given.move, given.scope
    names = {"set": index + 1, "sets": n_sets}
    pace, tempo = _pace(given)
    own = pace == "own"
    reps: Reps | None = _pick(step.reps, index)
    hold: Length | None = _pick(step.hold, index)
    length: Length | None = _pick(step.duration, index)
    estimate = step.estimate
    if given.bare:
        if move is not None:
            reps, hold, length = move.reps, move.hold_ms, move.duration_ms
        if own and estimate is None:
            estimate, length = length, None
    low, high = (reps.low, reps.high) if isinstance(reps, Range) else (reps, None)
    count = None if low is None else scope.number(low, names)
    if count is not None and given.grows:
        count = max(1, count + scope.more_reps)
        high = None if high is None else max(count, high + scope.more_reps)
    amount = Amount(length_ms=0, reps=count, reps_high=high, target=_pick(step.target, index))
    if length is not None and not (own and given.bare):
        return replace(amount, length_ms=scope.length_ms(length, names), reps=None, reps_high=None)
    if hold is not None:
        release_ms = scope.length_ms(given.near("release", DEFAULT_RELEASE_MS), names)
        return _holds(amount, scope.length_ms(hold, names), release_ms)
    if own:
        return _own_pace(
            given, amount, None if estimate is None else scope.length_ms(estimate, names)
        )
    if count is None:
        return None
    rep_ms = tempo_ms(tempo) if tempo else scope.length_ms(pace or DEFAULT_PACE_MS, names)
    return replace(amount, length_ms=count * rep_ms, rep_ms=rep_ms, tempo=tempo)


def _holds(amount: Amount, hold_ms: int, release_ms: int) -> Amount:
    count = amount.reps or 1
    return replace(
        amount,
        length_ms=count * hold_ms + (count - 1) * release_ms,
        reps=count,
        rep_ms=hold_ms + release_ms,
        hold_ms=hold_ms,
    )


def _own_pace(given: _Given, amount: Amount, estimate_ms: int | None) -> Amount | None:
    if estimate_ms is None and amount.reps is None:
        if given.move is not None:
            given.fault(
                f"{given.step.path}.pace", "`pace: own` needs `estimate` or `reps` beside it"
            )
        return None
    length_ms = (amount.reps or 0) * DEFAULT_PACE_MS if estimate_ms is None else estimate_ms
    return replace(amount, length_ms=length_ms, own_pace=True)


def _pace(given: _Given) -> tuple[Any, str | None]:
    """(pace, tempo) of the nearest that writes either; they are one value."""
    sources: tuple[Exercise | Defaults, ...] = (given.step, *given.scope.defaults)
    for source in sources:
        if source.pace is not None or source.tempo is not None:
            return source.pace, source.tempo
    return (given.move.pace_ms, given.move.tempo) if given.move else (None, None)


def tempo_ms(tempo: str) -> int:
    """Length of a rep in ms: `3-1-1-0` is 5000, `X` counts as 1 s."""
    return round(sum(1000 * (1 if phase in "xX" else float(phase)) for phase in tempo.split("-")))


def _sides(given: _Given) -> tuple[Side | None, ...]:
    of_library = given.move.sides if given.move else "none"
    sides = given.near("sides", of_library)
    if sides == "each":
        sides = of_library if of_library in {"left-right", "right-left"} else "left-right"
    return _SIDES[sides]


def _switches(given: _Given, n_sets: int) -> tuple[int, ...]:
    """The change of sides in each set."""
    step, move = given.step, given.move
    wanted = move.switch_ms if move else None
    switch = given.near("switch", DEFAULT_SWITCH_MS if wanted is None else wanted)
    lengths = tuple(
        given.scope.length_ms(switch, {"set": index + 1, "sets": n_sets}) for index in range(n_sets)
    )
    switch_ms = min(lengths)
    if wanted is not None and switch_ms < wanted and len(_sides(given)) > 1:
        given.warn(
            step.path + (".switch" if step.switch is not None else ""),
            f"a switch of {switch_ms / 1000:g} s is short here: `{step.exercise}` wants "
            f"{wanted / 1000:g} s to change sides",
        )
    return lengths


def prepare_of(
    step: Exercise | Amrap, scope: Scope, n_sets: int = 1
) -> int | Literal["auto"] | None:
    """Time to get ready for a step, in ms; None where nobody wrote one."""
    prepare: Length | Literal["auto"] | None = scope.near(step, "prepare", None)
    if prepare is None or prepare == "auto":
        return prepare
    return scope.length_ms(prepare, {"set": 1, "sets": n_sets})


def _rests(given: _Given, n_sets: int) -> tuple[int, ...]:
    """The rest after each set but the last."""
    step, move = given.step, given.move
    of_library = DEFAULT_REST_MS if move is None or move.rest_ms is None else move.rest_ms
    rest = given.near("rest", of_library)
    if n_sets == 1:
        if step.rest is not None:
            given.warn(
                f"{step.path}.rest",
                "this `rest` has no effect: it comes between sets, and there is one set",
                "For a pause after the exercise write a step of its own, `- rest: 30s`.",
            )
        return ()
    written = _n_sets(given)
    if isinstance(rest, tuple) and len(rest) not in {written, written - 1}:
        given.fault(
            f"{step.path}.rest",
            f"expected {written - 1} or {written} values, for {written} sets (got {len(rest)})",
        )
        rest = rest[0]
    return tuple(
        given.scope.length_ms(_pick(rest, index) or 0, {"set": index + 1, "sets": n_sets})
        for index in range(n_sets - 1)
    )
