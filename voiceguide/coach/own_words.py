"""A phrase book of the author's own: single lines over ours, or a whole language that we lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from voiceguide.coach import book
from voiceguide.coach.book import PhraseBook
from voiceguide.model import template
from voiceguide.model.errors import Fault

_MODEL = "en"
"""Every book has the keys of this one."""
_FREE = frozenset({"sides", "numbers"})
"""Keys whose values have a form of their own."""
_OF_LINES = template.PLACEHOLDERS | {"label", "amount"}
_MORE = {
    "block": {"block"},
    "told": {"text"},
    "range": {"low", "high"},
    "programme": {"week", "day"},
}
"""Names that only the words of one line may hold."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What came of a book of the author's own."""

    book: PhraseBook | None
    """None where it has faults."""
    faults: tuple[Fault, ...]
    """With paths of keys in the book."""


def own_words(language: str, own: Mapping[str, Any]) -> OwnWords:
    """The book of a language with the author's lines over ours.

    Args:
        language: BCP 47; one without a book of ours needs every line.
        own: what the author wrote, every scalar as text.
    """
    model = book.body(_MODEL)
    ours: Mapping[str, Any] = {"language": language.partition("-")[0]}
    if ours["language"] in book.languages():
        ours = book.body(language)
    forms = book.make({**model, **ours, **_sides(own, ours)}).side_forms
    faults = [*_language(own, ours["language"]), *_unknown(own, model, "", forms)]
    merged = _over(ours, own)
    faults += [*_missing(merged, model, ""), *_uneven(merged.get("sides"))]
    return OwnWords(None if faults else book.make(merged), tuple(faults))


def _sides(own: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """The sides that count; ours where the author's are no mapping, which is told elsewhere."""
    sides: Any = own.get("sides")
    return {"sides": {**ours.get("sides", {}), **sides}} if _is_sides(sides) else {}


def _is_sides(sides: Any) -> bool:  # noqa: ANN401  as below
    return (
        isinstance(sides, Mapping)
        and all(
            isinstance(word, str) or (isinstance(word, Mapping) and "plain" in word)
            for word in sides.values()
        )
        and {"left", "right"} <= set(sides)
    )


def _uneven(sides: Any) -> Iterator[Fault]:  # noqa: ANN401  as below
    """A form that one side has and another lacks."""
    if not _is_sides(sides):
        return
    forms = {side: set(words) if isinstance(words, Mapping) else {"plain"}
             for side, words in sides.items()}  # fmt: skip
    every = set().union(*forms.values())
    for side, has in forms.items():
        if lacks := sorted(every - has):
            message = f"`{side}` lacks the form `{lacks[0]}`, which other sides have"
            yield Fault(message, path=f"sides.{side}", hint=f"Write `{lacks[0]}: ...` there.")


def _language(own: Mapping[str, Any], language: str) -> Iterator[Fault]:
    written = own.get("language", language)
    if written != language:
        yield Fault(
            f"these words are for `{written}`, and the session is in `{language}`",
            path="language",
            hint=f"Write `language: {language}`, or name another file.",
        )


def _unknown(own: Any, model: Any, path: str, forms: frozenset[str]) -> Iterator[Fault]:  # noqa: ANN401  values of YAML
    """Everything in the author's book that no book has, or that has another form there."""
    key = path.rpartition(".")[2]
    if path.partition(".")[0] in _FREE:
        yield from _unfit(own, model, path)
    elif isinstance(model, Mapping):
        if not isinstance(own, Mapping):
            yield Fault("expected keys and values", path=path)
            return
        for name, value in own.items():
            inner = f"{path}.{name}" if path else name
            if name in model:
                yield from _unknown(value, model[name], inner, forms)
            else:
                near = get_close_matches(name, model, n=1)
                hint = f"Did you mean `{near[0]}`?" if near else f"There are {', '.join(model)}."
                yield Fault(f"unknown key `{name}`", path=inner, hint=hint)
    elif isinstance(model, list):
        if not isinstance(own, list) or not own or not all(map(_is_text, own)):
            yield Fault("expected a list of texts", path=path, hint='Write `["Good work."]`.')
    elif isinstance(own, str) and key in {"space", "sentences"}:
        return  # languages that need none have none between words
    elif not _is_text(own):
        yield Fault(f"nothing is written after `{key}:`; expected words", path=path)
    else:
        yield from _placeholders(own, path, forms)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _unfit(own: Any, model: Any, path: str) -> Iterator[Fault]:  # noqa: ANN401  as above
    """What is wrong with the words for sides, or with the rule for numbers."""
    if path == "sides" and not _is_sides(own):
        yield Fault(
            "expected `left` and `right`, each a word, or forms with `plain`",
            path=path,
            hint="Write `sides: {left: left, right: right, working: working, resting: other}`.",
        )
    elif path == "numbers":
        ones = own.get("one", []) if isinstance(own, Mapping) else None
        if not isinstance(ones, list) or not all(str(one).isdecimal() for one in ones):
            yield Fault(
                "expected the counts that take the form `one`, in a list",
                path=path,
                hint=f'Write `numbers: {{one: [1], decimal: "{model["decimal"]}"}}`.',
            )


def _placeholders(words: str, path: str, forms: frozenset[str]) -> Iterator[Fault]:
    part, _, rest = path.partition(".")
    known = {"n"} if part == "units" else _OF_LINES | forms
    known = known | _MORE.get(rest.partition(".")[0], set())
    for name in template.names(words):
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean `{{{near[0]}}}`?" if near else ""
            yield Fault(f"there is no placeholder `{{{name}}}` here", path=path, hint=hint)


def _over(ours: Any, own: Any) -> Any:  # noqa: ANN401  as above
    """Ours, with whatever the author wrote in its place."""
    if not (isinstance(ours, Mapping) and isinstance(own, Mapping)):
        return own
    return {**ours, **{key: _over(ours.get(key), value) for key, value in own.items()}}


def _missing(merged: Any, model: Any, path: str) -> Iterator[Fault]:  # noqa: ANN401  as above
    """Lines that the language has nowhere: they would be heard in English."""
    if isinstance(model, Mapping) and isinstance(merged, Mapping):
        for key, value in model.items():
            inner = f"{path}.{key}" if path else key
            if key in merged:
                yield from _missing(merged[key], value, inner)
            else:
                yield Fault(f"`{inner}` is missing", path=path, hint="Write it in this language.")
