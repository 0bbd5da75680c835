"""A mapping of the tree -> plain values, each key by its type; every fault at its own place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from voiceguide.model.template import PLACEHOLDERS, names
from voiceguide.script.faults import Refused, Report, did_you_mean, listed, quoted
from voiceguide.script.fields import EACH, KEYS, ONE
from voiceguide.script.nodes import Items, Keys, Node, Scalar, find, join, locate
from voiceguide.script.scalars import NoSuchName, Nothing, in_braces
from voiceguide.script.shapes import HOLDERS, INSIDE, STEPS, adapter

_LIKE = {
    "title": "`title: Lunch-break legs`",
    "voiceguide": "`voiceguide: 1`",
    "at": "`at: half`, `at: 20s` or `at: -10s`",
    "say": '`say: "Keep breathing"`',
    "programme": "`programme: 1`",
    "weeks": "`weeks: 6`",
    "days": "`days: [monday, thursday]`",
    "sessions": "`sessions: [run-warmup]`",
    "script": "`script: run-warmup`",
}

_MEANT = {
    "time": ("duration", "fit"),
    "length": ("duration", "fit"),
    "seconds": ("duration",),
    "minutes": ("duration", "fit"),
    "name": ("title",),
    "count": ("reps",),
    "repetitions": ("reps",),
    "times": ("reps",),
    "break": ("rest",),
    "pause": ("rest",),
    "weight": ("target",),
    "load": ("target",),
    "note": ("say",),
    "notes": ("say",),
    "text": ("say",),
}
"""Other words for a key; the first that is known where they stand."""


class Checker:
    """Reads mappings of one script; what is wrong goes to its report."""

    def __init__(
        self,
        root: Keys,
        report: Report,
        *,
        prefix: str = "",
        names: Iterable[str] = (),
        inside: Mapping[str, Any] = INSIDE,
    ) -> None:
        self.root = root
        self.report = report
        self.inside = inside
        """The shapes of mappings inside of others, by their key."""
        self.prefix = prefix
        """What the paths of its steps begin with, outside of its own file."""
        self.names = tuple(f"{{{name}}}" for name in names)
        """Its variables, as they are used."""
        self.faulty: frozenset[str] = frozenset()
        """Those of them that have no value, which is told."""
        self.told = 0
        """Faults so far, those of an alias each time it is read."""

    def tell(
        self, path: str, message: str, hint: str = "", *, key: bool = False, word: str = ""
    ) -> None:
        """Report a fault of the value, or the key, at a path."""
        self.told += 1
        self.report.tell_in(self.root, path, message, hint, key=key, word=word)

    def line(self, path: str) -> int:
        """The line on which a value begins."""
        return locate(self.root, path)[0]

    def written_at(self, path: str) -> dict[str, Any]:
        """Line and path of a step, for the step itself."""
        return {"line": self.line(path), "path": self.prefix + path}

    def values(
        self,
        shape: Any,  # noqa: ANN401  a class of `shapes`
        node: Keys,
        path: str,
        stand_ins: Mapping[str, object] | None = None,
    ) -> dict[str, Any] | None:
        """The values of the keys that are written; None where any of them is at fault.

        Args:
            shape: what may be written there; `steps` is looked after elsewhere.
            node: what was written.
            path: of the node.
            stand_ins: where given, what is sound is returned in spite of a fault; these stand
                for required keys that are not.
        """
        apart = {"steps"} if shape in HOLDERS else {}
        written = {key: _plain(value) for key, value in node.values.items() if key not in apart}
        try:
            return adapter(shape).validate_python(written)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
        for each in errors:
            self._tell(shape, path, each)
            _drop(written, _loc(each))
        if stand_ins is None:
            return None
        return adapter(shape).validate_python({**stand_ins, **written})

    def _tell(self, shape: Any, path: str, error: Any) -> None:  # noqa: ANN401  an entry of pydantic's `errors()`
        loc = _loc(error)
        if loc[-1] == "[key]":  # pydantic's word for a key of a mapping, in place of its value
            refused = error["ctx"]["error"]
            self.tell(join(path, *loc[:-1]), refused.message, refused.hint, key=True)
            return
        where = join(path, *loc)
        match error["type"]:
            case "extra_forbidden":
                self._tell_unknown(shape, where, loc)
            case "missing":
                key = str(loc[-1])
                hint = f"write {_LIKE[key]}" if key in _LIKE else ""
                self.tell(join(path, *loc[:-1]), f"`{key}` is missing", hint)
            case "too_short":
                self.tell(where, "this list is empty", "write a value for each set")
            case "value_error":
                refused = error["ctx"]["error"]
                for each in (refused, *refused.also):
                    self._tell_refused(where, loc, each)
            case kind:
                raise AssertionError(kind)

    def _tell_refused(self, where: str, loc: list[Any], refused: Refused) -> None:
        value = find(self.root, where)
        written = names(value.text) if isinstance(value, Scalar) else ()
        if not self.faulty.isdisjoint(written):
            return
        if isinstance(refused, Nothing) and loc and isinstance(loc[-1], str):
            hint = "write a value, or leave the key out (text with `#` in front needs quotes)"
            self.tell(where, f"nothing is written after `{loc[-1]}:`", hint, key=True)
        else:
            bare = in_braces(value.values) if isinstance(value, Keys) else None
            hint = self._hint(refused, written) if bare is None else self._in_quotes(bare, refused)
            self.tell(where, refused.message, hint, word=refused.word)

    def _hint(self, refused: Refused, written: Iterable[str]) -> str:
        """What to write for a refused value, where a name in braces in it may be a slip."""
        if isinstance(refused, NoSuchName):
            known = [*self.names, *(f"{{{name}}}" for name in sorted(PLACEHOLDERS))]
            return did_you_mean(refused.word, known) or f"there are: {listed(known)}"
        unknown = (f"{{{name}}}" for name in written if name not in PLACEHOLDERS)
        near = (did_you_mean(name, self.names) for name in unknown)
        return next(filter(None, near), refused.hint)

    def _in_quotes(self, name: str, refused: Refused) -> str:
        """The same for a name in braces without quotes around it."""
        if f"{{{name}}}" in self.names or name in PLACEHOLDERS:
            return refused.hint
        near = did_you_mean(f'"{{{name}}}"', [f'"{each}"' for each in self.names])
        return near or refused.hint

    def _tell_unknown(self, shape: Any, where: str, loc: list[Any]) -> None:  # noqa: ANN401  as above
        key = str(loc[-1])
        if len(loc) > 1:
            inner = next(part for part in reversed(loc[:-1]) if part in self.inside)
            known = sorted(self.inside[inner].__annotations__)
        else:
            known = sorted(shape.__annotations__)
            if shape in STEPS.values() and (owners := _owners(key)):
                kind = known_kind(shape)
                message = f"`{key}` has no meaning beside `{kind}`"
                hint = f"it belongs to {listed(owners)}: put it there, or in a step of its own"
                self.tell(where, message, hint, key=True)
                return
        if len(loc) == 1 and shape in HOLDERS:
            known.append("steps")  # read apart from the other keys
        meant = next((each for each in _MEANT.get(key.lower(), ()) if each in known), None)
        hint = f"did you mean `{meant}`?" if meant else did_you_mean(key, known)
        hint = hint or f"known here: {listed(known)}"
        self.tell(where, f"unknown key {quoted(key)}", hint, key=True)


def _loc(error: Any) -> list[Any]:  # noqa: ANN401  an entry of pydantic's `errors()`
    """Keys and places in lists down to what is at fault, without the tags of the types."""
    return [part for part in error["loc"] if part not in {ONE, EACH, KEYS}]


def _drop(written: dict[str, Any], loc: list[Any]) -> None:
    """Take out the innermost key that holds what is at fault."""
    for index, part in enumerate(loc):
        inner = written.get(part)
        if index + 1 == len(loc) or not isinstance(inner, dict):
            written.pop(part, None)
            return
        written = inner


def known_kind(shape: Any) -> str:  # noqa: ANN401  as above
    """The kind key of a shape."""
    return next(kind for kind, each in STEPS.items() if each is shape)


def _owners(key: str) -> list[str]:
    return [kind for kind, shape in STEPS.items() if key in shape.__annotations__]


def _plain(node: Node) -> object:
    """Lists and dicts of scalars, as pydantic takes them."""
    match node:
        case Scalar():
            return node
        case Items():
            return [_plain(item) for item in node.items]
        case Keys():
            return {key: _plain(value) for key, value in node.values.items()}
