"""Spoken clips on disk, by the hash of everything that changes their sound.

Files appear by rename and are checked when read, so that many processes, and many machines, may
share a folder. A cache never fails: where the folder cannot be used there is only less of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sys
import zlib
from pathlib import Path

from voiceguide.data import caches

_MAGIC = b"voiceguide clip 1\n"
_HEADER_BYTES = len(_MAGIC) + 4 + 8
"""A checksum and a length follow the magic."""
_PART = ".part"


def where() -> Path:
    """The folder of all our caches."""
    return caches()


def size() -> int:
    """Bytes that all our caches take."""
    return sum(_bytes(path) for path in where().rglob("*"))


def clear() -> int:
    """Remove all our caches; gives the bytes that were freed."""
    before = size()
    shutil.rmtree(where(), ignore_errors=True)
    return before - size()


def key(*parts: object) -> str:
    """A name for what these parts, in this order, determine."""
    return digest(repr(parts).encode())


def digest(data: bytes) -> str:
    """A name for these bytes."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


class ClipCache:
    """A folder of clips.

    Args:
        folder: made when first written to; `clips` in our cache folder where None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or where() / "clips"
        self._swept = False

    def load(self, name: str) -> bytes | None:
        """What was stored under a name; None where nothing was, or where it is damaged."""
        try:
            data = self._path(name).read_bytes()
        except OSError:
            return None
        body = data[_HEADER_BYTES:]
        return body if data[:_HEADER_BYTES] == _header(body) else None

    def store(self, name: str, body: bytes) -> bool:
        """Keep `body` under a name; False where the folder does not take it."""
        part = self._folder / f"{name}.{os.getpid()}{_PART}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            try:
                part.write_bytes(_header(body) + body)
                part.replace(self._path(name))
            except OSError:
                part.unlink(missing_ok=True)
                raise
        except OSError:
            return False
        return True

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.clip"

    def _sweep(self) -> None:
        """Remove, once, what runs that were killed have left behind."""
        if self._swept:
            return
        self._swept = True
        for part in self._folder.glob(f"*{_PART}"):
            if not _alive(part.suffixes[-2:-1]):
                with contextlib.suppress(OSError):
                    part.unlink()


def _header(body: bytes) -> bytes:
    return _MAGIC + zlib.crc32(body).to_bytes(4, "big") + len(body).to_bytes(8, "big")


def _alive(pid: list[str]) -> bool:
    """Whether a process runs. On Windows a file in use resists removal by itself."""
    if sys.platform == "win32" or not pid:
        return False
    try:
        os.kill(int(pid[0].lstrip(".")), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _bytes(path: Path) -> int:
    with contextlib.suppress(OSError):
        if path.is_file():
            return path.stat().st_size
    return 0
