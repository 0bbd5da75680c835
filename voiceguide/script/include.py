"""A script and the files that it includes, each opened where its steps are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol
from unicodedata import normalize

from voiceguide.model.errors import Fault, FileError, VariableError
from voiceguide.model.template import is_side
from voiceguide.script.agreement import check_defaults
from voiceguide.script.faults import Refused, Report, TooManyFaults, did_you_mean, listed, quoted
from voiceguide.script.nodes import Keys, Scalar, depth, join
from voiceguide.script.reader import MAX_DEPTH, MAX_NODES, Tree, parse
from voiceguide.script.scalars import plain_text
from voiceguide.script.shapes import HEADER
from voiceguide.script.source import MAX_BYTES, clean
from voiceguide.script.validate import Checker
from voiceguide.script.variables import (
    CHANGING,
    Filling,
    TooLong,
    Value,
    declared_in,
    defaults_of,
    refuse_other_type,
    strange_names,
)

MAX_FILES = 200
"""Files that may be included in all, one that comes twice counted twice."""

INSIDE = ">"
"""Between the path of an `include` and a path in its file: `steps[2].include>steps[0]`."""


class Files(Protocol):
    """The files beside a script; `beside` is the file that a name is written in."""

    def script(self, name: str, beside: str) -> tuple[str, bytes]:
        """The name in messages of a script, which tells it from others, and its bytes.

        Raises:
            FileError: it cannot be had.
        """

    def name(self, name: str, beside: str) -> str:
        """The name of any file, as the first script would write it."""


class NoFiles:
    """What a script has that is a text and no more."""

    def script(self, name: str, beside: str) -> tuple[str, bytes]:
        """Nothing can be had."""
        raise FileError(f"there is no file {quoted(name)} beside {beside}")

    def name(self, name: str, beside: str) -> str:  # noqa: ARG002  as `Files` has it
        """As it is written."""
        return name


_NOT_OF_INCLUDED = frozenset(HEADER.__annotations__) - {
    "voiceguide", "title", "variables", "defaults"
}  # fmt: skip
"""Header keys that count where a file is the first script, and are passed over in others."""

_STAND_INS = {
    "voiceguide": Scalar("1", plain=True, at=(1, 1)),
    "title": Scalar("Untitled", plain=True, at=(1, 1)),
}
"""For a faulty script, so that its other parts can be checked."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a script, as it was read at one place."""

    origin: str
    """Its name in messages."""
    lines: list[str]
    root: Keys | None
    """With the values of its variables in place; None where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file is read."""

    origin: str
    """Name of the file."""
    prefix: str = ""
    """What the paths of its steps begin with."""
    depth: int = 0
    """Levels above its root."""
    chain: tuple[str, ...] = ()
    """The files that lead to it, the first script first."""


class Page(Checker):
    """One file at one place, ready to be read: its values are put in."""

    def __init__(
        self, shelf: Shelf, report: Report, root: Keys, place: Place, names: Collection[str]
    ) -> None:
        super().__init__(root, report, prefix=place.prefix, names=names)
        self.shelf = shelf
        self.place = place
        self.faulty = frozenset(declared_in(root).keys() - set(names))

    def header(self, *, own_pace: bool = False) -> tuple[dict[str, Any], bool]:
        """The header as far as it is sound, and whether exercises go at the listener's pace.

        Args:
            own_pace: what the defaults around an included file say.
        """
        root = self.root
        if self.place.chain:
            read = {k: v for k, v in root.values.items() if k not in _NOT_OF_INCLUDED}
            root = Keys(read, root.key_at, root.at)
        values = self.values(HEADER, root, "", _STAND_INS)
        assert values is not None
        variables = declared_in(root)
        for name, value in variables.items():
            for each in strange_names(value, variables) if isinstance(value, Scalar) else ():
                message, word = f"a default cannot hold `{{{each}}}`", f"{{{each}}}"
                hint = "write out what it stands for"
                self.tell(join("variables", name), message, hint, word=word)
        if isinstance(defaults := root.values.get("defaults"), Keys):
            own_pace = check_defaults(defaults, "defaults", self, own_pace=own_pace)
        return values, own_pace

    def include(self, name: str, given: Mapping[str, str], path: str) -> Page | None:
        """The file that a step includes, opened; None where it cannot be, which is told.

        Args:
            name: of the file, as written.
            given: the values of `with`.
            path: of the step.
        """
        where = join(path, "include")
        try:
            root, place = self._find(name, where)
        except (FileError, Refused) as error:
            self.tell(where, error.message, error.hint)
            return None
        if root is None:
            return None
        defaults = defaults_of(root)
        values = {}
        for each, text in given.items():
            at = join(path, "with", each)
            try:
                refuse_other_type(defaults.get(each), text)
            except Refused as error:
                self.tell(at, error.message, error.hint)
            else:
                values[each] = Value(text, f"`with`, {self.place.origin}:{self.line(at)}")
        opened = self.shelf.open(root, values, place)
        if opened is None:
            return None
        page, used = opened
        for each in sorted(values.keys() - used - defaults.keys()):
            message = f"nothing in {place.origin} uses `{{{each}}}`"
            self.doubt(join(path, "with", each), message, did_you_mean(each, defaults))
        return page

    def _find(self, name: str, where: str) -> tuple[Keys | None, Place]:
        """The tree of the file that the `include` at a path names, and its place.

        Raises:
            FileError: it cannot be had.
            Refused: it may not be included here.
        """
        outer = self.place
        origin, source = self.shelf.files.script(name, outer.origin)
        chain = (*outer.chain, outer.origin)
        if origin in chain:
            circle = " -> ".join((*chain[chain.index(origin) :], origin))
            raise Refused(
                f"files include each other in a circle: {circle}", "leave one of the includes out"
            )
        prefix = f"{outer.prefix}{where}{INSIDE}"
        place = Place(origin, prefix, outer.depth + depth(where) - 1, chain)
        return self.shelf.take(source, place), place

    def file(self, name: str) -> str:
        """The name of a file that a step uses, told from the folder of the first script."""
        return self.shelf.files.name(name, self.place.origin) if self.place.chain else name

    def doubt_variable(self, name: str, *, used: bool) -> None:
        """Tell a warning of a variable that has no use, or hides what the coach would say."""
        path = join("variables", name)
        if not used:
            self.doubt(path, f"nothing uses `{{{name}}}`", "leave it out")
        elif name in CHANGING or is_side(name):
            message = f"`{{{name}}}` changes from turn to turn; as a variable it stays the same"
            self.doubt(path, message, "give the variable another name")

    def doubt(self, path: str, message: str, hint: str = "") -> None:
        """Tell a warning of the key at a path."""
        with suppress(TooManyFaults):
            doubts = self.shelf.doubts[self.place.origin]
            doubts.tell_in(self.root, path, message, hint, key=True)


