from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import miniaudio
import numpy as np
import pytest
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
from voiceguide.model.timeline import Timeline
from voiceguide.sound import integrated_lufs
from voiceguide.sound.limiter import true_peak


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


def decode_with_minimp3(path: Path) -> np.ndarray:
    decoded = miniaudio.mp3_read_f32(path.read_bytes())
    assert (decoded.sample_rate, decoded.nchannels) == (48_000, 1)
    return np.array(decoded.samples, dtype=np.float32)


def test_two_decoders_hear_what_was_mixed(
    cache: Path, tmp_path: Path, sound: Any, session: Timeline
) -> None:
    target = tmp_path / "out.mp3"
    write_file(sound, session, target)
    one, other = ffmpeg.decode(target).samples[:, 0], decode_with_minimp3(target)
    assert len(one) == len(other) == sound.n_frames
    assert np.abs(one - other).max() < 0.001
    assert len(list(cache.iterdir())) >= 5, "islands were kept"


@pytest.mark.usefixtures("cache")
def test_islands_are_as_good_as_one_stream(
    tmp_path: Path, sound: Any, session: Timeline, request: pytest.FixtureRequest
) -> None:
    spliced, plain = tmp_path / "spliced.mp3", tmp_path / "plain.mp3"
    write_file(sound, session, spliced)
    request.getfixturevalue("no_cache")
    write_file(sound, session, plain)
    wanted = sound.samples[:, 0].astype(float)
    errors = [
        np.square(ffmpeg.decode(path).samples[:, 0] - wanted).sum() for path in (spliced, plain)
    ]
    assert errors[0] < 1.1 * errors[1]


@pytest.mark.usefixtures("cache")
def test_no_seam_is_heard_between_islands_and_silence(
    tmp_path: Path, sound: Any, session: Timeline
) -> None:
    """Nothing from 80 ms after a sound to 20 ms before the next; then at most a pre-echo."""
    target = tmp_path / "out.mp3"
    write_file(sound, session, target)
    decoded = ffmpeg.decode(target).samples[:, 0]
    for before, after in zip(sound.spans, sound.spans[1:], strict=False):
        quiet = decoded[before.end_frame + 80 * 48 : after.start_frame - 20 * 48]
        assert np.abs(quiet).max(initial=0.0) < 1e-4
        gap = decoded[before.end_frame + 80 * 48 : after.start_frame]
        if after.key[0] != "hiss":  # harder on an encoder than any tone or word
            assert np.abs(gap).max(initial=0.0) < 10 ** (-50 / 20)


@pytest.mark.usefixtures("cache")
def test_onsets_stay_where_they_are(tmp_path: Path, sound: Any, session: Timeline) -> None:
    target = tmp_path / "out.mp3"
    write_file(sound, session, target)
    decoded = np.abs(ffmpeg.decode(target).samples[:, 0])
    for span in sound.spans:
        if span.key[0] == "tick":
            around = decoded[max(span.start_frame - 480, 0) : span.start_frame + 2400]
            onset = np.argmax(around > around.max() / 5) - min(span.start_frame, 480)
            assert abs(onset) < 2 * 48, "ms"


@pytest.mark.parametrize("way", ["cache", "no_cache"])
def test_loudness_comes_back_and_peaks_stay_low(
    tmp_path: Path, sound: Any, session: Timeline, request: pytest.FixtureRequest, way: str
) -> None:
    request.getfixturevalue(way)
    target = tmp_path / "out.mp3"
    write_file(sound, session, target)
    decoded = ffmpeg.decode(target)
    mixed = next(sound.blocks(0, sound.n_frames))
    assert integrated_lufs(decoded) == pytest.approx(integrated_lufs(mixed), abs=0.1)
    assert true_peak(decoded) < true_peak(mixed) * 10 ** (0.9 / 20)


@pytest.mark.usefixtures("cache")
def test_players_are_told_the_length_and_the_bit_rate(
    tmp_path: Path, sound: Any, session: Timeline
) -> None:
    target = tmp_path / "out.mp3"
    write_file(sound, session, target)
    info: Any = MP3(target).info
    assert info.bitrate_mode == BitrateMode.CBR
    assert info.bitrate == 128_000
    assert info.length == pytest.approx(session.duration_ms / 1000, abs=0.001)
    assert not info.sketchy


