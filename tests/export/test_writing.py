"""A file is there when it is whole, and not before."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from voiceguide import atomic, ffmpeg
from voiceguide.atomic import write_texts
from voiceguide.export import Sound, exporter_for, formats, write_file, write_stream
from voiceguide.model.errors import EncoderMissing, ExportError, TargetNotWritable, UsageError
from voiceguide.model.timeline import Timeline, dump

BY_OTHER_WAYS = ("mp3", "wav", "flac", "m4b")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("suffix", BY_OTHER_WAYS)
def test_only_the_finished_file_is_left(
    tmp_path: Path, suffix: str, sound: Sound, session: Timeline
) -> None:
    told: list[float] = []
    write_file(sound, session, tmp_path / f"out.{suffix}", progress=told.append)
    assert names_in(tmp_path) == [f"out.{suffix}"]
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


@pytest.mark.parametrize("suffix", BY_OTHER_WAYS)
@pytest.mark.parametrize("failure", [KeyboardInterrupt, MemoryError])
def test_a_run_that_is_broken_off_leaves_nothing(
    tmp_path: Path,
    suffix: str,
    failure: type[BaseException],
    sound: Sound,
    session: Timeline,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "out"
    folder.mkdir()

    def fail(_: float) -> None:
        raise failure

    with pytest.raises(failure):
        write_file(sound, session, folder / f"out.{suffix}", progress=fail)
    assert names_in(folder) == []


def test_a_failed_run_keeps_the_file_that_was_there(
    tmp_path: Path, sound: Sound, session: Timeline
) -> None:
    target = tmp_path / "out.wav"
    target.write_text("the old one")

    def fail(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(sound, session, target, progress=fail)
    assert target.read_text() == "the old one"


def test_a_finished_file_replaces_the_one_behind_a_link(
    tmp_path: Path, sound: Sound, session: Timeline
) -> None:
    real, link = tmp_path / "real.wav", tmp_path / "link.wav"
    real.write_text("the old one")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this system makes no links")
    write_file(sound, session, link)
    assert link.is_symlink()
    assert real.read_bytes().startswith(b"RIFF")


def test_targets_that_cannot_be_written_are_told(
    tmp_path: Path, sound: Sound, session: Timeline
) -> None:
    (tmp_path / "folder.mp3").mkdir()
    (tmp_path / "file").touch()
    for target, expected in (
        (tmp_path / "folder.mp3", "is a folder"),
        (tmp_path / "nowhere" / "out.mp3", "there is no folder"),
        (tmp_path / "file" / "out.mp3", "there is no folder"),
        (tmp_path / f"{'x' * 300}.mp3", "cannot be written"),
    ):
        with pytest.raises(TargetNotWritable, match=expected) as caught:
            write_file(sound, session, target)
        assert str(target) in caught.value.message
    assert names_in(tmp_path) == ["file", "folder.mp3"]


@posix
@pytest.mark.parametrize("suffix", BY_OTHER_WAYS)
def test_a_full_disk_is_told_and_nothing_is_left(
    tmp_path: Path, suffix: str, session: Timeline
) -> None:
    """A limit on the size of files stands in for the disk."""
    script = f"""
import resource, signal, sys
from pathlib import Path
import numpy as np
from voiceguide.export import Tags, write_file
from voiceguide.model.audio import Audio
from voiceguide.model.errors import ExportError
from voiceguide.model.timeline import parse

class Noise:
    n_frames, n_channels, spans = 480_000, 2, ()
    def blocks(self, start_frame=0, block_frames=48_000):
        rng = np.random.default_rng(1)
        for _ in range(10):
            yield Audio(rng.standard_normal((48_000, 2)).astype("f4") * 0.1, 48_000)

timeline = parse(sys.stdin.read())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    write_file(Noise(), timeline, Path({str(tmp_path / f"out.{suffix}")!r}), tags=Tags(title="x"))
except ExportError as error:
    print(type(error).__name__, error.message)
"""
    result = subprocess.run(
        [sys.executable, "-c", script], input=dump(session), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert result.stdout.split()[0] in {"TargetNotWritable", "ExportError"}, result.stderr
    if suffix == "wav":
        assert "file too large" in result.stdout
    assert names_in(tmp_path) == []


def ended_within(seconds: float, argument: str) -> bool:
    """Whether no process has `argument` on its command line any more, before the time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        running = b""
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                running += process.read_bytes()
        if argument.encode() not in running:
            return True
    return False