class Shelf:
    """All files of one script: each read once, and opened as often as it is included."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.reports: dict[str, Report] = {}
        """By the name of the file, the first script first."""
        self.doubts: dict[str, Report] = {}
        """The same for warnings."""
        self.opened: dict[str, File] = {}
        """By the prefix of their paths."""
        self._trees: dict[str, Tree | None] = {}
        self._files_left = MAX_FILES
        self._bytes_left = MAX_BYTES
        self._values_left = MAX_NODES
        self._room = MAX_BYTES

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Those of all files, file by file."""
        return tuple(fault for report in self.reports.values() for fault in report.faults)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The same."""
        return tuple(doubt for report in self.doubts.values() for doubt in report.faults)

    def first(
        self, source: bytes | str, origin: str, given: Iterable[tuple[str, str]]
    ) -> Page | None:
        """The script itself, opened; None where nothing of it can be read, which is told.

        Raises:
            VariableError: `given` has a name that it does not declare, or another type of value.
        """
        tree = self._read(source, origin)
        if tree is None:
            return None
        self._values_left -= tree.n_values
        if (at := tree.root.key_at.get("programme")) and "steps" not in tree.root.values:
            hint = f"`voiceguide program {origin}` makes its sessions"
            self.reports[origin].tell("this is a programme, not a script", at, hint)
            return None
        opened = self.open(tree.root, _set(tree.root, origin, given), Place(origin))
        return opened[0] if opened is not None else None

    def take(self, source: bytes, place: Place) -> Keys | None:
        """The tree of a file to be included; None where it cannot be read, which is told.

        Raises:
            Refused: the script would grow past its limits.
        """
        if not self._files_left:
            raise Refused(f"a script includes at most {MAX_FILES} files in all")
        self._files_left -= 1
        if place.origin not in self._trees:
            if len(source) > self._bytes_left:
                raise Refused("a script has at most 1 MiB, with all that it includes")
            self._read(source, place.origin)
        tree = self._trees[place.origin]
        if tree is None:
            return None
        self._values_left -= tree.n_values
        if self._values_left < 0:
            message = f"a script has at most {MAX_NODES:,} values, with all that it includes"
            raise Refused(message, "use `repeat`")
        if place.depth + tree.height > MAX_DEPTH:
            raise Refused(f"with this file, steps are nested deeper than {MAX_DEPTH} levels")
        return tree.root

    def open(
        self, root: Keys, given: Mapping[str, Value], place: Place
    ) -> tuple[Page, AbstractSet[str]] | None:
        """A file with its values put in, and the names in it that were replaced.

        None where the values are too long, which is told.
        """
        report = self.reports[place.origin]
        defaults = defaults_of(root)
        declared = {name: Value(value.text, "`variables`") for name, value in defaults.items()}
        filling = Filling({**declared, **given}, self._room)
        if filling.values:
            try:
                root = filling.keys(root, but=("variables",))
            except TooLong as error:
                report.tell("values make this script longer than 1 MiB", error.at)
                return None
            self._room = filling.room
        self.opened[place.prefix] = File(place.origin, report.lines, root)
        page = Page(self, report, root, place, filling.values)
        for name in defaults:
            page.doubt_variable(name, used=name in filling.used)
        return page, filling.used

    def _read(self, source: bytes | str, origin: str) -> Tree | None:
        """The tree of a file, which is on the shelf from now on."""
        self._bytes_left -= len(source)
        text, report, readable = clean(source, origin)
        self.reports[origin], self.doubts[origin] = report, Report(origin, text)
        self.opened.setdefault("", File(origin, report.lines, None))
        self._trees[origin] = tree = parse(text, report) if readable else None
        return tree


def _set(root: Keys, origin: str, given: Iterable[tuple[str, str]]) -> dict[str, Value]:
    """The values that a call sets for names that a script declares.

    Raises:
        VariableError: it has no such name, or the default is of another type.
    """
    names = declared_in(root)
    defaults = defaults_of(root)
    values = {}
    for name, text in (map(partial(normalize, "NFC"), pair) for pair in given):
        if name not in names:
            there_are = f"there are: {listed(names)}" if names else "it has no `variables`"
            hint = did_you_mean(name, names) or there_are
            raise VariableError(name, name, f"{origin} has no such variable", hint)
        try:
            plain_text(Scalar(text, plain=False, at=(0, 0)))
            refuse_other_type(defaults.get(name), text)
        except Refused as error:
            raise VariableError(name, f"{name}={text}", error.message, error.hint) from error
        values[name] = Value(text, "--set")
    return values
