"""Every format we write carries its timeline back, and passes; so do the scripts that ship."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from verify.finished import SCRIPT, Finished
from voiceguide import ffmpeg, pipeline
from voiceguide.data import shipped
from voiceguide.export.reading import ReadTags, TaggedChapter, read_tags
from voiceguide.export.wav import header, read_chunk
from voiceguide.model.errors import SoundError
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import parse
from voiceguide.verify import Report, verify

REST = ("m4b", "opus", "flac")


def differences(report: Report) -> list[object]:
    return [item for check in report.checks for item in check.findings]


SHIPPED = sorted(path.stem for path in shipped("scripts").glob("*.yaml"))
ENGINES = ("silent", "pyttsx3", "hibari")
"""Dealt out to the scripts in turn: each with each takes longer than it tells."""


def is_week(script: str) -> bool:
    """Half an hour or more of one run, which differs from week to week by its figures."""
    return script.startswith("run-walk-week")


@pytest.mark.parametrize(
    "suffix",
    ["m4a", "ogg", *(pytest.param(name, marks=pytest.mark.slow) for name in REST)],
)
def test_each_format_carries_what_is_verified(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"Kurz 走る.{suffix}"
    source = Source(SCRIPT.encode(), "session.yaml", tmp_path)
    timeline = pipeline.render(source, path, Options(engine="pyttsx3")).timeline
    assert differences(verify(path)) == []
    tags = read_tags(path)
    assert tags.timeline is not None
    assert parse(tags.timeline) == timeline
    assert tags.title == timeline.title
    assert tags.chapters == tuple(
        TaggedChapter(chapter.title, chapter.start_ms) for chapter in timeline.chapters
    )


@pytest.mark.parametrize(
    ("script", "engine"),
    [
        pytest.param(
            script, engine, marks=pytest.mark.long if is_week(script) else pytest.mark.slow
        )
        for script, engine in zip(SHIPPED, cycle(ENGINES), strict=False)
    ],
)
def test_every_script_that_ships_passes(tmp_path: Path, engine: str, script: str) -> None:
    path = render_shipped(script, tmp_path, Options(engine=engine))
    assert differences(verify(path)) == []


@pytest.mark.parametrize(
    ("script", "engine"),
    [
        pytest.param("run-warmup", "pyttsx3", marks=pytest.mark.slow),
        pytest.param("box-breathing", "silent", marks=pytest.mark.slow),
        *(
            pytest.param(script, engine, marks=pytest.mark.long)
            for script in ("upper-glutes-10", "core-10")
            for engine in ENGINES
        ),
    ],
)
def test_what_ships_passes_with_music(tmp_path: Path, engine: str, script: str) -> None:
    path = render_shipped(script, tmp_path, Options(engine=engine, music="bed"))
    assert differences(verify(path)) == []


def render_shipped(name: str, folder: Path, options: Options) -> Path:
    if options.engine == "hibari":
        pytest.importorskip("hibari")
    script = shipped("scripts") / f"{name}.yaml"
    path = folder / f"{name}.mp3"
    pipeline.render(Source(script.read_bytes(), script.name, script.parent), path, options)
    return path


def test_chapters_come_in_the_order_of_the_contents(finished: Finished) -> None:
    tags = read_tags(finished.mp3)
    assert [(part.title, part.start_ms, part.end_ms) for part in tags.chapters] == [
        (part.title, part.start_ms, part.end_ms) for part in finished.timeline.chapters
    ]
    assert read_tags(finished.wav) == tags


def test_a_large_wav_is_read_past_its_samples(tmp_path: Path) -> None:
    """Its size is told in another chunk; the samples are a hole in the file."""
    n_frames = 2**31
    path = tmp_path / "large.wav"
    trailer = b"id3 \x04\0\0\0abcd"
    with path.open("wb") as file:
        file.write(header(n_frames, 2, len(trailer)))
        file.seek(n_frames * 4, 1)
        file.write(trailer)
    assert read_chunk(path, b"id3 ") == b"abcd"


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEid3 \xff\xff\xff\xff", b"ID3"])
def test_a_damaged_file_has_no_tags(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.mp3"
    path.write_bytes(content)
    assert read_tags(path) == ReadTags()


def test_a_file_is_decoded_in_blocks_of_its_own_channels(
    finished: Finished, tmp_path: Path
) -> None:
    blocks = list(ffmpeg.stream(finished.mp3, block_frames=10_000))
    assert {block.n_frames for block in blocks[:-1]} == {10_000}
    assert sum(block.n_frames for block in blocks) == finished.n_frames
    assert {block.n_channels for block in blocks} == {1}
    stereo = tmp_path / "stereo.wav"
    stereo.write_bytes(header(4800, 2, 0) + bytes(4800 * 4))
    assert [block.samples.shape for block in ffmpeg.stream(stereo)] == [(4800, 2)]


def test_a_pipe_that_the_system_gives_no_room_serves(
    finished: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ffmpeg, "_PIPE_BYTES", 2**31 - 1)
    blocks = ffmpeg.stream(finished.mp3)
    assert sum(block.n_frames for block in blocks) == finished.n_frames


def test_what_is_no_sound_is_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "text.mp3"
    path.write_text("Reverse lunge, left side.\n" * 100, encoding="utf-8")
    for source in (path, tmp_path / "nothing.mp3"):
        with pytest.raises(SoundError):
            list(ffmpeg.stream(source))


def test_a_decoder_that_is_left_is_ended(finished: Finished) -> None:
    def first() -> Iterator[int]:
        for block in ffmpeg.stream(finished.mp3):
            yield block.n_frames
            return

    assert list(first()) == [48_000]
