"""Scripts that nobody would write, all of them valid: Hypothesis strategies."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Step = dict[str, Any]
Steps = st.SearchStrategy[Step]

names = st.sampled_from(
    ["hop", "reach long", "Käfer & Co.", "a walk along the wall and back", "plank", "fire hydrant",
     "deadlift", "crab walk", "hip thrust"]
)  # fmt: skip
words = st.sampled_from(
    ["Go on.", "Keep your shoulders low.", "Round {round} of {rounds}.", "Ünd?"]
)
_long_words = st.just(
    "Put one hand on the wall, step back until your arm is long, turn your chest away, and let the"
    " shoulder sink. Keep breathing."
)
_voices = st.sampled_from([{"rate": 80}, {"rate": 120}, {"rate": 300}])
_seconds = st.sampled_from(["0.5s", "1", "3s", "5s", "7.3s", "10s", "12s", "20s", "30s"])
_gaps = st.one_of(st.just("0"), _seconds, st.just("11.7s"))
_long = st.sampled_from(["29.9s", "0:45", "1m", "1:30"])
_tempos = st.sampled_from(["2-0-1-0", "3-1-X-0", "1-1-1-1"])
_sides = st.sampled_from(["none", "left-right", "right-left", "each", "left", "right", "alternate"])
_orders = st.sampled_from(["per-set", "per-side"])


def _options(**known: st.SearchStrategy[Any]) -> Steps:
    return st.fixed_dictionaries({}, optional=known)


coaches = _options(
    talk=st.sampled_from(["full", "short", "names", "beeps"]),
    countdown=st.integers(0, 10),
    countdown_voice=st.booleans(),
    starts=st.booleans(),
    count_reps=st.sampled_from(["all", "none", "last-1", "last-3", "last-8"]),
    halfway=st.booleans(),
    tips=st.booleans(),
    praise=st.booleans(),
    remaining=st.sampled_from([[], ["10s"], ["30s", "10s"], ["1m", "15s"]]),
    wake=st.sampled_from([True, False, "0.3s", "2s"]),
    earcon=st.booleans(),
)
_defaults = _options(
    rest=_gaps, switch=_gaps, release=_gaps, pace=st.sampled_from(["1.5s", "4s"]),
    sets=st.integers(1, 2), sides=_sides, order=_orders, prepare=_gaps,
)  # fmt: skip


def _a_set(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Lists of one value a set, as long as `sets`, or one value for all."""
    lists = st.integers(1, 3).flatmap(
        lambda sets: st.fixed_dictionaries(
            {"amount": st.lists(values, min_size=sets, max_size=sets)},
            optional={"rest": st.lists(_gaps, min_size=sets, max_size=sets)},
        )
    )
    return st.one_of(st.fixed_dictionaries({"amount": values}), lists)


def _work(key: str, values: st.SearchStrategy[Any], **more: st.SearchStrategy[Any]) -> Steps:
    how = _options(
        sides=_sides, switch=_gaps, order=_orders, prepare=st.one_of(_gaps, st.just("auto")),
        say=st.one_of(words, _long_words), rest_label=st.just("walk"), **more,
    )  # fmt: skip
    return st.builds(
        lambda name, amount, options: {
            "exercise": name,
            key: amount["amount"],
            **{k: v for k, v in amount.items() if k != "amount"},
            **options,
        },
        names,
        _a_set(values),
        how,
    )


