"""Files that a script names: found below the folder of the script, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path

from voiceguide.model.errors import FileError
from voiceguide.model.source import READ_AT_MOST, Source

_LOOKED_AT = 2_000
"""Files that are looked at for one with nearly the name that was asked for."""


class Nearby:
    """The files below the folder of a script, by the names that its files use for them.

    A name counts from the folder of the file that uses it, else from that of the script.
    """

    def __init__(self, source: Source) -> None:
        self._shown = source.folder
        self._root = source.folder.resolve()
        self._folders = {source.origin: self._root}
        self.seen: dict[Path, bytes | None] = {}
        """Contents of what was read; None where something was looked for in vain."""

    def script(self, name: str, beside: str) -> tuple[str, bytes]:
        """The name in messages and the bytes of a script.

        Args:
            name: as it is written.
            beside: name in messages of the script that it is written in.

        Raises:
            FileError: there is none, it lies elsewhere, or it cannot be read.
        """
        path = self._find(name, beside)
        body = self.seen.get(path)
        if body is None:
            try:
                with path.open("rb") as file:
                    body = file.read(READ_AT_MOST)
            except OSError as error:
                raise FileError(f"`{name}` cannot be read: {error.strerror}") from error
            self.seen[path] = body
        real = path.resolve()
        origin = str(self._shown / real.relative_to(self._root))
        self._folders[origin] = real.parent
        return origin, body

    def name(self, name: str, beside: str) -> str:
        """A file by its name from the folder of the first script; as written where it is none."""
        try:
            return self._find(name, beside).resolve().relative_to(self._root).as_posix()
        except FileError:
            return name

    def _find(self, name: str, beside: str) -> Path:
        """The path of a file as it is named: links in it may be changed later."""
        lies_below = False
        for folder in dict.fromkeys((self._folders[beside], self._root)):
            path = folder / name
            try:
                if not path.resolve().is_relative_to(self._root):
                    continue
                lies_below = True
                if path.is_file():
                    return path
            except (OSError, RuntimeError) as error:  # a name too long, links in a circle
                raise FileError(f"`{name}` cannot be the name of a file") from error
            self.seen[path] = None
        if not lies_below:
            raise FileError(
                f"`{name}` lies outside of the folder of the script",
                "put it beside the script, or below its folder",
            )
        near = get_close_matches(name, self._names(Path(name).suffix), n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"it is looked for in {self._shown}"
        raise FileError(f"there is no file `{name}`", hint)

    def _names(self, suffix: str) -> list[str]:
        """Files with a suffix in the folder of the script and those in it, as they are named."""
        found: Iterator[Path] = chain(self._root.glob("*"), self._root.glob("*/*"))
        return [
            path.relative_to(self._root).as_posix()
            for path in islice(found, _LOOKED_AT)
            if path.suffix == suffix and path.is_file()
        ]
