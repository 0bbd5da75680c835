"""Files that appear under their name only when they are complete.

Each is made beside its target under a name of ours with `.part` in it, and renamed. What a killed
run left behind, the next run that writes into the same folder removes.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from voiceguide.model.errors import TargetNotWritable

_HOST = f"{zlib.crc32(platform.node().encode()):08x}"
"""Folders are shared between machines, process numbers are not."""
_OURS = re.compile(rf"\.voiceguide-{_HOST}-(\d+)-[0-9a-f]+\.part")
_ABANDONED_S = 86_400
"""Where processes cannot be asked for, what nobody has touched for a day is nobody's."""


@contextmanager
def writing(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `target` when the body ends well.

    When it does not, nothing is left, and a file that was there before stays as it was. A pipe or
    a device is written to as it is.

    Raises:
        TargetNotWritable: no such folder, no permission, no space, or `target` is a folder.
    """
    if is_stream(target):
        with naming(target):
            yield target
        return
    target = Path(os.path.realpath(target))
    if target.is_dir():
        raise TargetNotWritable(f"{target} is a folder; the name of a file is expected")
    if not target.parent.is_dir():
        raise TargetNotWritable(
            f"{target} cannot be written: there is no folder {target.parent}",
            hint="Make the folder, or choose another place.",
        )
    remove_stale(target.parent)
    with naming(target), replacing(target) as part:
        part.touch(exist_ok=False)
        yield part


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """The same for a file that nobody but us writes, with the system's own errors."""
    part = part_in(target.parent)
    try:
        yield part
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_texts(texts: Mapping[Path, str]) -> None:
    """Writes text files, all of them or none.

    Raises:
        TargetNotWritable: see `writing`.
    """
    with ExitStack() as files:
        for target, text in texts.items():
            part = files.enter_context(writing(target))
            part.write_text(text, encoding="utf-8", newline="\n")


def is_stream(target: Path) -> bool:
    """Whether it is a pipe or a device, which cannot be replaced by a file."""
    return target.exists() and not target.is_file() and not target.is_dir()


def part_in(folder: Path) -> Path:
    """A name for a temporary file in `folder` that no other run has, and that ours tells apart."""
    return folder / f".voiceguide-{_HOST}-{os.getpid()}-{secrets.token_hex(4)}.part"


def remove_stale(folder: Path) -> None:
    """Removes what runs of ours that are no more left in this folder."""
    with suppress(OSError):
        for path in folder.iterdir():
            found = _OURS.fullmatch(path.name)
            if found and not _is_in_use(path, int(found[1])):
                with suppress(OSError):
                    path.unlink()


def _is_in_use(part: Path, process: int) -> bool:
    if process == os.getpid():
        return True
    if sys.platform == "win32":  # signal 0 would end the process there
        return time.time() - part.stat().st_mtime < _ABANDONED_S
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def naming(target: Path) -> Iterator[None]:
    """What the system says against writing in the body, as an error that names the target."""
    try:
        yield
    except TargetNotWritable as error:
        if str(target) in error.message:
            raise
        raise TargetNotWritable(f"{target}: {error.message}", error.hint) from error
    except BrokenPipeError:  # nobody reads any more, which is no fault
        raise
    except OSError as error:
        raise TargetNotWritable(
            f"{target} cannot be written: {(error.strerror or str(error)).lower()}",
            hint="Choose another place, or make room there.",
        ) from error
