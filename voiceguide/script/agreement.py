"""Keys of one exercise that must agree with each other, whatever their values."""

from __future__ import annotations

from voiceguide.script.amounts import MAX_SETS
from voiceguide.script.faults import Refused
from voiceguide.script.nodes import Items, Keys, Scalar, join
from voiceguide.script.scalars import whole
from voiceguide.script.validate import Checker

_AMOUNTS = ("duration", "reps", "hold")
_BY_SET = ("duration", "reps", "hold", "target")
"""Keys whose list has one value for each set."""


def check_exercise(
    node: Keys, path: str, checker: Checker, *, own_pace: bool, in_amrap: bool = False
) -> None:
    """Tell what contradicts what.

    Args:
        node: the step as written.
        path: of the step.
        checker: takes the faults.
        own_pace: whether the defaults around it say `pace: own`.
        in_amrap: whether it is told and not timed, so that a distance alone will do.
    """
    written = node.values
    _check_amount(node, path, checker)
    own_pace = _check_pace(node, path, checker, own_pace=own_pace, in_amrap=in_amrap)
    own_pace = own_pace or in_amrap
    if "distance" in written and "duration" not in written and not own_pace:
        hint = "write `duration: 5m`, or `pace: own` with an `estimate`"
        checker.tell(
            join(path, "distance"), "a distance needs `duration`, or `pace: own`", hint, key=True
        )
    if "release" in written and "hold" not in written and _has(node, "duration", "reps"):
        message = "`release` lies between holds, and there is no `hold`"
        checker.tell(join(path, "release"), message, "write `hold: 10s`, or leave it out", key=True)
    if "unit" in written and "reps" not in written and _has(node, "duration", "hold"):
        message = "`unit` names the reps, and there are no `reps`"
        checker.tell(join(path, "unit"), message, "write `reps: 10`, or leave it out", key=True)
    _check_lists(node, path, checker)


def check_defaults(node: Keys, path: str, checker: Checker, *, own_pace: bool = False) -> bool:
    """Whether exercises below these `defaults` go at the listener's pace, unless they say other.

    Args:
        node: the `defaults` as written.
        path: of the `defaults`.
        checker: takes the faults.
        own_pace: what the defaults further out say.
    """
    return _check_one_pace(node, path, checker, own_pace=own_pace)


def _check_amount(node: Keys, path: str, checker: Checker) -> None:
    """`reps` may go with `hold`; nothing may go with `duration`."""
    both = [key for key in node.values if key in _AMOUNTS]
    if "duration" in both and len(both) > 1:
        message = f"`{both[1]}` beside `{both[0]}`: an exercise has one amount"
        hint = "keep one of `duration`, `reps`, `hold` (`reps` and `hold` go together)"
        checker.tell(join(path, both[1]), message, hint, key=True)


def _check_pace(node: Keys, path: str, checker: Checker, *, own_pace: bool, in_amrap: bool) -> bool:
    """Whether the step goes at the listener's pace."""
    own_pace = _check_one_pace(node, path, checker, own_pace=own_pace)
    written = node.values
    says_own = own_pace and "pace" in written
    timed_by_hold = [key for key in ("pace", "tempo") if key in written and "hold" in written]
    if timed_by_hold:
        message = f"`{timed_by_hold[0]}` and `hold` both time the reps"
        hint = "keep one; `release` is the time between holds"
        checker.tell(join(path, timed_by_hold[0]), message, hint, key=True)
    elif says_own and "duration" in written:
        message = "`pace: own` leaves the length to the listener, and `duration` fixes it"
        hint = "write `estimate` in place of `duration`"
        checker.tell(join(path, "pace"), message, hint, key=True)
    elif says_own and "distance" in written and not (in_amrap or _has(node, "estimate", "reps")):
        message = "`pace: own` needs `estimate` or `reps`"
        checker.tell(join(path, "pace"), message, "write `estimate: 5m`", key=True)
    return own_pace


def _check_one_pace(node: Keys, path: str, checker: Checker, *, own_pace: bool) -> bool:
    written = node.values
    if "pace" in written and "tempo" in written:
        later = max("pace", "tempo", key=list(written).index)
        message = "`pace` and `tempo` say the same thing: how long a rep lasts"
        checker.tell(join(path, later), message, "keep one of them", key=True)
    if "pace" in written:
        pace = written["pace"]
        return isinstance(pace, Scalar) and pace.text == "own"
    return own_pace and "tempo" not in written


def _check_lists(node: Keys, path: str, checker: Checker) -> None:
    """Lists have one value for each set; `rest` may have one less."""
    lists = {
        key: len(value.items)
        for key, value in node.values.items()
        if isinstance(value, Items) and value.items
    }
    n_sets, source = _n_sets(node), "`sets`"
    for key in _BY_SET:
        if key not in lists:
            continue
        if n_sets is None:
            n_sets, source = lists[key], f"`{key}`"
        elif lists[key] != n_sets:
            message = f"{source} says {n_sets} sets, `{key}` has {_values(lists[key])}"
            checker.tell(join(path, key), message, "write one value for each set")
    if n_sets is not None and "rest" in lists and lists["rest"] not in {n_sets, n_sets - 1}:
        message = f"{source} says {n_sets} sets, `rest` has {_values(lists['rest'])}"
        checker.tell(join(path, "rest"), message, f"write {n_sets - 1} or {n_sets} values")


def _n_sets(node: Keys) -> int | None:
    """The number of sets that is written, where it is a number."""
    try:
        return whole(1, MAX_SETS)(node.values.get("sets"))
    except Refused:
        return None


def _has(node: Keys, *keys: str) -> bool:
    return any(key in node.values for key in keys)


def _values(number: int) -> str:
    return f"{number} value{'' if number == 1 else 's'}"
