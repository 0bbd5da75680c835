from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide import ffmpeg
from voiceguide.model.audio import Audio
from voiceguide.model.errors import SoundError
from voiceguide.sound import BED, bed, integrated_lufs, tracks

FORMATS = ("mp3", "m4a", "ogg", "opus", "flac", "wav")
FOUND_EXACTLY = ("mp3", "opus", "flac", "wav")
"""ffmpeg begins in the midst of these as if it had read them from the start; Vorbis is some
milliseconds off, and AAC may hold noise that is made up anew."""


def from_the_start(path: Path) -> np.ndarray:
    """The whole file through one decoder, without what lies above 16 kHz."""
    call = [ffmpeg.locate(), "-nostdin", "-v", "error", "-i", str(path), "-af", "aresample=32000"]
    form = ["-f", "f32le", "-ar", "48000", "-ac", "2", "-"]
    sound = subprocess.run([*call, *form], capture_output=True, check=True).stdout
    return np.frombuffer(sound, "<f4").reshape(-1, 2)


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_heard_to_its_end(songs: dict[str, Path], suffix: str) -> None:
    whole = from_the_start(songs[suffix])
    track = tracks.survey(str(songs[suffix])).track
    assert track.n_frames == pytest.approx(len(whole), abs=500)
    assert track.lufs == pytest.approx(integrated_lufs(Audio(whole, 48_000)), abs=0.05)


@pytest.mark.parametrize("suffix", FORMATS)
def test_sections_join_to_what_one_decoder_gives(songs: dict[str, Path], suffix: str) -> None:
    whole = from_the_start(songs[suffix])
    track = tracks.survey(str(songs[suffix])).track
    around = 58 * 48_000
    heard = tracks.read(track, around, 4 * 48_000)
    wanted = whole[around : around + len(heard)]
    if suffix in FOUND_EXACTLY:
        assert np.abs(heard - wanted).max() < 1e-3
    # At the seam nothing jumps: no step is higher than those of the music itself.
    assert np.abs(np.diff(heard, axis=0)).max() < 1.2 * np.abs(np.diff(wanted, axis=0)).max()
    loudness = [np.sqrt(np.mean(part**2)) for part in (heard, wanted)]
    assert loudness[0] == pytest.approx(loudness[1], rel=0.05)


@settings(max_examples=20, deadline=None)
@given(first=st.integers(0, 64 * 48_000), n_frames=st.integers(1, 100_000))
def test_any_place_of_a_track_is_always_the_same(
    songs: dict[str, Path], first: int, n_frames: int
) -> None:
    track = tracks.Track(str(songs["m4a"]), 65 * 48_000, -20.0)
    whole = tracks.read(track, 0, 67 * 48_000)
    assert np.array_equal(tracks.read(track, first, n_frames), whole[first : first + n_frames])


def test_a_survey_comes_back_from_its_bytes(songs: dict[str, Path]) -> None:
    found = tracks.survey(str(songs["flac"]))
    again = tracks.from_bytes(found.track.name, found.to_bytes())
    assert again.track == found.track
    assert np.array_equal(again.hops.energies, found.hops.energies)
    assert np.array_equal(again.hops.peaks, found.hops.peaks)


def test_mono_music_is_heard_on_both_sides(write_music: Callable[..., Path]) -> None:
    wave = 0.3 * np.sin(np.arange(48_000) / 20)[:, None]
    track = tracks.survey(str(write_music("mono.wav", wave))).track
    heard = tracks.read(track, 0, 48_000)
    assert np.array_equal(heard[:, 0], heard[:, 1])
    assert heard.any()


def test_the_bed_is_calm_and_has_no_seam() -> None:
    found = tracks.survey(BED)
    blocks = np.convolve(found.hops.energies[:400], np.ones(4), "valid")
    assert np.ptp(10 * np.log10(blocks[5:])) < 5, "LU between its softest and its loudest 0.4 s"
    around = np.abs(np.diff(tracks.read(found.track, bed.N_FRAMES - 100, 200), axis=0)).max()
    assert around <= np.abs(np.diff(tracks.read(found.track, 0, 48_000), axis=0)).max()
    again = tracks.read(found.track, bed.N_FRAMES + 500, 100)
    assert np.array_equal(again, tracks.read(found.track, 500, 100))


def cut(path: Path, place: Path, share: float) -> Path:
    whole = path.read_bytes()
    place.write_bytes(whole[: round(len(whole) * share)])
    return place


@pytest.mark.parametrize("suffix", ["mp3", "flac", "wav"])
def test_a_file_that_was_not_copied_to_its_end_is_told(
    songs: dict[str, Path], tmp_path: Path, suffix: str
) -> None:
    short = cut(songs[suffix], tmp_path / f"short.{suffix}", 0.5)
    with pytest.raises(SoundError, match=r"short\.\w+: breaks off at 0:\d\d of 1:05"):
        tracks.survey(str(short))


def test_a_file_without_its_table_is_told(songs: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(SoundError, match="cannot be decoded"):
        tracks.survey(str(cut(songs["m4a"], tmp_path / "short.m4a", 0.5)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.mp3", b""),
        ("text.mp3", b"Dear diary\n" * 50),
        ("zeros.ogg", bytes(5000)),
        ("list.mp3", b"#EXTM3U\nhttp://example.org/a.mp3\n"),
    ],
)
def test_what_is_no_music_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SoundError, match=f"{name}: cannot be decoded") as raised:
        tracks.survey(str(path))
    assert "is expected" in raised.value.hint


def test_a_protected_file_is_told(songs: dict[str, Path], tmp_path: Path) -> None:
    whole = songs["m4a"].read_bytes()
    codec = whole.index(b"mp4a", whole.index(b"stsd"))
    locked = tmp_path / "bought.m4p"
    locked.write_bytes(whole[:codec] + b"drms" + whole[codec + 4 :])
    with pytest.raises(SoundError, match="protected against copying"):
        tracks.survey(str(locked))


def test_a_silent_file_is_told(write_music: Callable[..., Path]) -> None:
    silent = write_music("silent.wav", np.zeros((96_000, 2)))
    with pytest.raises(SoundError, match="nothing can be heard in it"):
        tracks.survey(str(silent))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match="there is no such file"):
        tracks.survey(str(tmp_path / "nowhere.mp3"))
