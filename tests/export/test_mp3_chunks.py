"""A session that never falls silent, encoded in chunks side by side."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import miniaudio
import numpy as np
import pytest
from mutagen.mp3 import MP3, BitrateMode

from voiceguide import ffmpeg
from voiceguide.export import write_file
from voiceguide.export.mp3_chunks import encoded_chunks
from voiceguide.export.mp3_frames import (
    FRAME_BYTES,
    are_plain,
    checksums,
    count_frames,
    info_frame,
    join_checksums,
    read_delay,
)
from voiceguide.export.mp3_islands import LAME_SCALE
from voiceguide.model.audio import Audio
from voiceguide.model.errors import ExportError
from voiceguide.model.timeline import Timeline
from voiceguide.sound import integrated_lufs

SECOND = 48_000
OPTIONS = ["-c:a", "libmp3lame", "-b:a", "128k", "-reservoir", "0"]


class Song:
    """Stereo music without a gap: chords that change, and noise on the beat."""

    n_channels = 2

    def __init__(self, n_frames: int, seed: int = 4) -> None:
        chance = np.random.default_rng(seed)
        time = np.arange(n_frames) / SECOND
        samples = np.zeros((n_frames, 2))
        for _ in range(12):
            hz, side = chance.uniform(80, 3000), chance.random()
            swell = 0.6 + 0.4 * np.sin(2 * np.pi * chance.uniform(0.1, 3) * time)
            wave = np.sin(2 * np.pi * hz * time) * swell
            samples += np.outer(wave, (side, 1 - side))
        beat = np.exp(-((time * 2) % 1) * 20)
        samples += beat[:, None] * chance.standard_normal((n_frames, 2)) * 0.5
        self.samples = (samples / np.abs(samples).max() * 0.5).astype(np.float32)
        self.n_frames = n_frames
        self.spans = ()

    def blocks(self, start_frame: int = 0, block_frames: int = SECOND) -> Any:
        for first in range(start_frame, self.n_frames, block_frames):
            yield Audio(self.samples[first : first + block_frames], SECOND)


@pytest.fixture(params=[2, 5], ids=["two cores", "five"])
def _cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(ffmpeg, "CORES", request.param)
    return int(request.param)


@pytest.fixture(scope="module")
def song() -> Song:
    return Song(40 * SECOND + 777)


def decode(path: Path, n_channels: int = 2) -> np.ndarray:
    call = [ffmpeg.locate(), "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a"]
    form = ["-f", "f32le", "-ac", str(n_channels), "-"]
    heard = subprocess.run([*call, *form], capture_output=True, check=True).stdout
    return np.frombuffer(heard, "<f4").reshape(-1, n_channels)


def decode_with_minimp3(path: Path) -> np.ndarray:
    decoded = miniaudio.mp3_read_f32(path.read_bytes())
    return np.array(decoded.samples, dtype=np.float32).reshape(-1, decoded.nchannels)


def one_stream(song: Song, target: Path) -> Path:
    louder = (song.samples / np.float32(LAME_SCALE)).astype("<f4").tobytes()
    form = ["-f", "f32le", "-ar", "48000", "-ac", str(song.n_channels), "-i", "pipe:0"]
    call = [ffmpeg.locate(), "-v", "error", "-y", *form, *OPTIONS, str(target)]
    subprocess.run(call, input=louder, check=True)
    return target


@pytest.mark.usefixtures("_cores")
def test_two_decoders_hear_what_was_mixed_to_the_last_frame(
    tmp_path: Path, song: Song, session: Timeline
) -> None:
    target = tmp_path / "out.mp3"
    write_file(song, session, target)
    one, other = decode(target), decode_with_minimp3(target)
    assert one.shape == other.shape == song.samples.shape
    assert np.abs(one - other).max() < 0.001
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp3"], "no part is left"


@pytest.mark.usefixtures("_cores")
def test_chunks_are_as_good_as_one_stream_at_the_seams_too(
    tmp_path: Path, song: Song, session: Timeline
) -> None:
    spliced, plain = tmp_path / "spliced.mp3", one_stream(song, tmp_path / "plain.mp3")
    write_file(song, session, spliced)
    wanted = song.samples.astype(float)
    errors = [np.square(decode(path) - wanted).sum(axis=1) for path in (spliced, plain)]
    assert errors[0].sum() < 1.05 * errors[1].sum()
    n_chunks = ffmpeg.CORES
    for number in range(1, n_chunks):
        seam = count_frames(song.n_frames) * number // n_chunks * 1152
        around = slice(seam - 4 * 1152, seam + 4 * 1152)
        assert errors[0][around].sum() < 1.3 * errors[1][around].sum()


def test_players_are_told_the_length_and_the_loudness_is_kept(
    tmp_path: Path, song: Song, session: Timeline
) -> None:
    target = tmp_path / "out.mp3"
    write_file(song, session, target)
    info: Any = MP3(target).info
    assert (info.bitrate_mode, info.bitrate, info.channels) == (BitrateMode.CBR, 128_000, 2)
    assert info.length == pytest.approx(song.n_frames / SECOND, abs=0.001)
    assert not info.sketchy
    heard, mixed = (integrated_lufs(Audio(x, SECOND)) for x in (decode(target), song.samples))
    assert heard == pytest.approx(mixed, abs=0.2)


@pytest.mark.parametrize("n_frames", [48, 575, 1152, 5000, 288_000, 600_001])
def test_any_length_is_kept(tmp_path: Path, session: Timeline, n_frames: int) -> None:
    target = tmp_path / "out.mp3"
    write_file(Song(n_frames), session, target)
    assert len(decode(target)) == len(decode_with_minimp3(target)) == n_frames


def test_frames_stand_alone_and_the_info_frame_is_the_one_of_ffmpeg(
    tmp_path: Path, song: Song
) -> None:
    reference = tmp_path / "reference.mp3"
    one_stream(song, reference)
    whole = reference.read_bytes()
    frames = whole[-count_frames(song.n_frames) * FRAME_BYTES :]
    theirs = whole[: -len(frames)][-FRAME_BYTES:]
    assert are_plain(frames, 2)
    assert not are_plain(frames, 1)
    ours = info_frame(song.n_frames, join_checksums(0, checksums(frames)), 2)
    assert read_delay(ours, 2) == read_delay(theirs, 2) == 576
    at = 36 + 141
    assert ours[at : at + 3] == theirs[at : at + 3], "delay and padding"
    assert ours[36 + 152 : 36 + 154] == theirs[36 + 152 : 36 + 154], "checksum of the music"


@pytest.mark.skipif(sys.platform == "win32", reason="stands a shell script in for ffmpeg")
@pytest.mark.parametrize(
    "change", [["-reservoir", "1"], ["-b:a", "96k"]], ids=["reservoir", "other rate"]
)
def test_an_encoder_with_other_frames_still_gives_a_good_file(
    tmp_path: Path,
    song: Song,
    session: Timeline,
    monkeypatch: pytest.MonkeyPatch,
    change: list[str],
) -> None:
    odd = tmp_path / "ffmpeg"
    odd.write_text(
        f"#!{sys.executable}\nimport os, sys\nprogram = {ffmpeg.locate()!r}\n"
        f"os.execv(program, [program, *sys.argv[1:-1], *{change!r}, sys.argv[-1]])\n"
    )
    odd.chmod(odd.stat().st_mode | stat.S_IXUSR)
    target = tmp_path / "out.mp3"
    with monkeypatch.context() as patched:
        patched.setattr(ffmpeg, "locate", lambda: str(odd))
        write_file(song, session, target)
    assert len(decode(target)) == song.n_frames
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ffmpeg", "out.mp3"]


def test_nothing_is_left_where_the_sound_fails(tmp_path: Path) -> None:
    class Failing(Song):
        def blocks(self, start_frame: int = 0, block_frames: int = SECOND) -> Any:
            yield from list(super().blocks(start_frame, block_frames))[:3]
            raise ExportError("the music is gone")

    def encode() -> None:
        with encoded_chunks(Failing(20 * SECOND), tmp_path, lambda _: None):
            pass

    with pytest.raises(ExportError, match="the music is gone"):
        encode()
    assert not list(tmp_path.iterdir())


def test_progress_ends_at_one(tmp_path: Path, song: Song, session: Timeline) -> None:
    told: list[float] = []
    write_file(song, session, tmp_path / "out.mp3", progress=told.append)
    assert told[-1] == 1.0
    assert max(told) <= 1.0
