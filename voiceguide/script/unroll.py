"""Routine -> Session: rounds and sets laid out in a row, every default filled in.

The order of defaults (`docs/script-format.md`, "Defaults") lives in `script.sets`, for all that
belongs to an exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from voiceguide.library import Library, level_of
from voiceguide.model import routine as script
from voiceguide.model.errors import Fault
from voiceguide.model.options import Turn
from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Routine, Talk
from voiceguide.model.session import AMRAP, BlockStart, Coaching, Part, Session
from voiceguide.model.units import MAX_SESSION_MS
from voiceguide.model.wording import clock
from voiceguide.script.cues import lay_cues
from voiceguide.script.include import INSIDE
from voiceguide.script.maker import MAX_SEGMENTS, Maker, TooManySegments
from voiceguide.script.notes import Notes
from voiceguide.script.optional import Optional
from voiceguide.script.scope import Scope, coached
from voiceguide.script.sets import SetPlan, plan_sets, prepare_of
from voiceguide.script.sounds import Sounds
from voiceguide.script.survey import first_prepares, least_segments
from voiceguide.script.work import effort, told, untimed, without_effect

DEFAULT_PREPARE_MS = 5_000
"""Time to get ready before the first work of a session that asks for none."""
DEFAULT_WAIT_MS = 30_000


@dataclass(frozen=True, slots=True)
class Unrolled:
    """The session, as far as it is sound, and what is wrong or doubtful in it.

    Faults and warnings carry the path of keys; `script.place` finds line and column.
    """

    session: Session
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    n_optional: int = 0
    """How many steps (of an optional `repeat`: rounds) may be left out."""


def unroll(
    routine: Routine,
    library: Library,
    *,
    sound_ms: Callable[[str], int],
    start_ms: int = 0,
    talk: Talk | None = None,
    level: int | str | None = None,
    turn: Turn | None = None,
    optional: int | None = None,
) -> Unrolled:
    """The session of a routine, with all faults that only its whole can show.

    Args:
        routine: what the reader found sound.
        library: the exercises.
        sound_ms: length of a sound in ms; raises `SoundError` where there is none.
        start_ms: length of the tone on the start of work.
        talk: overrides what every coach of the script says.
        level: overrides the level of the header.
        turn: what a programme adds to work by reps.
        optional: how many of the optional steps are done, the first ones; None is all.
    """
    notes = Notes()
    make = Maker(notes)
    work = _Unroller(library, sound_ms, start_ms, talk, Optional(optional), make, notes)
    scope = Scope(
        coaching=coached(Coaching(), routine.coach, talk),
        defaults=(routine.defaults, script.Defaults(rest_range=routine.rest_range)),
        level=level or routine.level or 1,
        more_reps=turn.more_reps if turn else 0,
        more_sets=turn.more_sets if turn else 0,
    )
    if level is None:
        work.check_level("level", routine.level)
    work.check_level("defaults.level", routine.defaults.level)
    parts: list[Part] = []
    try:
        make.refuse_bomb(least_segments(routine.steps, scope))
        parts = list(work.top(routine.steps, scope))
        work.optional.tell(notes)
        if routine.steps:
            work.check_whole(parts)
    except TooManySegments:
        notes.fault(
            "steps",
            f"at most {MAX_SEGMENTS:,} segments are possible, and this routine has more",
            "Make fewer rounds or sets, or split the session.",
        )
    session = Session(
        title=routine.title,
        language=routine.language,
        parts=tuple(parts),
        equipment=tuple(work.equipment),
    )
    return Unrolled(session, tuple(notes.faults), tuple(notes.warnings), work.optional.n_steps)


@dataclass(slots=True)
class _Unroller:
    library: Library
    sound_ms: Callable[[str], int]
    start_ms: int
    talk: Talk | None
    optional: Optional
    make: Maker
    notes: Notes
    equipment: dict[str, None] = field(default_factory=dict)
    blocks: set[str] = field(default_factory=set)
    slots: int = 0
    """How many outermost slots there have been."""
    worked: bool = False
    """The session's first work has been prepared for."""

    @property
    def sounds(self) -> Sounds:
        """The sounds of the script."""
        return Sounds(self.sound_ms, self.start_ms, self.notes.fault)

    def top(self, steps: Iterable[script.Step], scope: Scope) -> Iterator[Part]:
        """The parts of the script's own steps, each marked where its step begins."""
        for step in steps:
            parts = self.step(step, scope)
            names = tuple(
                dict.fromkeys(part.label for part in parts if part.kind == "work" and part.label)
            )
            if names:
                parts[0] = replace(parts[0], step_begins=names)
            yield from parts

    def steps(self, steps: Iterable[script.Step], scope: Scope) -> list[Part]:
        return [part for step in steps for part in self.step(step, scope)]

    def step(self, step: script.Step, scope: Scope) -> list[Part]:  # noqa: C901, PLR0911  one a kind
        if (
            step.optional
            and not isinstance(step, script.Repeat)
            and not self.optional.is_done(step.path)
        ):
            return []
        match step:
            case script.Exercise():
                return self.exercise(step, scope)
            case script.Rest():
                length = scope.length_ms(step.rest)
                return self.make.rest(step, scope, length, step.label, say=step.say)
            case script.Say():
                within = None if step.within is None else scope.length_ms(step.within)
                talk = self.make.part(step, scope, "talk", within)
                return [replace(talk, say=step.say, within=within is not None)]
            case script.Sound():
                return self.sound(step, scope)
            case script.Block():
                return self.block(step, scope)
            case script.Include():
                return self.include(step, scope)
            case script.Repeat():
                return self.repeat(step, scope)
            case script.Every():
                return self.every(step, scope)
            case script.Wait():
                length = (
                    DEFAULT_WAIT_MS if step.estimate is None else scope.length_ms(step.estimate)
                )
                return [replace(self.make.part(step, scope, "wait", length), say=Phrase(step.wait))]
            case script.Amrap():
                return self.amrap(step, scope)

    def check_level(self, path: str, level: int | str | None) -> None:
        """A fault for the name of a level that no exercise has."""
        moves = self.library.moves.values()
        if not isinstance(level, str) or any(level_of(move, level) for move in moves):
            return
        known = self.library.level_names()
        near = get_close_matches(level, known, n=1)
        there_are = f"Write 1 to 3, or a name: {', '.join(known)}."
        hint = f"Did you mean `{near[0]}`?" if near else there_are
        self.notes.fault(path, f"no exercise has a level `{level}`", hint)

    def sound(self, step: script.Sound, scope: Scope) -> list[Part]:
        length = self.sounds.find(f"{step.path}.sound", step.sound)
        if length is None:
            return []
        return [replace(self.make.part(step, scope, "talk", length), sound=step.sound)]

    def block(self, step: script.Block, scope: Scope) -> list[Part]:
        inside = replace(
            scope,
            block=step.block,
            coaching=coached(scope.coaching, step.coach, self.talk),
            defaults=(step.defaults, *scope.defaults) if step.defaults else scope.defaults,
        )
        self.check_level(f"{step.path}.defaults.level", (step.defaults or script.Defaults()).level)
        parts = self.steps(step.steps, inside)
        if parts:
            announced = step.path not in self.blocks and inside.coaching.talk != "beeps"
            begins = BlockStart(step.block, step.path, announced=announced)
            self.blocks.add(step.path)
            parts[0] = replace(parts[0], block_begins=(begins, *parts[0].block_begins))
        return parts

    def include(self, step: script.Include, scope: Scope) -> list[Part]:
        inside = replace(
            scope,
            defaults=(step.defaults, *scope.defaults) if step.defaults else scope.defaults,
            file=step.origin,
            line=scope.line or step.line,
        )
        path = f"{step.path}.include{INSIDE}defaults.level"
        self.check_level(path, (step.defaults or script.Defaults()).level)
        return self.steps(step.steps, inside)

    def repeat(self, step: script.Repeat, scope: Scope) -> list[Part]:
        rounds = scope.number(step.repeat)
        if step.optional:
            rounds = sum(self.optional.is_done(step.path) for _ in range(rounds))
        parts: list[Part] = []
        for turn in range(1, rounds + 1):
            inside = replace(scope, loops=(*scope.loops, (turn, rounds)))
            steps = self.steps(step.steps, inside)
            parts += _begin_round(steps) if rounds > 1 else steps
            if turn < rounds:
                rest_ms = 0 if step.rest is None else inside.length_ms(step.rest)
                parts += self.make.rest(step, inside, rest_ms, step.rest_label)
        return parts

    def every(self, step: script.Every, scope: Scope) -> list[Part]:
        slot_ms = scope.length_ms(step.every)
        rounds = 1 if step.rounds is None else scope.number(step.rounds)
        parts: list[Part] = []
        if not self.worked and (first := first_prepares(step.steps, scope)) is not None:
            self.worked = True
            if not first:
                parts.append(self.make.gap(step, scope, "prepare", DEFAULT_PREPARE_MS))
        for turn in range(1, rounds + 1):
            self.slots += scope.slot is None
            number = self.slots if scope.slot is None else scope.slot
            inside = replace(scope, loops=(*scope.loops, (turn, rounds)), slot=number)
            slot = self.steps(step.steps, inside)
            known = sum(part.length_ms or 0 for part in slot)
            if known > slot_ms:
                self.notes.fault(
                    f"{step.path}.every",
                    f"the steps of this slot last {known / 1000:g} s, longer than the slot's "
                    f"{slot_ms / 1000:g} s",
                    "Make the slot longer or its steps shorter.",
                )
            open_ended = any(part.length_ms is None for part in slot)
            left = None if open_ended else slot_ms - known
            if left is None or left > 0:
                rest = self.make.part(step, inside, "rest", left)
                slot.append(replace(rest, fills=(slot_ms, len(slot))))
            parts += _begin_round(slot) if rounds > 1 else slot
        return parts

    def exercise(self, step: script.Exercise, scope: Scope) -> list[Part]:
        plan = self.plan(step, scope)
        if plan is None:
            return []
        parts = self.prepare(step, scope, len(plan.amounts))
        last: tuple[int, int] | None = None
        for effort_of in plan.order():
            if last is not None:
                parts += self.between(step, scope, plan, last, effort_of)
            work = self.make.part(step, scope, "work", plan.amounts[effort_of[0]].length_ms)
            parts.append(effort(work, step, plan, *effort_of))
            last = effort_of
        return parts

    def plan(self, step: script.Exercise, scope: Scope) -> SetPlan | None:
        """The sets of an exercise, whose equipment is then the session's."""
        plan = plan_sets(step, scope, self.library, self.notes.fault, self.notes.warn)
        if plan is not None and plan.move is not None:
            self.equipment |= dict.fromkeys(plan.move.equipment)
        if plan is None or not step.cues:
            return plan
        sounds = self.sounds if scope.coaching.starts else replace(self.sounds, start_ms=0)
        return replace(
            plan, amounts=lay_cues(step, plan.amounts, sounds, self.notes.fault, self.notes.warn)
        )

    def amrap(self, step: script.Amrap, scope: Scope) -> list[Part]:
        parts = self.prepare(step, scope)
        work = self.make.part(step, scope, "work", scope.length_ms(step.amrap))
        told = tuple(part for each in step.steps for part in self.in_round(each, scope))
        safety = dict.fromkeys(line for part in told for line in part.safety)
        work = replace(work, label=AMRAP, named=True, set=1, sets=1, first_set=True)
        return [*parts, replace(work, told=told, safety=tuple(safety))]

    def in_round(self, step: script.Exercise | script.Rest, scope: Scope) -> list[Part]:
        """What stands for a step in a round of an `amrap`."""
        for key in without_effect(step):
            message = f"`{key}` has no effect in an `amrap`: its steps are told, not timed"
            self.notes.warn(f"{step.path}.{key}", message)
        if isinstance(step, script.Rest):
            return self.make.rest(step, scope, scope.length_ms(step.rest), step.label)
        step = untimed(step)
        plan = self.plan(step, replace(scope, more_reps=0, more_sets=0))
        if plan is None:
            return []
        parts = told(self.make.part(step, scope, "work", None), step, plan)
        self.make.count(len(parts) - 1)
        return parts

    def prepare(
        self, step: script.Exercise | script.Amrap, scope: Scope, n_sets: int = 1
    ) -> list[Part]:
        length = prepare_of(step, scope, n_sets)
        if length is None:
            length = 0 if self.worked or scope.slot is not None else DEFAULT_PREPARE_MS
        self.worked = True
        if length == 0:
            return []
        if length == "auto":
            return [self.make.part(step, scope, "prepare", None)]
        return [self.make.gap(step, scope, "prepare", length)]

    def between(
        self,
        step: script.Exercise,
        scope: Scope,
        plan: SetPlan,
        last: tuple[int, int],
        following: tuple[int, int],
    ) -> list[Part]:
        """What lies between two efforts: a change of sides, or a rest between sets.

        Args:
            step: what is done.
            scope: what it inherits.
            plan: its sets.
            last: set and side of the effort that ends, counted from 0.
            following: of the one that comes next.
        """
        (last_set, last_side), (next_set, next_side) = last, following
        changes = last_set == next_set if plan.per_set else last_side != next_side
        if changes:
            length = plan.switches_ms[next_set]
            return [self.make.gap(step, scope, "switch", length)] if length else []
        return self.make.rest(step, scope, plan.rests_ms[last_set], plan.rest_label)

    def check_whole(self, parts: list[Part]) -> None:
        """Faults that only the sum of all parts can show."""
        total = sum(part.length_ms or 0 for part in parts)
        if total > MAX_SESSION_MS:
            self.notes.fault(
                "steps",
                f"at most 12 h are possible (this routine lasts {clock(total)})",
                "Split the session into several scripts.",
            )
        elif not parts and not self.notes.faults:
            self.notes.fault("steps", "a routine needs at least one step that lasts some time")


def _begin_round(parts: list[Part]) -> list[Part]:
    if parts:
        parts[0] = replace(parts[0], round_begins=True)
    return parts