_reps = _work(
    "reps",
    st.one_of(st.integers(1, 12), st.sampled_from(["3-5", "8-10"])),
    pace=st.sampled_from(["0.5s", "2s", "own", "0.333s"]),
    target=st.just("20 kg"), unit=st.just("steps"),
)  # fmt: skip
_tempo = _work("reps", st.integers(1, 12), tempo=_tempos)
_holds = _work("hold", _seconds, reps=st.integers(1, 5), release=_gaps)
_timed = _work("duration", st.one_of(_seconds, _long))
_cued = st.builds(
    lambda name, amount, at, what: {
        "exercise": name,
        **amount,
        "cues": [{"at": moment, **heard} for moment, heard in zip(at, what, strict=False)],
    },
    names,
    st.sampled_from([{"duration": "45s"}, {"reps": 20}, {"hold": "5s", "reps": 6}]),
    st.lists(
        st.sampled_from(["0.5s", "20s", "half", "-10s", "-3s", "-2.45s", "-0.6s"]),
        min_size=1,
        unique=True,
    ),
    st.lists(
        st.one_of(
            words.map(lambda say: {"say": say}),
            words.map(lambda say: {"say": say, "sound": "clap"}),
            st.just({"sound": "clap"}),
        ),
        min_size=7,
        max_size=7,
    ),
)
_numbered = st.builds(
    lambda name, amount, sets: {"exercise": name, **amount, **sets},
    names,
    st.sampled_from([{"reps": "{round}"}, {"duration": ["{rounds}", "12s"]}, {"hold": "{round}"}]),
    _options(target=st.just(["20 kg", "25 kg"]), sides=_sides),
)
_far = st.builds(
    lambda name, how, more: {"exercise": name, "distance": "800 m", **how, **more},
    names,
    st.sampled_from([{"duration": "25s"}, {"pace": "own", "estimate": "1m"},
                     {"pace": "own", "reps": 5}]),
    _options(sides=_sides, target=st.just("4:22 per km"), sets=st.integers(1, 2)),
)  # fmt: skip
_of_library = st.builds(
    lambda name, more: {"exercise": name, **more},
    st.sampled_from(["plank", "fire hydrant", "deadlift", "crab walk", "hip thrust", "squat"]),
    _options(
        level=st.sampled_from([1, 2, 3]), sides=_sides, order=_orders, rest=_gaps, switch=_gaps,
        sets=st.integers(1, 3), target=st.just("20 kg"), prepare=st.just("auto"),
        pace=st.sampled_from(["1.5s", "own"]),
    ),
)  # fmt: skip
exercises = st.one_of(_reps, _tempo, _holds, _timed, _cued, _numbered, _far, _of_library)
_short = st.builds(
    lambda name, amount: {"exercise": name, **amount, "sets": 1, "sides": "none"},
    names,
    st.sampled_from([{"duration": "10s"}, {"reps": 4}, {"hold": "3s", "reps": 2}]),
)
_told = st.one_of(
    st.builds(
        lambda name, amount, more: {"exercise": name, **amount, **more},
        names,
        st.sampled_from(
            [{"reps": 10}, {"reps": "6-8", "tempo": "2-0-1-0"}, {"duration": "1:30"},
             {"hold": "5s", "reps": 3}, {"hold": "7.3s"}, {"distance": "200 m"},
             {"reps": [5, 10], "target": ["20 kg", "25 kg"]}, {"duration": ["20s", "40s"]}]
        ),
        _options(sides=_sides),
    ),
    st.sampled_from(
        [{"exercise": "deadlift"}, {"exercise": "hip thrust", "sets": 2}, {"rest": "30s"},
         {"rest": "20s", "label": "walk"}, {"exercise": "hop", "reps": 4, "sets": 3}]
    ),
)  # fmt: skip
_amraps = st.builds(
    lambda length, steps, more: {"amrap": length, "steps": steps, **more},
    st.one_of(_seconds, _long),
    st.lists(_told, min_size=1, max_size=4),
    _options(prepare=st.one_of(_gaps, st.just("auto"))),
)
_pauses = st.one_of(
    st.builds(lambda rest: {"rest": rest}, _gaps),
    st.builds(lambda rest, label: {"rest": rest, "label": label}, _seconds, names),
    st.builds(lambda say: {"rest": "20s", "say": say}, words),
)
_talks = st.one_of(
    st.builds(lambda say: {"say": say}, words),
    st.builds(lambda say: {"say": say, "within": "15s"}, words),
    st.builds(lambda say: {"wait": say, "estimate": "14s"}, words),
    st.sampled_from([{"sound": "bell"}, {"sound": "clap"}]),
)
_short_amrap = _amraps.map(lambda amrap: {**amrap, "amrap": "10s", "prepare": "0"})
_slots = st.builds(
    lambda steps, rounds: {"every": "3m", "rounds": rounds, "steps": steps},
    st.lists(st.one_of(_short, _talks, _short_amrap), min_size=1, max_size=3),
    st.integers(1, 2),
)
_leaves = st.one_of(exercises, exercises, _pauses, _talks, _slots, _amraps)


def _nests(inner: Steps) -> Steps:
    steps = st.lists(inner, min_size=1, max_size=3)
    rounds = st.fixed_dictionaries(
        {"repeat": st.integers(1, 3), "steps": steps},
        optional={"rest": _gaps, "rest_label": st.just("jog")},
    )
    blocks = st.fixed_dictionaries(
        {"block": st.sampled_from(["Warm up", "Main", "Élan"]), "steps": steps},
        optional={"coach": coaches, "defaults": _defaults},
    )
    return st.one_of(rounds, blocks)


def scripts() -> Steps:
    """Whole scripts, as plain values."""
    steps = st.lists(st.recursive(_leaves, _nests, max_leaves=4), min_size=1, max_size=5)
    return st.fixed_dictionaries(
        {"voiceguide": st.just(1), "title": st.just("Invented"), "steps": steps},
        optional={"coach": coaches, "defaults": _defaults, "voice": _voices},
    )


def taken_apart(script: Step) -> tuple[Step, dict[str, Step]]:
    """The same session as a script with variables, and the files that it includes.

    Every value is a variable; every other step of the top level stands in a file of its own, whose
    values it gets by `with`.
    """
    files: dict[str, Step] = {}
    values: dict[str, Any] = {}
    steps = []
    for number, step in enumerate(script["steps"]):
        if number % 2:
            steps.append(_by_name(step, values))
            continue
        own: dict[str, Any] = {}
        part = {"voiceguide": 1, "title": "Part", "steps": [_by_name(step, own)]}
        files[f"part{number}.yaml"] = part
        given = {name: _by_name(value, values) for name, value in own.items()}
        steps.append({"include": f"part{number}.yaml", "with": given})
    body = {key: _by_name(value, values) for key, value in script.items() if key not in _AS_IS}
    head = {key: value for key, value in script.items() if key in _AS_IS}
    return {**head, "variables": values, **body, "steps": steps}, files


_AS_IS = frozenset({"voiceguide", "steps"})


def _by_name(node: Any, values: dict[str, Any]) -> Any:
    """A value of which every scalar is a name that stands for it."""
    if isinstance(node, dict):
        return {key: _by_name(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [_by_name(item, values) for item in node]
    name = f"v{len(values)}"
    values[name] = node
    return f"{{{name}}}"
