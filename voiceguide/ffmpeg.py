"""ffmpeg as a child process: where it is, and running it so that nothing of it outlives us.

Sound goes through pipes in 48 kHz float32. A child that reads our end of a pipe ends by itself
when we are killed, because its input ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

import numpy as np

from voiceguide.model.audio import Audio
from voiceguide.model.errors import EncoderMissing, ExportError, SoundError, TargetNotWritable
from voiceguide.model.units import RATE_HZ

CORES = os.cpu_count() or 1
_slots = BoundedSemaphore(CORES)
"""One for each core: more encoders at once only take turns, and memory."""

_SETTLE_S = 2
"""A decoder that begins in the middle of a file needs less than half of it."""

_NOT_WRITABLE = {
    "No space left on device": "the disk is full",
    "Disk quota exceeded": "the disk quota is used up",
    "Permission denied": "permission denied",
    "Read-only file system": "the disk is read-only",
}
"""What ffmpeg says (the C library's words) and what we say."""

_SAMPLE_BYTES = 4
"""Of float32."""
_PIPE_BYTES = 1 << 20
"""Of sound that is decoded while the sound before it is looked at."""


@cache
def locate() -> str:
    """The ffmpeg on PATH, else the one that imageio-ffmpeg brings.

    Raises:
        EncoderMissing: there is neither.
    """
    if found := shutil.which("ffmpeg"):
        return found
    try:
        import imageio_ffmpeg  # noqa: PLC0415 - only where PATH has none: it starts a process

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise EncoderMissing(
            "ffmpeg is not on this machine; it is needed for every format but wav",
            hint="pip install imageio-ffmpeg",
        ) from error


def identity() -> str:
    """What tells one ffmpeg from another without starting it: its path, size and date."""
    program = Path(locate())
    state = program.stat()
    return f"{program}:{state.st_size}:{state.st_mtime_ns}"


def decode(source: Path) -> Audio:
    """The sound of a file in any form that ffmpeg reads, as 48 kHz mono.

    Raises:
        EncoderMissing: no ffmpeg.
        SoundError: no such file, or no sound in it.
    """
    sound = _decoded(source, _raw(n_channels=1))
    if not sound:
        raise _undecodable(source, b"")
    return Audio(np.frombuffer(sound, dtype="<f4").reshape(-1, 1), RATE_HZ)


def decode_stretch(source: Path, first_s: int, n_frames: int) -> Audio:
    """A stretch of the sound of a file, as 48 kHz stereo; shorter where the file ends in it.

    The decoder begins two seconds earlier, so that it has found its place and its filters are
    full: what it gives is what it would have given from the start of the file (of AAC with
    synthetic noise, other noise; of Vorbis, up to some milliseconds beside its place). What lies
    above 16 kHz is left out: not every format keeps it, and it would count in the loudness.

    Raises:
        EncoderMissing: no ffmpeg.
        SoundError: no such file, or no sound in it.
    """
    # The first half of that the decoder settles in, the other half the resampler.
    settle_s = min(first_s, _SETTLE_S)
    seek = ["-noaccurate_seek", "-ss", str(first_s - settle_s)] if first_s else []
    length_s = settle_s / 2 + n_frames / RATE_HZ
    keep = f"atrim=start={settle_s / 2:g}:duration={length_s:.6f}"
    # Half as loud, what a decoder gives above full scale still fits into 16 bits.
    filters = f"{keep},volume=0.5,aresample=32000"
    form = ["-f", "s16le", "-ar", str(RATE_HZ), "-ac", "2"]
    sound = _decoded(source, ["-af", filters, *form], seek)
    first = settle_s * RATE_HZ // 2
    whole = np.frombuffer(sound, dtype="<i2").reshape(-1, 2)
    samples = whole[first : first + n_frames].astype(np.float32)
    samples *= np.float32(2 / 32_768)
    return Audio(samples, RATE_HZ)


def _decoded(source: Path, form: Sequence[str], seek: Sequence[str] = ()) -> bytes:
    """What ffmpeg makes of the sound of a file."""
    result = subprocess.run(  # noqa: S603 - our own command line, no shell
        [*_reading(source, seek), *form, "pipe:1"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if result.returncode != 0:
        raise _undecodable(source, result.stderr)
    return result.stdout


def stream(source: Path, block_frames: int = RATE_HZ) -> Iterator[Audio]:
    """The sound of a file as it is decoded, at 48 kHz with the channels it has.

    Args:
        source: a file in any form that ffmpeg reads.
        block_frames: length of each block but the last.

    Raises:
        EncoderMissing: no ffmpeg.
        SoundError: no such file, or no sound in it.
    """
    arguments = [*_reading(source), "-ar", str(RATE_HZ), "-c:a", "pcm_f32le", "-f", "wav", "pipe:1"]
    with tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(  # noqa: S603 - our own command line, no shell
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            start_new_session=True,  # Ctrl-C comes to us, and we end the child
        )
        assert child.stdout is not None
        _widen(child.stdout)
        n_frames = 0
        try:
            n_channels = _read_header(child.stdout)
            while data := child.stdout.read(block_frames * n_channels * _SAMPLE_BYTES):
                block = Audio(np.frombuffer(data, dtype="<f4").reshape(-1, n_channels), RATE_HZ)
                n_frames += block.n_frames
                yield block
            status = child.wait()
        finally:
            child.kill()
            child.wait()
            child.stdout.close()
        if status != 0 or n_frames == 0:
            complaints.seek(0)
            raise _undecodable(source, complaints.read())


def encode(blocks: Iterable[Audio], options: Sequence[str], target: Path, n_channels: int) -> None:
    """Writes `blocks` to `target`, encoded as `options` say (further inputs, codec, muxer).

    Raises:
        EncoderMissing: no ffmpeg, or one without this codec.
        TargetNotWritable: the disk is full, or the folder takes no file.
        ExportError: ffmpeg failed for another reason; the message is its own.
    """
    arguments = [*_raw(n_channels), "-i", "pipe:0", *options, "-y", f"file:{target}"]
    with _running(arguments) as feed:
        for block in blocks:
            if not feed(block.samples.astype("<f4", copy=False).tobytes()):
                break


def _reading(source: Path, seek: Sequence[str] = ()) -> list[str]:
    """The call that reads a file, to which is added what comes out."""
    if not source.is_file():
        raise SoundError(f"{source}: there is no such sound file")
    # file: and the whitelist keep a playlist from reading anything but local files.
    origin = ["-protocol_whitelist", "file", *seek, "-i", f"file:{source}", "-map", "0:a:0"]
    return [*_command(), "-nostdin", *origin]


def _widen(pipe: IO[bytes]) -> None:
    """Has a pipe hold more, where the system lets us; who has many pipes open is refused it."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _read_header(wav: IO[bytes]) -> int:
    """Reads a WAV up to its first sample: how many channels it has, 1 where it has no header."""
    wav.read(12)
    n_channels = 1
    while len(opening := wav.read(8)) == 8 and opening[:4] != b"data":  # noqa: PLR2004 - name, size
        n_bytes = int.from_bytes(opening[4:], "little")
        chunk = wav.read(n_bytes + n_bytes % 2)
        if opening[:4] == b"fmt ":
            n_channels = int.from_bytes(chunk[2:4], "little")
    return n_channels


def _undecodable(source: Path, complaints: bytes) -> SoundError:
    reason = _last_line(complaints) or "there is no sound in it"
    return SoundError(
        f"{source}: cannot be decoded: {reason}",
        hint="A WAV, MP3, M4A, Ogg, Opus or FLAC file is expected.",
    )


def _command() -> list[str]:
    return [locate(), "-hide_banner", "-nostats", "-v", "error"]


def _raw(n_channels: int) -> list[str]:
    return ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", str(n_channels)]


@contextmanager
def _running(arguments: Sequence[str]) -> Iterator[Callable[[bytes], bool]]:
    """A child and the way to feed it, which says whether it still reads; ends with the body."""
    with _slots, tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(  # noqa: S603 - our own command line, no shell
            [*_command(), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            start_new_session=True,  # Ctrl-C comes to us, and we end the child
        )
        assert child.stdin is not None
        pipe = child.stdin

        def feed(data: bytes) -> bool:
            try:
                pipe.write(data)
            except OSError:  # it stopped reading, and says why on its standard error
                return False
            return True

        try:
            yield feed
            with suppress(OSError):
                pipe.close()
            status = child.wait()
        except BaseException:
            child.kill()
            child.wait()
            raise
        finally:
            with suppress(OSError):
                pipe.close()
        if status != 0:
            complaints.seek(0)
            raise _failure(complaints.read(), status)


def _last_line(complaints: bytes) -> str:
    return complaints.decode(errors="replace").strip().rpartition("\n")[2]


def _failure(complaints: bytes, status: int) -> ExportError:
    text = complaints.decode(errors="replace")
    for sign, reason in _NOT_WRITABLE.items():
        if sign in text:
            return TargetNotWritable(
                f"the file cannot be written: {reason}",
                hint="Choose another place with -o, or make room there.",
            )
    if "Unknown encoder" in text:
        return EncoderMissing(
            f"the ffmpeg at {locate()} lacks an encoder: {_last_line(complaints)}",
            hint="pip install imageio-ffmpeg, and take the other ffmpeg off PATH",
        )
    return ExportError(
        f"ffmpeg failed: {_last_line(complaints) or f'it ended with status {status}'}"
    )
