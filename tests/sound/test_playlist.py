from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.sound.playlist import CROSSFADE, Playlist
from voiceguide.sound.tracks import BED, Track

SECOND = 48_000


def song(seconds: float, name: str = "a") -> Track:
    return Track(name, round(seconds * SECOND), -20.0)


def power(playlist: Playlist, first: int, end: int) -> np.ndarray:
    """What noise of power 1 in every track would come to at each frame."""
    total = np.zeros(end - first)
    for take in playlist.takes(first, end):
        start, stop = max(take.start, first), min(take.end, end)
        total[start - first : stop - first] += np.square(take.gain(np.arange(start, stop)))
    return total


@pytest.mark.parametrize(
    "songs", [(60.0,), (10.0, 20.0, 5.0), (3.0,), (0.5, 100.0), (0.01,)], ids=str
)
def test_the_power_is_the_same_all_the_way(songs: tuple[float, ...]) -> None:
    playlist = Playlist(tuple(song(seconds, str(seconds)) for seconds in songs))
    end = round(2.5 * sum(songs) * SECOND)
    assert power(playlist, 0, end) == pytest.approx(1.0, abs=1e-3)


def test_a_song_melts_into_its_own_beginning() -> None:
    first, second = Playlist((song(60),)).takes(0, 70 * SECOND)
    assert (first.fade_in, first.fade_out) == (0, CROSSFADE)
    assert second.start == 60 * SECOND - CROSSFADE
    assert second.fade_in == CROSSFADE


def test_the_bed_needs_no_crossfade_with_itself() -> None:
    bed = Track(BED, 60 * SECOND, -20.0)
    first, second = Playlist((bed,)).takes(0, 70 * SECOND)
    assert (first.fade_out, second.fade_in, second.start) == (0, 0, 60 * SECOND)
    assert next(Playlist((bed, song(60))).takes(0, SECOND)).fade_out == CROSSFADE


@given(
    lengths=st.lists(st.integers(1, 500_000), min_size=1, max_size=4),
    first=st.integers(0, 50_000_000),
    n_frames=st.integers(1, 300_000),
)
def test_no_place_is_silent_and_at_most_two_songs_sound(
    lengths: list[int], first: int, n_frames: int
) -> None:
    tracks = tuple(Track(str(place), length, -20.0) for place, length in enumerate(lengths))
    takes = list(Playlist(tracks).takes(first, first + min(n_frames, 20 * min(lengths))))
    assert takes[0].start <= first
    for before, after in pairwise(takes):
        assert before.start < after.start <= before.end
    for before, after in zip(takes, takes[2:], strict=False):
        assert after.start >= before.end