@pytest.mark.usefixtures("cache")
def test_a_second_render_encodes_nothing(
    tmp_path: Path, sound: Any, session: Timeline, monkeypatch: pytest.MonkeyPatch
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
    cache: Path, tmp_path: Path, sound: Any, session: Timeline, damage: bytes | None
) -> None:
    first, second = tmp_path / "first.mp3", tmp_path / "second.mp3"
    write_file(sound, session, first)
    for kept in cache.iterdir():
        kept.write_bytes(kept.read_bytes()[:-5] if damage is None else damage)
    write_file(sound, session, second)
    assert np.array_equal(ffmpeg.decode(first).samples, ffmpeg.decode(second).samples)


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
    make_sound: Callable[..., Any],
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
    sound = make_sound(duration_ms, *parts)
    target = tmp_path_factory.mktemp("any") / "out.mp3"
    write_file(sound, session, target)
    assert ffmpeg.decode(target).n_frames == duration_ms * 48
    assert len(decode_with_minimp3(target)) == duration_ms * 48
    assert are_plain(music_of(target, sound.n_frames))


@pytest.mark.usefixtures("cache")
def test_stereo_goes_as_one_stream(
    tmp_path: Path, make_sound: Callable[..., Any], session: Timeline
) -> None:
    target = tmp_path / "out.mp3"
    write_file(make_sound(2000, (100, "word"), channels=2), session, target)
    decoded = miniaudio.mp3_read_f32(target.read_bytes())
    assert (decoded.nchannels, decoded.num_frames) == (2, 96_000)


@pytest.mark.skipif(sys.platform == "win32", reason="stands a shell script in for ffmpeg")
@pytest.mark.parametrize(
    "change",
    [["-reservoir", "1"], ["-b:a", "96k"], ["-af", "aeval=val(0)+0.01*sin(t*3000)"]],
    ids=["reservoir", "other rate", "never silent"],
)
def test_an_encoder_with_other_frames_still_gives_a_good_file(
    cache: Path,
    tmp_path: Path,
    sound: Any,
    session: Timeline,
    monkeypatch: pytest.MonkeyPatch,
    change: list[str],
) -> None:
    """An ffmpeg that does not do as it is told: the options it gets are followed by others."""
    odd = tmp_path / "ffmpeg"
    odd.write_text(
        f"#!{sys.executable}\nimport os, sys\nprogram = {ffmpeg.locate()!r}\n"
        f"os.execv(program, [program, *sys.argv[1:-1], *{change!r}, sys.argv[-1]])\n"
    )
    odd.chmod(odd.stat().st_mode | stat.S_IXUSR)
    target = tmp_path / "out.mp3"
    with monkeypatch.context() as patched:
        patched.setattr(ffmpeg, "locate", lambda: str(odd))
        write_file(sound, session, target)
    assert not cache.exists()
    assert ffmpeg.decode(target).n_frames == sound.n_frames
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ffmpeg", "out.mp3"]


def test_the_info_frame_is_the_one_that_ffmpeg_writes(tmp_path: Path) -> None:
    """Checksums, delay and counts, compared with an independent writer."""
    reference = tmp_path / "reference.mp3"
    source = "sine=frequency=300:sample_rate=48000:duration=3.017"
    subprocess.run(
        [ffmpeg.locate(), "-v", "error", "-f", "lavfi", "-i", source, "-ac", "1", "-c:a",
         "libmp3lame", "-b:a", "128k", "-reservoir", "0", "-id3v2_version", "0", str(reference)],
        check=True,
    )  # fmt: skip
    theirs, music = reference.read_bytes()[:FRAME_BYTES], reference.read_bytes()[FRAME_BYTES:]
    checksum = join_checksums(0, checksums(music))
    ours = info_frame(3017 * 48, checksum)
    assert read_delay(ours) == read_delay(theirs) == 576
    at = 21 + 152
    assert ours[at : at + 2] == theirs[at : at + 2], "checksum of the music"
    for parts in (1, 7):
        joined = 0
        for first in range(0, len(music), parts * FRAME_BYTES):
            joined = join_checksums(joined, checksums(music[first : first + parts * FRAME_BYTES]))
        assert joined == checksum
