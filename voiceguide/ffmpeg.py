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
    sound = _decoded(source, [], _raw(n_channels=1))
    if not sound:
        raise _undecodable(source, "there is no sound in it")
    return Audio(np.frombuffer(sound, dtype="<f4").reshape(-1, 1), RATE_HZ)


def decode_stretch(source: Path, first_s: int, n_frames: int) -> Audio:
    """A stretch of the sound of a file, as 48 kHz stereo; shorter where the file ends in it.

    The decoder begins two seconds earlier, so that it has found its place and its filters are
    full: what it gives is what it would have given from the start of the file (of AAC with
    synthetic noise, other noise; of Vorbis, up to some milliseconds beside its place). What lies
    above 16 kHz is left out: no one format keeps it, and it would count in the loudness.

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
    form = [
        "-af",
        f"{keep},volume=0.5,aresample=32000",
        "-f",
        "s16le",
        "-ar",
        str(RATE_HZ),
        "-ac",
        "2",
    ]
    whole = np.frombuffer(_decoded(source, seek, form), dtype="<i2").reshape(-1, 2)
    first = settle_s * RATE_HZ // 2
    samples = whole[first : first + n_frames].astype(np.float32)
    samples *= np.float32(2 / 32_768)
    return Audio(samples, RATE_HZ)


def _decoded(source: Path, seek: Sequence[str], form: Sequence[str]) -> bytes:
    """What ffmpeg makes of the sound of a file."""
    if not source.is_file():
        raise SoundError(f"{source}: there is no such sound file")
    # file: and the whitelist keep a playlist from reading anything but local files.
    origin = ["-protocol_whitelist", "file", *seek, "-i", f"file:{source}", "-map", "0:a:0"]
    result = subprocess.run(  # noqa: S603 - our own command line, no shell
        [*_command(), "-nostdin", *origin, *form, "pipe:1"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if result.returncode != 0:
        raise _undecodable(source, _last_line(result.stderr))
    return result.stdout


def _undecodable(source: Path, reason: str) -> SoundError:
    return SoundError(
        f"{source}: cannot be decoded: {reason}",
        hint="A WAV, MP3, M4A, Ogg, Opus or FLAC file is expected.",
    )


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
