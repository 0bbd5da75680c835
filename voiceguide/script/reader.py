"""YAML text -> a tree of nodes with their places, by the rules of YAML 1.2 core.

PyYAML gives the events; what they mean is decided here, so that nothing is turned into a date, a
base-60 number or an object, and no text however hostile takes more than a moment.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from voiceguide.script.faults import Report, TooManyFaults, quoted
from voiceguide.script.nodes import Items, Keys, Node, Position, Scalar
from voiceguide.script.slips import DASHES, Slip, dashed, diagnose

MAX_NODES = 150_000
"""Values in a text, as written."""
MAX_KEYS = 1_000
"""Keys of one mapping."""
MAX_ALIASED = 50_000
"""Values that aliases may add."""
MAX_DEPTH = 30
MAX_REPAIRS = 20
MAX_REPAIRED = 30_000
"""Characters of a text that is read again after a repair."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml, in every wheel of PyYAML: ten times the speed of the parser in Python."""


class Tree(NamedTuple):
    """A tree and its size."""

    root: Keys
    n_values: int
    """Values in it, and its keys; those of an alias each time."""
    height: int
    """Levels of lists and mappings."""


def parse(text: str, report: Report) -> Tree | None:
    """The tree of a text; None where nothing usable is left. Every fault goes to the report.

    A slip with a plain cure (a text that needed quotes) is told, mended and read past, so that
    the faults behind it are told in the same go.

    Args:
        text: with line feeds for all line breaks.
        report: gets the faults.

    Raises:
        TooManyFaults: the report is full.
    """
    for _ in range(MAX_REPAIRS):
        draft = Report(report.origin, text)
        try:
            composer = _Composer(text, draft)
            root = composer.compose()
        except (yaml.MarkedYAMLError, _Slipped) as error:
            slip = error.slip if isinstance(error, _Slipped) else diagnose(error, text)
            report.tell(slip.message, slip.at, slip.hint)
            if slip.mended is None or len(text) > MAX_REPAIRED:
                _hand_on(draft, report)
                return None
            text = slip.mended
        except TooManyFaults:
            _hand_on(draft, report)
            raise
        else:
            _hand_on(draft, report)
            size = composer.nodes + composer.aliased
            return Tree(root, size, composer.height) if root is not None else None
    return None


def _hand_on(draft: Report, report: Report) -> None:
    for fault in draft.faults:
        report.tell(fault.message, (fault.line, fault.column), fault.hint, fault.path)


class _Unreadable(Exception):
    pass


