"""The checks of the sound of a file against its timeline; each is a pure function of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from voiceguide.model.timeline import Speech, Timeline, Tone
from voiceguide.model.units import FRAMES_PER_MS, ms_to_frames
from voiceguide.model.wording import clock
from voiceguide.verify.listening import LEAST, Heard, Levels
from voiceguide.verify.places import (
    LOUD,
    Matched,
    extra,
    heard_cues,
    is_heard,
    is_under_music,
    match,
    pauses,
)
from voiceguide.verify.report import Check, Item
from voiceguide.verify.tones import MAYBE, SURELY
from voiceguide.verify.wording import dbfs, decibels, late, length

TONE_MS = 5
"""Most that a tone may be off its place (`docs/script-format.md`, timing 7; so are the next)."""
_PEAK_DBTP = -1.0
_LUFS = {1: -19.0}
"""By channels."""
_LUFS_OF_MORE = -16.0
_WITHIN_LU = 0.5

_ABSENT = "not there"

_BEGUN_MS = 100
"""A spoken cue is heard so soon after its start: 55 ms at most in three voices (measured)."""
_ENDED_MS = 200
"""It is heard until so long before its end: 96 ms (the same)."""
_BREATH_MS = 1500
"""No pause between two sentences is so long: 0.92 s (the same)."""
_OVER_MUSIC = 10 ** (-12 / 20)
"""Words over music are so near to the loudest of their voice, linear: 0.5 dB under it (measured),
where ducked music is 26."""
_PAUSE_MS = 10_000
"""Music may rest so long by itself, at the end of a song."""


def check_sound(timeline: Timeline, heard: Heard, padding_frames: int) -> tuple[Check, ...]:
    """Every check of the sound.

    Args:
        timeline: of the session.
        heard: of the file.
        padding_frames: so many may come after the end, in this format.
    """
    matched = match(timeline, heard.sightings, MAYBE if timeline.music_ms else SURELY)
    return (
        _length(timeline, heard, padding_frames),
        _tones(timeline, heard, matched),
        _speech(timeline, heard),
        *([_music(timeline, heard)] if timeline.music_ms else []),
        _silence(timeline, heard),
        _clipping(heard),
        _peak(heard),
        _loudness(timeline, heard),
    )


def _length(timeline: Timeline, heard: Heard, padding_frames: int) -> Check:
    due = ms_to_frames(timeline.duration_ms)
    more = heard.n_frames - due
    much = length(abs(more) / FRAMES_PER_MS)
    if abs(more) < FRAMES_PER_MS:
        much = "1 frame" if abs(more) == 1 else f"{abs(more)} frames"
    found = f"{much} too {'long' if more > 0 else 'short'}" if more else "exact"
    passed = 0 <= more <= padding_frames
    padding = f"{length(padding_frames / FRAMES_PER_MS)} too long" if padding_frames else ""
    item = Item(
        what="the whole file",
        expected=clock(timeline.duration_ms),
        found=found if passed else f"{clock(round(heard.n_frames / FRAMES_PER_MS))}, {found}",
        passed=passed,
    )
    return Check(name="length", limit=padding, worst=found, items=(item,))


def _tones(timeline: Timeline, heard: Heard, matched: Sequence[Matched]) -> Check:
    due = [_tone(one, music=is_under_music(timeline, one.tone)) for one in matched]
    known = {one.tone for one in matched}
    theirs = [
        _own_file(tone, heard, music=is_under_music(timeline, tone))
        for tone in timeline.tones
        if tone not in known
    ]
    more = [
        Item(
            what=one.sound,
            at_ms=round(one.at_ms),
            expected="no tone",
            found=f"a {one.sound} at {clock(round(one.at_ms))}",
            passed=False,
        )
        for one in extra(timeline, heard, matched)
    ]
    n_missing = sum(not item.passed and item.found == _ABSENT for item in due)
    found_late = [one.late_ms for one in matched if one.found]
    others = "the others " if n_missing or more else ""
    told = [
        *([f"{n_missing} {_ABSENT}"] if n_missing else []),
        *([f"{len(more)} too many"] if more else []),
        *([others + late(max(found_late, key=abs))] if found_late else []),
    ]
    items = sorted([*due, *theirs, *more], key=lambda item: item.at_ms or 0)
    return Check(
        name="tones",
        limit=f"{TONE_MS} ms",
        worst=", ".join(told) or "none due",
        items=tuple(items),
    )


def _tone(one: Matched, *, music: bool) -> Item:
    if one.found:
        found, passed = late(one.late_ms), abs(one.late_ms) <= TONE_MS
    elif music and one.tone.role == "wake":
        # It is as soft as the music, which wakes headphones as well.
        found, passed = "not told from the music", True
    else:
        found = "not told from the words over it" if one.under_speech else _ABSENT
        passed = one.under_speech
    return Item(
        what=one.tone.sound,
        at_ms=one.tone.start_ms,
        expected=clock(one.tone.start_ms),
        found=found,
        passed=passed,
    )


def _own_file(tone: Tone, heard: Heard, *, music: bool) -> Item:
    """A sound that the script brings: it is there, or it is not."""
    levels = heard.levels[tone.start_ms : tone.end_ms]
    there = music or bool((levels > LOUD).any())
    return Item(
        what=tone.sound,
        at_ms=tone.start_ms,
        expected="sound",
        found="sound" if there else "silence",
        passed=there,
    )


def _speech(timeline: Timeline, heard: Heard) -> Check:
    due = [cue for cue in timeline.speech if is_heard(timeline, cue)]
    clear = [cue for cue in due if not is_under_music(timeline, cue)]
    masked = [cue for cue in due if is_under_music(timeline, cue)]
    over_music = [_spoken_over_music(*pair) for pair in _with_loudest(masked, heard)]
    items = sorted(
        [*(_spoken(cue, heard) for cue in clear), *over_music], key=lambda item: item.at_ms or 0
    )
    loud = [np.flatnonzero(heard.levels[cue.start_ms : cue.end_ms] > LOUD) for cue in clear]
    n_missing = sum(not found.size for found in loud)
    n_missing += sum(not item.passed for item in over_music)
    begun = [int(found[0]) for found in loud if found.size]
    told = [
        *([f"{n_missing} {_ABSENT}"] if n_missing else []),
        *([f"heard {_after(max(begun))}"] if begun else []),
    ]
    none = "the silent voice" if timeline.speech else "none due"
    if masked:
        none = "above the music"
    limit = f"{_BEGUN_MS} ms" if clear else ""
    return Check(name="speech", limit=limit, worst=", ".join(told) or none, items=tuple(items))


def _with_loudest(due: Sequence[Speech], heard: Heard) -> Iterator[tuple[Speech, Levels, float]]:
    """Cues with their levels, and the highest of all that is said in the same manner."""
    levels = [heard.levels[cue.start_ms : cue.end_ms] for cue in due]
    loudest: dict[tuple[str | None, bool], float] = {}
    manners = [(cue.voice, cue.file is not None) for cue in due]
    for manner, each in zip(manners, levels, strict=True):
        loudest[manner] = max(loudest.get(manner, 0.0), float(each.max(initial=0)))
    for cue, manner, each in zip(due, manners, levels, strict=True):
        yield cue, each, loudest[manner]


def _spoken_over_music(cue: Speech, levels: Levels, loudest: float) -> Item:
    """Words over music: that they are there, not where each begins and ends."""
    edges = (-1, levels.size)
    loud = np.flatnonzero(levels > loudest * _OVER_MUSIC)
    hole = 0 if cue.file else int(np.diff(loud, prepend=edges[0], append=edges[1]).max())
    found = "heard"
    if not loud.size:
        found = _ABSENT
    elif hole > _BREATH_MS:
        found = f"not heard for {length(hole)} of it"
    return Item(
        what=f'"{cue.text}"',
        at_ms=cue.start_ms,
        expected="words over the music",
        found=found,
        passed=found == "heard",
    )


def _spoken(cue: Speech, heard: Heard) -> Item:
    loud = np.flatnonzero(heard.levels[cue.start_ms : cue.end_ms] > LOUD)
    found, passed = "silence", False
    if loud.size:
        begun, left = int(loud[0]), cue.end_ms - cue.start_ms - int(loud[-1])
        hole = 0 if cue.file else int(np.diff(loud).max(initial=0))
        if begun > _BEGUN_MS:
            found = f"begins {late(begun)}"
        elif left > _ENDED_MS:
            found = f"ends {late(-left)}"
        elif hole > _BREATH_MS:
            found = f"{length(hole)} of silence in it"
        else:
            found, passed = f"heard {_after(begun)}", True
    return Item(
        what=f'"{cue.text}"',
        at_ms=cue.start_ms,
        expected=f"{clock(cue.start_ms)} to {clock(cue.end_ms)}",
        found=found,
        passed=passed,
    )


def _after(begun_ms: int) -> str:
    """How long after the start of its cue the first sound of a word comes, as in every voice."""
    return f"within {length(begun_ms)}" if begun_ms else "at once"


def _music(timeline: Timeline, heard: Heard) -> Check:
    """That it goes on; what is heard of it is nobody's to judge."""
    longest = 0
    items = []
    for start_ms, end_ms in timeline.music_ms:
        levels = heard.levels[start_ms:end_ms]
        sounding = np.flatnonzero(levels > LEAST)
        gaps = np.diff(sounding, prepend=-1, append=levels.size) - 1
        gap = int(gaps.max())
        longest = max(longest, gap)
        passed = gap <= _PAUSE_MS
        before = int(np.argmax(gaps))
        silent_ms = start_ms + (int(sounding[before - 1]) + 1 if before else 0)
        items.append(
            Item(
                what="music",
                at_ms=start_ms if passed else silent_ms,
                expected=f"music from {clock(start_ms)} to {clock(end_ms)}",
                found=f"{length(gap)} of silence" if not passed else "sound",
                passed=passed,
            )
        )
    worst = f"{length(longest)} of silence" if longest > _PAUSE_MS else "goes on"
    return Check(name="music", limit="", worst=worst, items=tuple(items))


