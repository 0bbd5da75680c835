"""Timed cues of an exercise: their moments in each set, and room for what sounds there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from voiceguide.model.routine import Exercise
from voiceguide.model.session import PartCue
from voiceguide.script.sets import Amount, Tell
from voiceguide.script.sounds import Sounds


def lay_cues(
    step: Exercise,
    amounts: Sequence[Amount],
    sounds: Sounds,
    fault: Tell,
    warn: Tell,
) -> tuple[Amount, ...]:
    """The amounts of the sets with the step's timed cues at their moments.

    Args:
        step: what is written.
        amounts: one for each set.
        sounds: those of the script.
        fault: takes faults.
        warn: takes warnings.
    """
    cues: list[list[PartCue]] = [[] for _ in amounts]
    for number, cue in enumerate(step.cues):
        path = f"{step.path}.cues[{number}]"
        length_ms = 0 if cue.sound is None else sounds.find(f"{path}.sound", cue.sound)
        moments = [_moment(cue.at, each.length_ms) for each in amounts]
        inside = [0 <= at < each.length_ms for at, each in zip(moments, amounts, strict=True)]
        _check_moment(path, inside, amounts, fault, warn)
        for index, at_ms in enumerate(moments):
            if not inside[index] or length_ms is None:
                continue
            if cue.sound is not None:
                _check_start(path, at_ms, sounds.start_ms, fault)
                _check_end(path, length_ms, amounts[index].length_ms - at_ms, fault)
            cues[index].append(
                PartCue(at_ms=at_ms, say=cue.say, sound=cue.sound, sound_ms=length_ms)
            )
    return tuple(replace(each, cues=tuple(own)) for each, own in zip(amounts, cues, strict=True))


def _moment(at: int | Literal["half"], length_ms: int) -> int:
    """A moment of the work in ms from its start; it may lie outside of it."""
    if at == "half":
        return length_ms // 2
    return length_ms + at if at < 0 else at


def _check_moment(
    path: str, inside: Sequence[bool], amounts: Sequence[Amount], fault: Tell, warn: Tell
) -> None:
    """Tell of a moment that lies in none of the sets, or only in some."""
    if not any(inside):
        longest = max(each.length_ms for each in amounts) / 1000
        fault(f"{path}.at", f"expected a moment within the work, which lasts {longest:g} s")
    elif not all(inside):
        warn(
            f"{path}.at",
            f"this moment lies outside of the work in {inside.count(False)} of "
            f"{len(amounts)} sets, and is left out there",
        )


def _check_start(path: str, at_ms: int, start_ms: int, fault: Tell) -> None:
    """Tell of a sound that would begin in the tone on the start of its work."""
    if at_ms < start_ms:
        fault(
            f"{path}.at",
            f"expected a moment after the start tone, which lasts {start_ms / 1000:g} s (a sound "
            "would begin in it)",
            f"Write `at: {start_ms / 1000:g}s`, or a later moment.",
        )


def _check_end(path: str, length_ms: int, left_ms: int, fault: Tell) -> None:
    """Tell of a sound that would end after its work."""
    if length_ms > left_ms:
        fault(
            f"{path}.sound",
            f"this sound lasts {length_ms / 1000:g} s, and its moment leaves {left_ms / 1000:g} s "
            "of the work",
            "Let it begin earlier, or take a shorter sound.",
        )