@posix
@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_what_a_killed_run_leaves_the_next_removes(
    tmp_path: Path, suffix: str, sound: Sound, session: Timeline
) -> None:
    target = tmp_path / f"out.{suffix}"
    stranger = tmp_path / ".somebody-elses-1-00.part"
    stranger.touch()
    script = f"""
import sys
from pathlib import Path
import numpy as np
from voiceguide.export import Tags, write_file
from voiceguide.model.audio import Audio
from voiceguide.model.timeline import parse

class Endless:
    n_frames, n_channels, spans = 480_000_000, 1, ()
    def blocks(self, start_frame=0, block_frames=48_000):
        yield Audio(np.zeros((48_000, 1), "f4"), 48_000)
        print("begun", flush=True)
        sys.stdin.read()

timeline = parse(sys.stdin.readline())
write_file(Endless(), timeline, Path({str(target)!r}), tags=Tags(title="x"))
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        run.stdin.write(dump(session) + "\n")
        run.stdin.flush()
        assert run.stdout.readline() == "begun\n"
        write_file(sound, session, tmp_path / "other.wav")
        left = [name for name in names_in(tmp_path) if name not in ("other.wav", stranger.name)]
        assert len(left) == 1, "a run that is still at work keeps its own"
        assert ".part" in left[0]
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    assert ended_within(10.0, left[0]), "its encoder ends with it"
    assert not target.exists()
    write_file(sound, session, target)
    assert names_in(tmp_path) == [stranger.name, "other.wav", target.name]


def test_where_processes_cannot_be_asked_for_only_what_is_old_is_removed(
    tmp_path: Path, sound: Sound, session: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run may be between two of its files, and has none of them open."""
    monkeypatch.setattr(atomic, "sys", SimpleNamespace(platform="win32"))
    mine = atomic.part_in(tmp_path).name
    new, old = (
        tmp_path / mine.replace(f"-{os.getpid()}-", f"-{n}-") for n in (999_999_998, 999_999_999)
    )
    for part in (new, old):
        part.touch()
    os.utime(old, (1, 1))
    write_file(sound, session, tmp_path / "out.wav")
    assert names_in(tmp_path) == [new.name, "out.wav"]


def test_standard_output_gets_the_whole_mp3(
    tmp_path: Path, sound: Sound, session: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    output = io.BytesIO()
    write_stream(sound, session, output)
    write_file(sound, session, tmp_path / "out.mp3")
    assert output.getvalue() == (tmp_path / "out.mp3").read_bytes()
    assert names_in(tmp_path) == ["out.mp3"]


@posix
def test_a_device_is_written_to_and_stays_a_device(sound: Sound, session: Timeline) -> None:
    write_file(sound, session, Path(os.devnull), suffix="wav")
    assert not Path(os.devnull).is_file()
    assert Path(os.devnull).exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_texts_go_into_a_pipe_and_beside_it_into_a_file(tmp_path: Path) -> None:
    pipe, file = tmp_path / "pipe", tmp_path / "file"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_texts({pipe: "走る\n", file: "line\n"})
        assert os.read(reader, 100) == "走る\n".encode()
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert file.read_bytes() == b"line\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_device_is_told(sound: Sound, session: Timeline) -> None:
    with pytest.raises(TargetNotWritable, match="no space left"):
        write_file(sound, session, Path("/dev/full"), suffix="mp3")


@pytest.mark.parametrize("wanted", ["mp3", ".MP3", "m4b", ".flac"])
def test_formats_are_found_by_suffix_in_any_case(wanted: str) -> None:
    assert wanted.lower().removeprefix(".") in exporter_for(wanted).suffixes


@pytest.mark.parametrize("wanted", ["", ".txt", "mp33", "mp3 "])
def test_an_unknown_format_lists_those_there_are(wanted: str) -> None:
    with pytest.raises(UsageError) as caught:
        exporter_for(wanted)
    assert all(suffix in caught.value.hint for suffix in formats())


def test_a_format_may_differ_from_the_suffix(
    tmp_path: Path, sound: Sound, session: Timeline
) -> None:
    write_file(sound, session, tmp_path / "out.bin", suffix="flac")
    assert (tmp_path / "out.bin").read_bytes().startswith(b"fLaC")


def test_without_ffmpeg_wav_is_written_and_the_rest_says_what_to_install(
    tmp_path: Path, sound: Sound, session: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ffmpeg.locate.cache_clear()
    try:
        write_file(sound, session, tmp_path / "out.wav")
        for suffix in ("mp3", "flac"):
            with pytest.raises(EncoderMissing) as caught:
                write_file(sound, session, tmp_path / f"out.{suffix}")
            assert "pip install" in caught.value.hint
            assert caught.value.exit_code == 69
    finally:
        ffmpeg.locate.cache_clear()
    assert names_in(tmp_path) == ["out.wav"]


@posix
@pytest.mark.parametrize(
    ("complaint", "error"),
    [
        ("the encoder is upset", ExportError),
        ("[out] Error writing trailer: No space left on device", TargetNotWritable),
        ("Unknown encoder 'libmp3lame'", EncoderMissing),
    ],
)
def test_what_ffmpeg_says_against_a_job_is_told(
    tmp_path: Path,
    sound: Sound,
    session: Timeline,
    monkeypatch: pytest.MonkeyPatch,
    complaint: str,
    error: type[ExportError],
) -> None:
    broken = tmp_path / "ffmpeg"
    broken.write_text(f'#!/bin/sh\necho "{complaint}" >&2\nexit 3\n')
    broken.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "locate", lambda: str(broken))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for suffix in ("mp3", "flac"):
        with pytest.raises(error) as caught:
            write_file(sound, session, tmp_path / f"out.{suffix}")
        assert type(caught.value) is error
        assert not (tmp_path / f"out.{suffix}").exists()
