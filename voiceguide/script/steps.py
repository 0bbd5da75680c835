"""The list of steps -> steps of the routine; a faulty one is told and left out, the rest stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from typing import Any

from voiceguide.model import routine
from voiceguide.model.routine import Step
from voiceguide.script.agreement import check_defaults, check_exercise
from voiceguide.script.durations import milliseconds
from voiceguide.script.faults import Refused, listed, quoted
from voiceguide.script.include import Page
from voiceguide.script.nodes import Items, Keys, Node, Scalar, join
from voiceguide.script.shapes import IN_AMRAP, KINDS, KNOWN_KEYS, STEPS, WITH_STEPS

_MODELS: dict[str, Any] = {
    "exercise": routine.Exercise,
    "rest": routine.Rest,
    "say": routine.Say,
    "sound": routine.Sound,
    "block": routine.Block,
    "repeat": routine.Repeat,
    "every": routine.Every,
    "wait": routine.Wait,
    "amrap": routine.Amrap,
}

_MEANT: dict[str, str] = {
    **dict.fromkeys(("break", "pause", "recover", "recovery"), "rest"),
    **dict.fromkeys(("move", "name"), "exercise"),
    **dict.fromkeys(("circuit", "loop"), "repeat"),
    **dict.fromkeys(("part", "section"), "block"),
    **dict.fromkeys(("speak", "text"), "say"),
}
"""Other words for a kind, as they are written in its place."""

_GLUED = re.compile(r"(\w+):\S")
_BEFORE_GLUED = re.compile(rf" (?=(?:{'|'.join(sorted(KNOWN_KEYS))}):\S)")

_OPTIONS = ("rest", "say")
"""Kind keys that are options beside any other; the first is a kind beside the second."""


def read_steps(
    parent: Keys, path: str, checker: Page, *, own_pace: bool = False, in_amrap: bool = False
) -> tuple[Step, ...]:
    """The sound steps of `steps`, which has to be there and hold one at least.

    Args:
        parent: the header, or a step that holds steps.
        path: of the parent.
        checker: reads mappings, takes the faults, and opens what is included.
        own_pace: whether the defaults around it say `pace: own`.
        in_amrap: whether they say what a round of an `amrap` is.
    """
    read_step = partial(_read_step, checker=checker, own_pace=own_pace, in_amrap=in_amrap)
    node = parent.values.get("steps")
    inner = join(path, "steps")
    if node is None:
        hint = "write `steps:`, and below it a list of steps that begin with `- `"
        checker.tell(path, "`steps` is missing", hint)
        return ()
    if isinstance(node, Scalar):
        found = "nothing is written after `steps:`" if node.is_null else None
        found = found or f"expected a list of steps (got {quoted(node.text)})"
        checker.tell(inner, found, "begin each step with `- `")
        return ()
    if isinstance(node, Keys):
        hint = "begin each step with a dash: `- exercise: plank`"
        checker.tell(inner, "expected a list of steps (got keys and values)", hint)
        step = read_step(node, inner) if len(node.values) else None
        return (step,) if step else ()
    if not node.items:
        checker.tell(
            inner, "there are no steps in this list", "write one, such as `- exercise: plank`"
        )
    found_steps = (read_step(item, join(inner, number)) for number, item in enumerate(node.items))
    return tuple(step for step in found_steps if step is not None)


def _read_step(
    node: Node, path: str, checker: Page, *, own_pace: bool, in_amrap: bool
) -> Step | None:
    if not isinstance(node, Keys):
        for message, hint, word in _not_a_step(node):
            checker.tell(path, message, hint, word=word)
        return None
    told = checker.told
    kind, node = _kind(node, path, checker)
    if in_amrap and kind is not None:
        _check_round(kind, node, path, checker)
    shape = STEPS.get(kind or "")
    values = checker.values(shape, node, path) if shape else None
    if kind == "exercise":
        check_exercise(node, path, checker, own_pace=own_pace, in_amrap=in_amrap)
    if kind == "block" and isinstance(defaults := node.values.get("defaults"), Keys):
        own_pace = check_defaults(defaults, join(path, "defaults"), checker, own_pace=own_pace)
    is_sound = values is not None and checker.told == told
    if kind in WITH_STEPS or (shape is None and "steps" in node.values):
        inside = in_amrap or kind == "amrap"
        steps = read_steps(node, path, checker, own_pace=own_pace, in_amrap=inside)
        if not steps or (in_amrap and not is_sound):
            return None
        if kind is None or values is None or not is_sound:
            # One round of its steps stands for it, so that faults inside are still found.
            kind, values = ("amrap", {"amrap": 1}) if inside else ("repeat", {"repeat": 1})
        values["steps"] = steps
    elif kind is None or values is None or not is_sound:
        return None if in_amrap else _sounds(node, path, checker)
    return _build(kind, values, path, checker, own_pace=own_pace)


def _sounds(node: Keys, path: str, checker: Page) -> Step | None:
    """What a faulty step sounds with stands for it, so that a sound there is none of is found."""
    cues = node.values.get("cues")
    inside = enumerate(cues.items) if isinstance(cues, Items) else ()
    places = [(path, node), *((join(path, "cues", n), cue) for n, cue in inside)]
    built = [
        _build("sound", {"sound": name.text}, place, checker, own_pace=False)
        for place, each in places
        if isinstance(each, Keys)
        and isinstance(name := each.values.get("sound"), Scalar)
        and name.text.strip()
    ]
    steps = tuple(step for step in built if step is not None)
    return routine.Repeat(repeat=1, steps=steps, **checker.written_at(path)) if steps else None


def _check_round(kind: str, node: Keys, path: str, checker: Page) -> None:
    """Tell what no round of an `amrap` is made of."""
    if kind not in IN_AMRAP:
        hint = (
            "write its steps here"
            if kind in {*WITH_STEPS, "include"}
            else "put it before or after the `amrap`"
        )
        checker.tell(join(path, kind), f"`{kind}` has no place in an `amrap`", hint, key=True)
        return
    for key in node.values:
        if key in {"say", "cues"}:
            message = f"`{key}` has no place in an `amrap`: its steps are told, not timed"
            hint = "write words in a step of their own before the `amrap`: `- say: ...`"
            checker.tell(join(path, key), message, hint, key=True)


def _build(
    kind: str, values: dict[str, Any], path: str, checker: Page, *, own_pace: bool
) -> Step | None:
    if kind == "include":
        return _include(values, path, checker, own_pace=own_pace)
    if cues := values.get("cues"):
        values["cues"] = tuple(
            replace(_told(cue, checker), line=checker.line(join(path, "cues", number)))
            for number, cue in enumerate(cues)
        )
    step: Step = _told(_MODELS[kind](**values, **checker.written_at(path)), checker)
    return step


def _told(item: Any, checker: Page) -> Any:  # noqa: ANN401  a step or a cue, and the same again
    """It, with the files that it names told from the folder of the first script."""
    sound, said = getattr(item, "sound", None), getattr(item, "say", None)
    if sound is not None:
        item = replace(item, sound=checker.file(sound))
    if said is not None and said.file is not None:
        item = replace(item, say=replace(said, file=checker.file(said.file)))
    return item


def _include(values: dict[str, Any], path: str, checker: Page, *, own_pace: bool) -> Step | None:
    given: dict[str, str] = values.pop("with", {})
    inner = checker.include(values["include"], given, path)
    if inner is None:
        return None
    header, own_pace = inner.header(own_pace=own_pace)
    steps = read_steps(inner.root, "", inner, own_pace=own_pace)
    if not steps:
        return None
    return routine.Include(
        **values,
        with_=tuple(given.items()),
        origin=inner.place.origin,
        defaults=header.get("defaults"),
        steps=steps,
        **checker.written_at(path),
    )


def _kind(node: Keys, path: str, checker: Page) -> tuple[str | None, Keys]:
    """The kind of a step, and the step with its kind key as it was meant.

    None where it has none that can be read; that is told.
    """
    kinds = [key for key in node.values if key in KINDS and key not in _OPTIONS]
    if len(kinds) > 1:
        message = f"a step has one kind key (here are {' and '.join(map(quoted, kinds))})"
        checker.tell(join(path, kinds[1]), message, "begin a new step with `- `", key=True)
        return None, node
    kind = next((key for key in (*kinds, *_OPTIONS) if key in node.values), None)
    if kind is not None:
        return kind, node
    return _meant(node, path, checker)


def _meant(node: Keys, path: str, checker: Page) -> tuple[str | None, Keys]:
    """The kind that a step without one was meant to have, where a key is nearly its name."""
    for key in node.values:
        near = get_close_matches(key.lower(), KINDS, n=1) if key not in KNOWN_KEYS else []
        kind = _MEANT.get(key.lower()) or (near[0] if near else "")
        if kind in STEPS:
            checker.tell(
                join(path, key), f"unknown key {quoted(key)}", f"did you mean `{kind}`?", key=True
            )
            values = {kind if each == key else each: value for each, value in node.values.items()}
            return kind, Keys(values, {**node.key_at, kind: node.key_at[key]}, node.at)
    if list(node.values) == ["prepare"]:
        hint = "write it beside `exercise:`, or write a `rest`"
        checker.tell(path, "`prepare` is no step of its own", hint)
    else:
        message = f"a step needs one of {listed(KINDS)}"
        checker.tell(path, message, _as_exercise(node))
    return None, node


def _as_exercise(node: Keys) -> str:
    """How to write a step such as `walk: 2 minutes`."""
    general = "such as `exercise: plank` beside its other keys"
    if len(node.values) != 1:
        return general
    ((name, amount),) = node.values.items()
    if name not in KNOWN_KEYS and isinstance(amount, Scalar):
        if amount.text.strip().isdecimal():
            return f"write `- {{exercise: {name}, reps: {amount.text.strip()}}}`"
        with suppress(Refused):
            milliseconds(amount.text)
            return f"write `- {{exercise: {name}, duration: {amount.text.strip()}}}`"
    return general


def _not_a_step(node: Scalar | Items) -> list[tuple[str, str, str]]:
    """Messages and hints for what is in the place of a step, each with the words to point at."""
    if isinstance(node, Items):
        return [("expected a step (got a list)", "leave out one of the dashes", "")]
    if node.is_null:
        hint = "write a step, such as `- exercise: plank`"
        return [("nothing is written after the dash", hint, "")]
    text = " ".join(node.text.split())
    if (glued := _GLUED.match(text)) and glued[1] in KNOWN_KEYS:
        return list(_missing_spaces(text))
    kind, _, rest = text.partition(" ")
    counts = kind.lower() in {"repeat", "every", "amrap"}
    if kind.lower() in {*KINDS} - {"rest"} and rest and (rest[0].isdecimal() or not counts):
        hint = f"write {quoted(f'- {kind.lower()}: {rest}')}"
        return [(f"a colon is missing after {quoted(kind)}", hint, "")]
    return [(f"a step is a key and a value (got {quoted(text)})", _meant_by(text), "")]


def _missing_spaces(text: str) -> Iterator[tuple[str, str, str]]:
    """The same of `exercise:squat reps:8`, which were two lines."""
    dash = "- "
    for word in _BEFORE_GLUED.split(text):
        key, _, value = word.partition(":")
        yield (
            f"a space is missing after `{key}:`",
            f"write {quoted(f'{dash}{key}: {value}')}",
            word,
        )
        dash = ""


def _meant_by(text: str) -> str:
    """The hint for a text in the place of a step."""
    if match := re.fullmatch(
        r"(?:(?:rest|pause)\b:?\s*(.*)|(.*?)\s*(?:rest|pause))", text, re.IGNORECASE
    ):
        try:
            milliseconds(match[1] or match[2] or "")
        except Refused:
            return "write `- rest: 30s`"
        return f"write `- rest: {match[1] or match[2]}`"
    if len(text) > 40:  # noqa: PLR2004  fits a line
        return "write `- say: ...` before words to speak"
    return f"write `- exercise: {text}`, or `- say: {text}` for words to speak"
