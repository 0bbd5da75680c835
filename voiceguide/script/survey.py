"""What can be known of steps before they are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import (
    Amrap,
    Block,
    Every,
    Exercise,
    Include,
    Music,
    Repeat,
    Rest,
    Say,
    Step,
)
from voiceguide.script.nodes import Items, Keys, join
from voiceguide.script.scope import Scope


def first_prepares(steps: Iterable[Step], scope: Scope) -> bool | None:
    """Whether the first exercise below writes a `prepare` of its own; None where there is none."""
    for step in steps:
        match step:
            case Exercise() | Amrap():
                return scope.near(step, "prepare", None) is not None
            case Block() | Include():
                own = (step.defaults,) if step.defaults else ()
                found = first_prepares(step.steps, replace(scope, defaults=(*own, *scope.defaults)))
            case Repeat() | Every():
                found = first_prepares(step.steps, scope)
            case _:
                found = None
        if found is not None:
            return found
    return None


def phrases(steps: Iterable[Step]) -> Iterator[tuple[str, Phrase]]:
    """What the steps have said, each with the path of its key."""
    for step in steps:
        if isinstance(step, Exercise | Rest | Say) and step.say is not None:
            yield f"{step.path}.say", step.say
        if isinstance(step, Exercise):
            for number, cue in enumerate(step.cues):
                if cue.say is not None:
                    yield f"{step.path}.cues[{number}].say", cue.say
        if isinstance(step, Block | Repeat | Every | Include):
            yield from phrases(step.steps)


def music_names(music: Music, root: Keys | None, key: str) -> Iterator[tuple[str, str]]:
    """What a key of `music` names, each with its path in the tree of the script."""
    node, path = root and root.values.get("music"), "music"
    if isinstance(node, Keys):  # else it is `files` in short
        node, path = node.values.get(key), f"music.{key}"
    for place, name in enumerate(getattr(music, key) or ()):
        yield join(path, place) if isinstance(node, Items) else path, name


def least_segments(steps: Iterable[Step], scope: Scope) -> int:
    """A lower bound of the segments, by arithmetic alone; each step counts for one at least."""
    total = 0
    for step in steps:
        match step:
            case Repeat():
                rounds = scope.number(step.repeat)
                total += rounds * max(1, least_segments(step.steps, scope))
                total += rounds - 1 if step.rest else 0
            case Every():
                rounds = 1 if step.rounds is None else scope.number(step.rounds)
                total += rounds * max(1, least_segments(step.steps, scope))
            case Block() | Include():
                own = (step.defaults,) if step.defaults else ()
                inside = replace(scope, defaults=(*own, *scope.defaults))
                total += least_segments(step.steps, inside)
            case Exercise():
                total += _least_sets(step, scope)
            case Amrap():
                total += 1 + len(step.steps)
            case _:
                total += 1
    return total


def _least_sets(step: Exercise, scope: Scope) -> int:
    """The sets that the script writes; the library may add some."""
    for value in (step.duration, step.reps, step.hold, step.target):
        if isinstance(value, tuple):
            return len(value)
    written = (step.sets, *(defaults.sets for defaults in scope.defaults))
    return next((scope.number(sets) for sets in written if sets is not None), 1)
