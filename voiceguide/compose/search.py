"""Wishes -> a session: moves are drawn, put in order, and timed to the second.

No solver: a session is a dozen moves, and the cool-down takes what is left of the time. Moves are
drawn at random from a seed, again and again, until a few sets of them can be put in order and fill
the time; the best of these is the session.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise, product
from random import Random

from voiceguide.compose import around, times
from voiceguide.compose.choice import Pool, Zone, pool
from voiceguide.compose.draw import MIN_MOVES, Draw, blocks
from voiceguide.compose.explain import explained
from voiceguide.compose.order import changes, shared
from voiceguide.compose.session import Block, Composed, Slot, Texts
from voiceguide.compose.times import TellMs, Times
from voiceguide.compose.wishes import Impossible, PositionWish, Wishes
from voiceguide.library import Library

_DRAWS, _MORE_DRAWS = 4, 64
"""Tries for each number of sets, as many again that are less choosy where none of them does; and
more of both, which takes longer, before wishes are refused."""
_GOOD = 4
"""Sessions that are compared."""
_ZONES: dict[PositionWish, tuple[tuple[Zone, ...], ...]] = {
    "any": (("up", "floor"), ("floor", "up")),
    "standing-first": (("up", "floor"),),
    "floor-first": (("floor", "up"),),
    "standing": (("up",),),
    "floor": (("floor",),),
}
_SHORT_MINUTES, _LONG_MINUTES = 6, 20


def compose(
    wishes: Wishes,
    library: Library,
    shelf: Library,
    texts: Texts,
    told_ms: TellMs,
    *,
    quickly: bool = False,
) -> Composed:
    """A session of exactly the length wished for.

    Args:
        wishes: what it is to be like.
        library: the moves in English, as equipment is named.
        shelf: the moves in the words of the session.
        texts: what it says of its own.
        told_ms: how long words last.
        quickly: give wishes up early that may just be possible.

    Raises:
        Impossible: there is none.
    """
    moves, of_moves = pool(wishes, library, shelf), Times(told_ms)
    found: list[Composed] = []
    for n_draws in (_DRAWS,) if quickly else (_DRAWS, _MORE_DRAWS):
        found = found or list(islice(_sessions(wishes, moves, texts, of_moves, n_draws), _GOOD))
    if not found:
        raise Impossible
    return explained(min(found, key=_faults))


def _sessions(
    wishes: Wishes, moves: Pool, texts: Texts, of_moves: Times, n_draws: int
) -> Iterator[Composed]:
    """Sessions that keep all wishes, in the order in which they are found."""
    if {*wishes.areas} - {choice.area for choice in moves.work} or len(moves.work) < MIN_MOVES:
        return
    random = Random(wishes.seed)  # noqa: S311 - a session is no secret
    every = (*moves.work, *(choice for part in moves.by_part.values() for choice in part))
    ids = sorted({choice.id for choice in every})
    for zones, sets in product(_ZONES[wishes.position], _set_counts(wishes.minutes)):
        for choosy in (True, False):
            drawn = [{move_id: random.random() for move_id in ids} for _ in range(n_draws)]
            draws = [Draw(wishes, moves, of_moves, zones, sets, each, choosy) for each in drawn]
            tried = [_session(draw, texts) for draw in draws] if draws[0].may_fill() else []
            found = [session for session in tried if session is not None]
            yield from found
            if found:
                break


def _session(draw: Draw, texts: Texts) -> Composed | None:
    """The session of a draw; None where it has no order or does not fill the time."""
    wishes, told_ms = draw.wishes, draw.times.told_ms
    welcome_ms = times.welcome_ms(texts, wishes.equipment, told_ms)
    finish_ms = times.finish_ms(texts, told_ms)
    warm_up = around.warm_up(draw, times.warm_up_ms(wishes.length_ms))
    left_ms = wishes.length_ms - welcome_ms - finish_ms - sum(s.length_ms for s in warm_up)
    cool_down_ms = times.cool_down_ms(wishes.length_ms)
    used = {slot.choice.id for slot in warm_up}
    work = draw.work(left_ms - cool_down_ms.stop, left_ms - cool_down_ms.start, used)
    if not warm_up or work is None:
        return None
    left_ms -= sum(slot.length_ms for slot in work)
    cool_down = around.cool_down(draw, left_ms, work, used | {slot.choice.id for slot in work})
    if cool_down is None:
        return None
    return Composed(
        wishes=wishes,
        welcome_ms=welcome_ms,
        blocks=(
            Block("warm_up", _toward(work[0], warm_up)),
            *blocks(work),
            Block("cool_down", cool_down),
        ),
        finish_ms=finish_ms,
        rest_ms=times.rest_ms(),
    )


def _toward(first: Slot, warm_up: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """A warm-up on the floor so that it ends near where the work begins."""
    rank = first.choice.rank
    on_floor = [slot for slot in warm_up if slot.choice.zone == "floor"]
    return tuple(sorted(on_floor, key=lambda slot: -abs(slot.choice.rank - rank))) or warm_up


def _set_counts(minutes: int) -> tuple[int, ...]:
    """How many sets are tried, the usual number for a session of this length first."""
    if minutes <= _SHORT_MINUTES:
        return (1, 2, 3, 4)
    return (2, 1, 3, 4) if minutes < _LONG_MINUTES else (3, 2, 4)


def _faults(session: Composed) -> int:
    """What a coach would rather not have, the less the better.

    Changes of position, neighbours that ask the same of the body, few moves, no stretch, and a long
    wait at the end.
    """
    work = [slot.choice for slot in session.work]
    every = [slot.choice for slot in session.slots]
    missing = max(0, times.n_moves(session.wishes.length_ms) - len(work))
    *stretches, filler = session.blocks[-1].slots
    return (
        2 * changes(every)
        + sum(len(shared(one, other)) for one, other in pairwise(work))
        + 3 * missing
        + (0 if stretches else 3)
        + filler.work_ms // 20_000
    )
