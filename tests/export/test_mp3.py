from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from export.encoders import decode, decode_with_minimp3, disobedient, one_stream
from export.recorded import Recorded, record
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.mp3 import MP3, BitrateMode

from voiceguide import ffmpeg
from voiceguide.export import write_file
from voiceguide.export.mp3_frames import (
    FRAME_BYTES,
    are_plain,
    checksums,
    count_frames,
    info_frame,
    join_checksums,
    read_delay,
)
from voiceguide.model.audio import Audio
from voiceguide.model.errors import ExportError
from voiceguide.model.timeline import Timeline
from voiceguide.sound import integrated_lufs
from voiceguide.sound.limiter import true_peak

both_ways = pytest.mark.parametrize("way", ["sound", "song"], ids=["islands", "chunks"])


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of islands, for this test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "voiceguide" / "islands"


@pytest.fixture
def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that cannot be made: islands are held in memory."""
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))


def music_of(path: Path, n_frames: int) -> bytes:
    """The frames after the Info frame of a file that holds `n_frames` of sound."""
    return path.read_bytes()[-count_frames(n_frames) * FRAME_BYTES :]


def test_two_decoders_hear_what_was_mixed(
    cache: Path, tmp_path: Path, sound: Recorded, session: Timeline
) -> None:
    target = tmp_path / "out.mp3"
    write_file(sound, session, target)
    one, other = decode(target), decode_with_minimp3(target)
    assert one.shape == other.shape == sound.samples.shape
    assert np.abs(one - other).max() < 0.001
    assert len(list(cache.iterdir())) >= 5, "islands were kept"


@pytest.mark.usefixtures("cache")
def test_islands_are_as_good_as_one_stream(
    tmp_path: Path, sound: Recorded, session: Timeline
) -> None:
    spliced, plain = tmp_path / "spliced.mp3", one_stream(sound, tmp_path / "plain.mp3")
    write_file(sound, session, spliced)
    wanted = sound.samples.astype(float)
    errors = [np.square(decode(path) - wanted).sum() for path in (spliced, plain)]
    assert errors[0] < 1.1 * errors[1]


@pytest.mark.usefixtures("cache")
def test_no_seam_is_heard_between_islands_and_silence(
    tmp_path: Path, sound: Recorded, session: Timeline
) -> None:
    """Nothing from 80 ms after a sound to 20 ms before the next; then at most a pre-echo."""
    target = tmp_path / "out.mp3"
    write_file(sound, session, target)
    decoded = decode(target)[:, 0]
    for before, after in zip(sound.spans, sound.spans[1:], strict=False):
        quiet = decoded[before.end_frame + 80 * 48 : after.start_frame - 20 * 48]
        assert np.abs(quiet).max(initial=0.0) < 1e-4
        gap = decoded[before.end_frame + 80 * 48 : after.start_frame]
        if after.key[0] != "hiss":  # harder on an encoder than any tone or word
            assert np.abs(gap).max(initial=0.0) < 10 ** (-50 / 20)


@pytest.mark.usefixtures("cache")
def test_onsets_stay_where_they_are(tmp_path: Path, sound: Recorded, session: Timeline) -> None:
    target = tmp_path / "out.mp3"
    write_file(sound, session, target)
    decoded = np.abs(decode(target)[:, 0])
    for span in sound.spans:
        if span.key[0] == "tick":
            around = decoded[max(span.start_frame - 480, 0) : span.start_frame + 2400]
            onset = np.argmax(around > around.max() / 5) - min(span.start_frame, 480)
            assert abs(onset) < 2 * 48, "ms"


@pytest.mark.usefixtures("cache")
@both_ways
def test_loudness_comes_back_and_peaks_stay_low(
    tmp_path: Path, session: Timeline, request: pytest.FixtureRequest, way: str
) -> None:
    played: Recorded = request.getfixturevalue(way)
    target = tmp_path / "out.mp3"
    write_file(played, session, target)
    decoded = Audio(decode(target, played.n_channels), 48_000)
    mixed = Audio(played.samples, 48_000)
    assert integrated_lufs(decoded) == pytest.approx(integrated_lufs(mixed), abs=0.1)
    assert true_peak(decoded) < true_peak(mixed) * 10 ** (0.9 / 20)


@pytest.mark.usefixtures("cache")
@both_ways
def test_players_are_told_the_length_and_the_bit_rate(
    tmp_path: Path, session: Timeline, request: pytest.FixtureRequest, way: str
) -> None:
    played: Recorded = request.getfixturevalue(way)
    target = tmp_path / "out.mp3"
    write_file(played, session, target)
    info: Any = MP3(target).info
    told = (info.bitrate_mode, info.bitrate, info.channels)
    assert told == (BitrateMode.CBR, 128_000, played.n_channels)
    assert info.length == pytest.approx(played.n_frames / 48_000, abs=0.001)
    assert not info.sketchy


def test_without_a_cache_the_file_is_the_same(
    tmp_path: Path, sound: Recorded, session: Timeline, request: pytest.FixtureRequest
) -> None:
    written = []
    for way in ("cache", "no_cache"):
        request.getfixturevalue(way)
        target = tmp_path / f"{way}.mp3"
        write_file(sound, session, target)
        written.append(target.read_bytes())
    assert written[0] == written[1]


@pytest.mark.usefixtures("cache")
def test_a_second_render_encodes_nothing(
    tmp_path: Path, sound: Recorded, session: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "first.mp3", tmp_path / "second.mp3"
    write_file(sound, session, first)

    def refuse(*_: object) -> None:
        raise AssertionError("encoded again")

    monkeypatch.setattr(ffmpeg, "encode", refuse)
    write_file(sound, session, second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("damage", [b"", b"\0" * 384, None], ids=["empty", "zeros", "cut"])
def test_a_damaged_cache_is_made_again(
    cache: Path, tmp_path: Path, sound: Recorded, session: Timeline, damage: bytes | None
) -> None:
    first, second = tmp_path / "first.mp3", tmp_path / "second.mp3"
    write_file(sound, session, first)
    for kept in cache.iterdir():
        kept.write_bytes(kept.read_bytes()[:-5] if damage is None else damage)
    write_file(sound, session, second)
    assert np.array_equal(ffmpeg.decode(first).samples, ffmpeg.decode(second).samples)


def test_a_cache_that_is_cleared_meanwhile_is_told(
    cache: Path, tmp_path: Path, sound: Recorded, session: Timeline
) -> None:
    write_file(sound, session, tmp_path / "first.mp3")
    told: list[float] = []

    def clear(done: float) -> None:
        if not told:  # what was looked for first was found
            shutil.rmtree(cache)
        told.append(done)

    with pytest.raises(ExportError, match="cleared meanwhile"):
        write_file(sound, session, tmp_path / "second.mp3", progress=clear)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    duration_ms=st.integers(1, 4000),
    starts=st.lists(st.integers(0, 3900), max_size=6, unique=True),
    names=st.lists(st.sampled_from(["tick", "word", "hiss"]), min_size=6, max_size=6),
)
def test_any_session_has_its_exact_length(
    tmp_path_factory: pytest.TempPathFactory,
    session: Timeline,
    duration_ms: int,
    starts: list[int],
    names: list[str],
) -> None:
    lengths = {"tick": 100, "word": 800, "hiss": 500}
    parts: list[tuple[int, str]] = []
    free_ms = 0
    for at_ms, name in zip(sorted(starts), names, strict=False):
        if free_ms <= at_ms < duration_ms:
            parts.append((at_ms, name))
            free_ms = at_ms + lengths[name]
    sound = record(duration_ms, *parts)
    target = tmp_path_factory.mktemp("any") / "out.mp3"
    write_file(sound, session, target)
    assert ffmpeg.decode(target).n_frames == duration_ms * 48
    assert len(decode_with_minimp3(target)) == duration_ms * 48
    assert are_plain(music_of(target, sound.n_frames))


@pytest.mark.usefixtures("cache")
def test_stereo_with_silence_is_kept_stereo(tmp_path: Path, session: Timeline) -> None:
    target = tmp_path / "out.mp3"
    write_file(record(2000, (100, "word"), channels=2), session, target)
    assert decode_with_minimp3(target).shape == (96_000, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="stands a shell script in for ffmpeg")
@both_ways
@pytest.mark.parametrize(
    "change",
    [["-reservoir", "1"], ["-b:a", "96k"], ["-af", "aeval=val(0)+0.01*sin(t*3000):c=same"]],
    ids=["reservoir", "other rate", "never silent"],
)
def test_an_encoder_with_other_frames_still_gives_a_good_file(
    cache: Path,
    tmp_path: Path,
    session: Timeline,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    way: str,
    change: list[str],
) -> None:
    played: Recorded = request.getfixturevalue(way)
    odd = disobedient(tmp_path, change)
    target = tmp_path / "out.mp3"
    with monkeypatch.context() as patched:
        patched.setattr(ffmpeg, "locate", lambda: str(odd))
        write_file(played, session, target)
    assert not cache.exists()
    assert decode(target, played.n_channels).shape == played.samples.shape
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ffmpeg", "out.mp3"]


@both_ways
def test_the_info_frame_is_the_one_that_ffmpeg_writes(
    tmp_path: Path, request: pytest.FixtureRequest, way: str
) -> None:
    """Delay, padding and checksums, compared with an independent writer."""
    played: Recorded = request.getfixturevalue(way)
    n_channels = played.n_channels
    whole = one_stream(played, tmp_path / "reference.mp3").read_bytes()
    theirs, music = whole[:FRAME_BYTES], whole[FRAME_BYTES:]
    assert are_plain(music, n_channels)
    assert not are_plain(music, 3 - n_channels)
    checksum = join_checksums(0, checksums(music))
    ours = info_frame(played.n_frames, checksum, n_channels)
    assert read_delay(ours, n_channels) == read_delay(theirs, n_channels) == 576
    begins = {1: 21, 2: 36}[n_channels]
    for what, at, n_bytes in (("delay and padding", 141, 3), ("checksum of the music", 152, 2)):
        here = slice(begins + at, begins + at + n_bytes)
        assert ours[here] == theirs[here], what
    joined = 0
    for first in range(0, len(music), 7 * FRAME_BYTES):
        joined = join_checksums(joined, checksums(music[first : first + 7 * FRAME_BYTES]))
    assert joined == checksum
