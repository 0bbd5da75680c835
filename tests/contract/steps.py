"""Script -> rows: the arithmetic of sections 1 and 2 of the contract, worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from contract import exercises
from contract.row import Coaching, Row
from contract.scalars import duration_ms, length_said, text

PREPARE_MS = 5000
"""Before the first work of the session, where nothing is written."""
WAIT_MS = 30_000

Step = dict[str, Any]

KINDS = (
    "exercise", "block", "repeat", "every", "amrap", "include", "wait", "sound", "rest", "say"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """What holds where a step stands."""

    coach: Coaching
    defaults: tuple[dict[str, Any], ...]
    """Nearest first."""
    level: str
    blocks: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    loops: tuple[tuple[int, int], ...] = ()
    slots: tuple[tuple[int, int], ...] = ()
    top: int = 0

    def row(self, kind: str, length_ms: int | None, **more: Any) -> Row:
        return Row(
            kind=kind,
            length_ms=length_ms,
            **{
                "coach": self.coach,
                "top": self.top,
                "blocks": self.blocks,
                "silent": self.silent,
                "loops": self.loops,
                "slots": self.slots,
                **more,
            },
        )


@dataclass(slots=True)
class _Walk:
    """Goes over a script once, in the order of time."""

    over: dict[str, str]
    """What the command line says over every `coach`."""
    prepared: bool = False
    slot: int = 0
    begins: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        if row.length_ms == 0:
            return
        self.rows.append(replace(row, begins=tuple(self.begins)))
        self.begins.clear()

    def steps(self, steps: list[Step], place: Place) -> None:
        for step in steps:
            self.step(step, place)

    def step(self, step: Step, place: Place) -> None:
        for kind in KINDS:
            if kind in step:
                getattr(self, kind)(step, place)
                return
        raise ValueError(f"no step of a known kind: {step}")

    def amrap(self, step: Step, place: Place) -> None:
        self.prepare(step, place)
        pieces: list[str] = []
        safety: dict[str, None] = {}
        for inner in step["steps"]:
            if "rest" in inner:
                if (length := duration_ms(inner["rest"])) > 0:
                    pieces += [inner.get("label", "Rest"), length_said(length)]
                continue
            inner = exercises.numbered(inner, place.loops)  # noqa: PLW2901  as it is read
            told, heed = exercises.told(inner, place.defaults, place.level)
            pieces += told
            safety |= dict.fromkeys(heed)
        self.add(
            place.row(
                "work",
                duration_ms(step["amrap"]),
                label="As many rounds as possible",
                named=True,
                set=1,
                sets=1,
                told=tuple(pieces),
                safety=tuple(safety),
            )
        )

    def exercise(self, step: Step, place: Place) -> None:
        self.prepare(step, place)
        step = exercises.numbered(step, place.loops)
        for row in exercises.rows(step, place.defaults, place.level):
            self.add(place.row(**row))

    def prepare(self, step: Step, place: Place) -> None:
        written = exercises.scope(step, place.defaults, "prepare")
        usual = PREPARE_MS if not self.prepared and not place.slots else 0
        self.prepared = True
        length = usual if written is None else None if written == "auto" else duration_ms(written)
        self.add(place.row("prepare", length, loops=None))

    def block(self, step: Step, place: Place) -> None:
        self.begins.append(step["block"])
        coach = place.coach.told({**step.get("coach", {}), **self.over})
        inner = replace(
            place,
            coach=coach,
            silent=(*place.silent, *[step["block"]] * (coach.talk == "beeps")),
            defaults=(step.get("defaults", {}), *place.defaults),
            level=step.get("defaults", {}).get("level", place.level),
            blocks=(*place.blocks, step["block"]),
        )
        self.steps(step["steps"], inner)
        if step["block"] in self.begins:
            self.begins.remove(step["block"])

    def include(self, step: Step, place: Place) -> None:
        defaults = step["defaults"]
        level = defaults.get("level", place.level)
        inner = replace(place, defaults=(defaults, *place.defaults), level=level)
        self.steps(step["steps"], inner)

    def repeat(self, step: Step, place: Place) -> None:
        rounds, rest = int(step["repeat"]), duration_ms(step.get("rest", "0"))
        label = step.get("rest_label")
        for turn in range(1, rounds + 1):
            self.steps(step["steps"], replace(place, loops=(*place.loops, (turn, rounds))))
            if turn < rounds:
                self.add(place.row("rest", rest, label=label, named=bool(label), loops=None))

    def every(self, step: Step, place: Place) -> None:
        slot_ms, rounds = duration_ms(step["every"]), int(step.get("rounds", "1"))
        if not (self.prepared or place.slots):
            self._before_slot(step, place)
        for turn in range(1, rounds + 1):
            self.slot += 1
            slot = self.slot
            inner = replace(
                place,
                loops=(*place.loops, (turn, rounds)),
                slots=(*place.slots, (slot, slot_ms)),
            )
            self.steps(step["steps"], inner)
            self.add(inner.row("rest", None, fills=slot))

    def _before_slot(self, step: Step, place: Place) -> None:
        first = next(_exercises(step["steps"], place.defaults), None)
        if first is not None:
            self.prepared = True
            if exercises.scope(*first, "prepare") is None:
                self.add(place.row("prepare", PREPARE_MS, loops=None))

    def wait(self, step: Step, place: Place) -> None:
        length = duration_ms(step["estimate"]) if "estimate" in step else WAIT_MS
        self.add(place.row("wait", length, say=step["wait"]))

    def sound(self, step: Step, place: Place) -> None:
        del step
        self.add(place.row("talk", None))

    def rest(self, step: Step, place: Place) -> None:
        label, length = step.get("label"), duration_ms(step["rest"])
        say = step.get("say")
        self.add(place.row("rest", length, label=label, named=bool(label), say=say))

    def say(self, step: Step, place: Place) -> None:
        within = duration_ms(step["within"]) if "within" in step else None
        if within is not None or place.coach.talk != "beeps":
            self.add(place.row("talk", within, say=step["say"]))


def _exercises(
    steps: list[Step], defaults: tuple[dict[str, Any], ...]
) -> Iterator[tuple[Step, tuple[dict[str, Any], ...]]]:
    """Every exercise and `amrap` below, in order, with the defaults that hold for it."""
    for step in steps:
        if "exercise" in step or "amrap" in step:
            yield step, defaults
        elif "steps" in step:
            yield from _exercises(step["steps"], (step.get("defaults", {}), *defaults))


def expand(script: dict[str, Any], *, talk: str | None = None) -> list[Row]:
    """The rows of a script, with every default filled in; none of them is 0 ms long."""
    read = text(script)
    defaults = read.get("defaults", {})
    over = {"talk": talk} if talk else {}
    coach = Coaching().told({**read.get("coach", {}), **over})
    place = Place(coach, (defaults,), defaults.get("level", read.get("level", "1")))
    walk = _Walk(over)
    for top, step in enumerate(read["steps"]):
        walk.step(step, replace(place, top=top))
    return walk.rows
