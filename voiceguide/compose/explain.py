"""The reasons for a session: why each move is there, and in this place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voiceguide.compose.session import Block, Composed, Reason, Slot, Why
from voiceguide.model.exercise import Move

_HARD = 3


def explained(session: Composed) -> Composed:
    """The session with its reasons."""
    first, *work, last = session.blocks
    warm_up = tuple(_with(slot, _of_warm_up(slot, session)) for slot in first.slots)
    before: Slot | None = None
    told: list[Block] = []
    for block in work:
        slots: list[Slot] = []
        for slot in block.slots:
            slots.append(_with(slot, _of_work(slot, before, session)))
            before = slot
        told.append(replace(block, slots=tuple(slots)))
    *stretches, filler = last.slots
    cool_down = (*(_with(s, _of_stretch(s)) for s in stretches), _with(filler, [Reason("fills")]))
    return replace(
        session,
        blocks=(replace(first, slots=warm_up), *told, replace(last, slots=cool_down)),
        reasons=tuple(_of_session(session)),
    )


def _with(slot: Slot, reasons: Iterator[Reason] | list[Reason]) -> Slot:
    return replace(slot, reasons=tuple(reasons))


def _of_session(session: Composed) -> Iterator[Reason]:
    zones = [block.name for block in session.blocks[1:-1]]
    if len(zones) > 1:
        yield Reason("once down" if zones[-1] == "floor" else "once up")
    else:
        yield Reason("one place")
    areas = tuple(dict.fromkeys(slot.choice.area for slot in session.work))
    yield Reason("areas in turn", areas) if len(areas) > 1 else Reason("one area", areas)
    if session.wishes.like:
        yield Reason("others", (session.wishes.like,))


def _of_warm_up(slot: Slot, session: Composed) -> Iterator[Reason]:
    move = slot.choice.move
    loaded = [other.choice.move.name for other in session.work if other.choice.loads_the_back]
    if slot.choice.id == "hip-hinge" and loaded:
        yield Reason("practises", (loaded[0],))
    elif "raise" in move.parts:
        yield Reason("raises")
    else:
        yield Reason("loosens", _muscles(move))


def _of_work(slot: Slot, before: Slot | None, session: Composed) -> Iterator[Reason]:
    choice = slot.choice
    yield Reason("works", (choice.area,))
    if not choice.is_free:
        at = before is not None and before.choice.rank == choice.rank
        why: Why = "begins" if before is None else "stays" if at else "moves"
        yield Reason(why, (choice.move.position,))
    efforts = {each.choice.effort for each in session.work}
    if slot.choice is session.work[-1].choice and choice.effort < max(efforts):
        yield Reason("easier")
    elif choice.effort == _HARD and len(efforts) > 1:
        yield Reason("hard")
    if choice.level < min(session.wishes.level, len(choice.move.levels)):
        yield Reason("lower level", (str(choice.level),))
    if slot.sets > 1 and slot.rest_ms > session.rest_ms:
        yield Reason("longer rest")
    if slot.sets < min(choice.move.sets, max(each.sets for each in session.work)):
        yield Reason("fewer sets")


def _of_stretch(slot: Slot) -> Iterator[Reason]:
    yield Reason("stretches", _muscles(slot.choice.move))


def _muscles(move: Move) -> tuple[str, ...]:
    """The areas of a move that are parts of the body."""
    return tuple(area for area in move.areas if area not in {"mobility", "run drill"})