def _silence(timeline: Timeline, heard: Heard) -> Check:
    limit = f"{decibels(LOUD):.0f} dBFS"
    loudest = 0.0
    items = []
    for first_ms, end_ms in pauses(timeline, heard):
        levels = heard.levels[first_ms:end_ms]
        level = float(levels.max())
        loudest = max(loudest, level)
        passed = level <= LOUD
        at_ms = first_ms if passed else first_ms + int(np.argmax(levels > LOUD))
        items.append(
            Item(
                what="pause",
                at_ms=at_ms,
                expected=f"silence from {clock(first_ms)} to {clock(end_ms)}",
                found=dbfs(level),
                passed=passed,
            )
        )
    if timeline.music_ms and not items:
        return Check(name="silence", limit="", worst="there is music", items=())
    return Check(name="silence", limit=limit, worst=dbfs(loudest), items=tuple(items))


def _clipping(heard: Heard) -> Check:
    found = "none" if not heard.n_clipped else f"{heard.n_clipped} samples"
    item = Item(
        what="samples at full scale",
        at_ms=heard.clipped_ms if heard.n_clipped else None,
        expected="none",
        found=found,
        passed=not heard.n_clipped,
    )
    return Check(name="clipping", limit="", worst=found, items=(item,))


def _peak(heard: Heard) -> Check:
    peak_dbtp = decibels(heard.true_peak)
    found = f"{peak_dbtp:.1f} dBTP"
    item = Item(
        what="true peak",
        at_ms=heard.peak_ms,
        expected=f"at most {_PEAK_DBTP:g} dBTP",
        found=found,
        passed=peak_dbtp <= _PEAK_DBTP,
    )
    return Check(name="peak", limit=f"{_PEAK_DBTP:g} dBTP", worst=found, items=(item,))


def _loudness(timeline: Timeline, heard: Heard) -> Check:
    target = _LUFS.get(heard.n_channels, _LUFS_OF_MORE)
    limit = f"{target:g} within {_WITHIN_LU} LU"
    if not heard_cues(timeline):
        return Check(name="loudness", limit=limit, worst="nothing is due", items=())
    found = f"{heard.lufs:.1f} LUFS"
    item = Item(
        what="the whole file",
        expected=f"{target:g} LUFS",
        found=found,
        passed=abs(heard.lufs - target) <= _WITHIN_LU,
    )
    return Check(name="loudness", limit=limit, worst=found, items=(item,))