class _Slipped(Exception):
    """A slip in what is YAML, but means something else."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.message)
        self.slip = slip


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    at: Position
    is_list: bool
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    values: dict[str, Node] = field(default_factory=dict)
    key_at: dict[str, Position] = field(default_factory=dict)
    key: Node | None = None
    size: int = 1
    height: int = 1

    def node(self) -> Node:
        """What it holds, now that its end has come."""
        if self.is_list:
            return Items(tuple(self.items), self.at)
        return Keys(self.values, self.key_at, self.at)


@dataclass(frozen=True, slots=True)
class _Anchored:
    node: Node
    size: int
    height: int


class _Composer:
    """Builds the tree of the first document, without recursion."""

    def __init__(self, text: str, report: Report) -> None:
        self.text = text
        self.report = report
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchored | None] = {}
        self.nodes = 0
        self.aliased = 0
        self.root: Node | None = None
        self.height = 0

    def compose(self) -> Keys | None:
        """The root, where it is a mapping.

        Raises:
            yaml.MarkedYAMLError: the text is not YAML.
            _Slipped: it is, by a slip.
        """
        loader = _LOADER(self.text)
        try:
            while (event := loader.get_event()) is not None:
                mark = event.start_mark
                at = (mark.line + 1, mark.column + 1)
                if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                    hint = "one file holds one script"
                    self.report.tell("a second document begins here", at, hint)
                    break
                self._take(event, at)
        except _Unreadable:
            return None
        finally:
            loader.dispose()
        if self.root is None or (isinstance(self.root, Scalar) and self.root.is_null):
            self.report.tell(
                "nothing is written here", (1, 1), "a script begins with `voiceguide: 1`"
            )
            return None
        if not isinstance(self.root, Keys):
            found = "a list" if isinstance(self.root, Items) else quoted(self.root.text)
            hint = "a script begins with `voiceguide: 1`, and its list goes below `steps:`"
            self.report.tell(f"expected keys such as `title:` (got {found})", self.root.at, hint)
            return None
        return self.root

    def _take(self, event: Any, at: Position) -> None:  # noqa: ANN401  an event of PyYAML
        if isinstance(event, yaml.ScalarEvent):
            self._begin(event, at)
            text = event.value
            if not text.isascii():
                text = unicodedata.normalize("NFC", text)
            self._add(Scalar(text, not event.style, at), 1, 0, event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event, at)
            self._refuse_depth(len(self.open) + 1, at)
            if event.anchor is not None:
                self.anchors[event.anchor] = None
            is_list = isinstance(event, yaml.SequenceStartEvent)
            self.open.append(_Open(at, is_list, event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = self.open.pop()
            self._add(done.node(), done.size, done.height, done.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._add_alias(str(event.anchor), at)

    def _add(self, node: Node, size: int, height: int, anchor: str | None = None) -> None:
        if anchor is not None:
            self.anchors[anchor] = _Anchored(node, size, height)
        if not self.open:
            self.root, self.height = node, height
            return
        parent = self.open[-1]
        parent.size += size
        parent.height = max(parent.height, height + 1)
        if parent.is_list:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            self._add_entry(parent, parent.key, node)
            parent.key = None

    def _add_entry(self, parent: _Open, key: Node, value: Node) -> None:
        if not isinstance(key, Scalar) or key.is_null:
            self.report.tell("a key must be text", key.at, "put quotes around it if it is text")
        elif key.plain and key.text == "<<":
            hint = "write the keys of the other mapping out here"
            self.report.tell("merge keys (`<<`) are not read", key.at, hint)
        elif key.text.startswith(DASHES) and (slip := dashed(self.report.lines, key.at[0] - 1)):
            raise _Slipped(slip)
        elif key.text in parent.values:
            first = parent.key_at[key.text][0]
            hint = "leave one of them out; a new step begins with `- `"
            self.report.tell(
                f"{quoted(key.text)} is written twice, first on line {first}", key.at, hint
            )
        elif len(parent.values) == MAX_KEYS:
            self._stop(f"one mapping has at most {MAX_KEYS:,} keys", key.at, "")
        else:
            parent.values[key.text] = value
            parent.key_at[key.text] = key.at

    def _add_alias(self, name: str, at: Position) -> None:
        cure = "put quotes around it if it is text"
        if name not in self.anchors:
            message = f"`*{name}` refers to nothing: there is no `&{name}` before it"
            self.report.tell(message, at, cure)
            self._add(Scalar(f"*{name}", plain=True, at=at), 1, 0)
            return
        anchored = self.anchors[name]
        if anchored is None:
            self._stop(f"`*{name}` refers to itself", at, "write the steps out, or use `repeat`")
        assert anchored is not None
        self.aliased += anchored.size
        if self.aliased > MAX_ALIASED:
            message = f"aliases expand this script past {MAX_ALIASED:,} values"
            self._stop(message, at, "use `repeat` for rounds")
        self._refuse_depth(len(self.open) + anchored.height, at)
        self._add(anchored.node, anchored.size, anchored.height)

    def _begin(self, event: Any, at: Position) -> None:  # noqa: ANN401  as above
        """Count a value, and refuse its tag."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop(f"this script has more than {MAX_NODES:,} values", at, "use `repeat`")
        if event.tag is not None:
            hint = "leave it out, or put quotes around the whole text"
            self.report.tell(f"tags such as {quoted(event.tag)} are not read", at, hint)

    def _refuse_depth(self, depth: int, at: Position) -> None:
        if depth > MAX_DEPTH:
            self._stop(f"this is nested deeper than {MAX_DEPTH} levels", at, "")

    def _stop(self, message: str, at: Position, hint: str) -> None:
        self.report.tell(message, at, hint)
        raise _Unreadable
