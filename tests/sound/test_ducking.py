from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.model.timeline import Cue, Speech, Timeline, Tone
from voiceguide.sound.ducking import Ducking, ducking

MS = 48


def session(*cues: Cue, duration_ms: int = 60_000) -> Timeline:
    return Timeline(
        title="By hand", language="en", voice="none", estimated=False, duration_ms=duration_ms,
        segments=(), cues=tuple(sorted(cues, key=lambda cue: cue.start_ms)),
    )  # fmt: skip


def words(start_ms: int, end_ms: int) -> Speech:
    return Speech(
        role="name", start_ms=start_ms, end_ms=end_ms, text="Plank", spoken="Plank", about=None,
        segment=0,
    )  # fmt: skip


def tone(role: str, start_ms: int, end_ms: int) -> Tone:
    return Tone(role=role, start_ms=start_ms, end_ms=end_ms, sound=role, segment=0)


def at(curve: Ducking, *ms: float) -> list[float]:
    return [round(float(depth), 6) for depth in curve.depth(np.array([m * MS for m in ms], int))]


def test_it_is_down_before_the_first_syllable_and_up_half_a_second_after_the_last() -> None:
    curve = ducking(session(words(10_000, 12_000)))
    assert at(curve, 9850, 9925, 10_000, 11_000, 12_000, 12_250, 12_500) == [
        0, 0.5, 1, 1, 1, 0.5, 0,
    ]  # fmt: skip


def test_it_stays_down_between_words_and_comes_up_in_a_longer_gap() -> None:
    held = ducking(session(words(10_000, 11_000), words(11_849, 12_000)))
    assert at(held, 11_000, 11_400, 11_849) == [1, 1, 1]
    released = ducking(session(words(10_000, 11_000), words(11_850, 12_000)))
    assert at(released, 11_000, 11_500, 11_700, 11_850) == [1, 0, 0, 1]


def test_tones_do_not_press_it_down_but_the_finish_does() -> None:
    assert not ducking(session(tone("countdown", 5000, 5100), tone("start", 6000, 6400))).frames
    assert at(ducking(session(tone("finish", 50_000, 50_900))), 50_000) == [1]


spoken = st.lists(st.tuples(st.integers(0, 58_000), st.integers(1, 4000)), max_size=12)


@given(spoken)
def test_whatever_is_said_it_is_down_from_its_first_frame_to_its_last(
    spans: list[tuple[int, int]],
) -> None:
    curve = ducking(session(*(words(start, start + length) for start, length in spans)))
    assert list(curve.frames) == sorted(curve.frames)
    for start, length in spans:
        assert at(curve, start, start + length / 2, start + length) == [1, 1, 1]
    everywhere = curve.depth(np.arange(0, 60_000 * MS, 480))
    assert everywhere.min(initial=0.0) >= 0
    # It never comes up and goes down again within what a gap has to last.
    ups = np.flatnonzero((everywhere[:-1] == 1) & (everywhere[1:] < 1))
    downs = np.flatnonzero((everywhere[:-1] < 1) & (everywhere[1:] == 1))
    for up in ups:
        after = downs[downs > up]
        assert not after.size or (after[0] - up) * 10 >= 830


@given(spoken, st.integers(0, 3_000_000), st.integers(1, 100_000))
def test_a_stretch_of_the_curve_is_the_curve(
    spans: list[tuple[int, int]], first: int, n_frames: int
) -> None:
    curve = ducking(session(*(words(start, start + length) for start, length in spans)))
    wanted = curve.depth(np.arange(first, first + n_frames))
    assert np.array_equal(np.broadcast_to(curve.depth_over(first, n_frames), n_frames), wanted)
