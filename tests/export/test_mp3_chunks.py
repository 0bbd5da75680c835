"""A session that never falls silent, encoded in chunks side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from export.encoders import decode, decode_with_minimp3, one_stream
from export.recorded import Recorded, sing

from voiceguide import ffmpeg
from voiceguide.export import write_file
from voiceguide.export.mp3_chunks import encoded_chunks
from voiceguide.export.mp3_frames import count_frames
from voiceguide.model.audio import Audio
from voiceguide.model.errors import ExportError
from voiceguide.model.timeline import Timeline


@pytest.fixture(params=[2, 5], ids=["two cores", "five"])
def _cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(ffmpeg, "CORES", request.param)
    return int(request.param)


@pytest.mark.usefixtures("_cores")
def test_two_decoders_hear_what_was_mixed_to_the_last_frame(
    tmp_path: Path, song: Recorded, session: Timeline
) -> None:
    target = tmp_path / "out.mp3"
    write_file(song, session, target)
    one, other = decode(target, 2), decode_with_minimp3(target)
    assert one.shape == other.shape == song.samples.shape
    assert np.abs(one - other).max() < 0.001
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp3"], "no part is left"


@pytest.mark.usefixtures("_cores")
def test_chunks_are_as_good_as_one_stream_at_the_seams_too(
    tmp_path: Path, song: Recorded, session: Timeline
) -> None:
    spliced, plain = tmp_path / "spliced.mp3", one_stream(song, tmp_path / "plain.mp3")
    write_file(song, session, spliced)
    wanted = song.samples.astype(float)
    errors = [np.square(decode(path, 2) - wanted).sum(axis=1) for path in (spliced, plain)]
    assert errors[0].sum() < 1.05 * errors[1].sum()
    n_chunks = ffmpeg.CORES
    for number in range(1, n_chunks):
        seam = count_frames(song.n_frames) * number // n_chunks * 1152
        around = slice(seam - 4 * 1152, seam + 4 * 1152)
        assert errors[0][around].sum() < 1.3 * errors[1][around].sum()


@pytest.mark.parametrize("n_frames", [48, 575, 1152, 5000, 288_000, 600_001])
def test_any_length_is_kept(tmp_path: Path, session: Timeline, n_frames: int) -> None:
    target = tmp_path / "out.mp3"
    write_file(sing(n_frames), session, target)
    assert len(decode(target, 2)) == len(decode_with_minimp3(target)) == n_frames


def test_nothing_is_left_where_the_sound_fails(tmp_path: Path, song: Recorded) -> None:
    class Failing:
        n_frames, n_channels, spans = song.n_frames, song.n_channels, song.spans

        def blocks(self, start_frame: int = 0, block_frames: int = 48_000) -> Iterator[Audio]:
            yield from islice(song.blocks(start_frame, block_frames), 3)
            raise ExportError("the music is gone")

    def encode() -> None:
        with encoded_chunks(Failing(), tmp_path, lambda _: None):
            pass

    with pytest.raises(ExportError, match="the music is gone"):
        encode()
    assert not list(tmp_path.iterdir())


def test_progress_ends_at_one(tmp_path: Path, song: Recorded, session: Timeline) -> None:
    told: list[float] = []
    write_file(song, session, tmp_path / "out.mp3", progress=told.append)
    assert told[-1] == 1.0
    assert max(told) <= 1.0
