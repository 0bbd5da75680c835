"""The times of a move: plain numbers, with room for all that is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from voiceguide.compose.choice import Choice
from voiceguide.compose.session import Slot, Texts
from voiceguide.library.selection import NOTHING
from voiceguide.model.exercise import Move
from voiceguide.model.routine import Range

TellMs = Callable[[str], int]
"""How long words last, in ms: an estimate, in the language of the session."""

_SLOWER, _PAUSE_MS = 1.1, 500
"""Some voices take longer than the estimate, and longer still between sentences."""
_END = re.compile(r"[.!?\u3002]")
_SIGNAL_MS = 1_500
"""The tone before words that stand alone, and a breath after it."""
_TONES_MS = 4_500
"""The tone that ends the effort before, a breath, and the countdown."""
_SWITCH_TONE_MS = 1_000
_AMOUNT_MS, _SETS_MS, _SIDE_MS, _BLOCK_MS = 2_200, 1_600, 800, 1_200
"""What is said beside name and set-up: "10 reps each side.", "Set 1 of 2.", the side, the block."""
_THING_MS = 2_500
"""To name one thing that is needed, or a choice of several."""
_FETCH_MS = 5_000
"""To take a weight, or to step into a band."""
_WITH_STRETCH_MS = 420_000
_MIN_PREPARE_MS, _MIN_SWITCH_MS, _MAX_SWITCH_MS = 15_000, 6_000, 9_000
"""From 10 s on a change of sides has a countdown, which leaves it less room."""
_REST_MS, _HARD_REST_MS = 20_000, 30_000
_PACE_MS, _RELEASE_MS = 3_000, 2_000
"""What a script takes where neither it nor the library says more (`script-format.md`)."""


@dataclass(frozen=True, slots=True)
class Times:
    """Gives moves their times; those of a move are worked out once."""

    told_ms: TellMs
    made: dict[tuple[str, int, int | None], Slot] = field(default_factory=dict)

    def slot(self, choice: Choice, sets: int = 1, work_ms: int | None = None) -> Slot:
        """A move with its times.

        Args:
            choice: the move.
            sets: how often it is done.
            work_ms: a length in place of the library's amount; for moves that have one.
        """
        key = (choice.id, sets, work_ms)
        if key not in self.made:
            self.made[key] = Slot(
                choice=choice,
                prepare_ms=_prepare_ms(choice, sets, self.told_ms),
                sets=sets,
                work_ms=_work_ms(choice.move) if work_ms is None else work_ms,
                switch_ms=_switch_ms(choice.move, self.told_ms),
                rest_ms=rest_ms(choice),
                timed=work_ms is not None,
            )
        return self.made[key]


def rest_ms(choice: Choice | None = None) -> int:
    """The rest between sets of a move, or as a rule."""
    if choice is None:
        return _REST_MS
    hard = _HARD_REST_MS if choice.effort > 2 else _REST_MS  # noqa: PLR2004 - hard
    return max(choice.move.rest_ms or 0, hard)


def talk_ms(text: str, told_ms: TellMs, *, step_ms: int, more_ms: int = 0) -> int:
    """The time that a `say` is given: a whole number of steps."""
    pauses_ms = _PAUSE_MS * len(_END.findall(text))
    return _up(told_ms(text) * _SLOWER + pauses_ms + _SIGNAL_MS + more_ms, step_ms)


def welcome_ms(texts: Texts, equipment: tuple[str, ...], told_ms: TellMs) -> int:
    """The time of the welcome, with room for the names of what is needed."""
    text = texts.welcome.replace("{title}", texts.title)
    more_ms = _THING_MS * sum(thing != NOTHING for thing in equipment)
    return talk_ms(text, told_ms, step_ms=5_000, more_ms=more_ms)


def finish_ms(texts: Texts, told_ms: TellMs) -> int:
    """The time of the last words."""
    return talk_ms(texts.finish, told_ms, step_ms=1_000)


def warm_up_ms(length_ms: int) -> int:
    """What a warm-up may take of a session."""
    return min(max(round(0.18 * length_ms), 50_000), 360_000)


def n_moves(length_ms: int) -> int:
    """How many moves the work of a session should have, where there are as many."""
    return 2 + length_ms // 480_000


def cool_down_ms(length_ms: int) -> range:
    """What a cool-down may take of a session: from some minutes on there is time for a stretch."""
    least_ms = 45_000 if length_ms < _WITH_STRETCH_MS else 80_000
    return range(least_ms, min(max(round(0.2 * length_ms), least_ms + 60_000), 480_000))


def _prepare_ms(choice: Choice, sets: int, told_ms: TellMs) -> int:
    move = choice.move
    said = told_ms(move.name) + told_ms(move.setup) + _AMOUNT_MS + _BLOCK_MS
    said += _SETS_MS if sets > 1 else 0
    said += _SIDE_MS if move.sides != "none" else 0
    said += told_ms(move.safety) if move.safety else 0
    fetch = _FETCH_MS if choice.needs else 0
    return max(_MIN_PREPARE_MS, _up(said * _SLOWER + _TONES_MS + fetch, 5_000))


def _switch_ms(move: Move, told_ms: TellMs) -> int:
    said = told_ms(move.name) + 2 * _SIDE_MS
    needed = _up(said * _SLOWER + _SWITCH_TONE_MS, 1_000)
    return max(move.switch_ms or 0, _MIN_SWITCH_MS, min(needed, _MAX_SWITCH_MS))


def _work_ms(move: Move) -> int:
    """One side of one set, as a script times it."""
    if move.duration_ms is not None:
        return move.duration_ms
    reps = move.reps.low if isinstance(move.reps, Range) else move.reps or 1
    if move.hold_ms is not None:
        return reps * move.hold_ms + (reps - 1) * _RELEASE_MS
    return reps * (_tempo_ms(move.tempo) if move.tempo else move.pace_ms or _PACE_MS)


def _tempo_ms(tempo: str) -> int:
    return round(sum(1000 * (1 if phase in "xX" else float(phase)) for phase in tempo.split("-")))


def _up(ms: float, step_ms: int) -> int:
    return -int(-ms // step_ms) * step_ms
