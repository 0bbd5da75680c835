"""What the source articles ask for, row by row, and the tests that see to it.

The rows are those of the project's content sheet: G, checks of any session; E, exercises; R,
routines and ways to use them; S, safety and claims. A test is named `file::test`, its file below
`tests/`; `-` is a row that is met elsewhere, and says where.

| row | what | tests |
| --- | --- | --- |
| G1 | length of the file | test_finished_file::test_it_lasts_exactly_as_long_as_the_script_says, verify/test_formats::test_every_script_that_ships_passes |
| G2 | no collisions | test_sessions::test_it_is_planned_as_the_contract_says |
| G3 | told before it starts | test_sessions::test_what_comes_is_told_before_it_starts |
| G4 | sides | test_sessions::test_left_and_right_get_the_same_one_after_the_other |
| G5 | reps | library/test_on_timelines::test_markers_are_evenly_spaced_by_the_tempo, test_sessions::test_it_is_planned_as_the_contract_says |
| G6 | rests | library/test_on_timelines::test_one_number_changes_only_what_it_is_of, test_sessions::test_it_is_planned_as_the_contract_says |
| G7 | clean clips | voice/test_clips::test_the_last_twenty_milliseconds_are_silent, voice/test_clips::test_no_sample_is_clipped_by_a_gain_beyond_reason, test_finished_file::test_its_loudness_and_peak_are_those_of_a_mono_programme |
| G8 | loudness | test_finished_file::test_its_loudness_and_peak_are_those_of_a_mono_programme |
| G9 | signals | test_finished_file::test_every_tone_begins_within_5_ms_of_its_time, test_finished_file::test_tones_are_told_apart_by_their_spectrum |
| G10 | words in their segment | library/test_seeds::test_progressions_are_in_order_with_their_own_words_and_equipment |
| G11 | words without a picture | test_content::test_no_shipped_word_is_one_of_those_we_never_say, test_transcripts::test_a_session_reads_as_it_did |
| G12 | repeatable | test_sessions::test_the_same_script_gives_the_same_timeline, test_finished_file::test_the_same_script_gives_the_same_samples |
| E01 | hip thrust | library/test_on_timelines::test_sets_markers_and_sides_are_those_of_the_article, library/test_on_timelines::test_squeeze_is_told_of_the_hip_thrust_and_not_on_every_rep |
| E01a | banded | library/test_on_timelines::test_what_a_progression_needs_is_listed_and_told_before_the_first_set |
| E01b | single leg | library/test_on_timelines::test_a_single_leg_thrust_doubles_the_markers |
| E02 | hip bridge is hip thrust | library/test_seeds::test_the_other_moves_of_the_articles_are_there, cli/test_routines::test_show_an_exercise_by_any_of_its_names |
| E03 | fire hydrant | library/test_on_timelines::test_sets_markers_and_sides_are_those_of_the_article |
| E04 | Bulgarian split squat | library/test_on_timelines::test_the_set_up_is_heard_before_the_first_set_and_not_again |
| E04a | weights only where chosen | library/test_on_timelines::test_without_a_progression_no_weights_are_spoken_of |
| E05 | split squat is another | library/test_library::test_split_squat_and_bulgarian_split_squat_are_two_moves |
| E06 | clam shell | library/test_on_timelines::test_the_side_to_lie_on_is_told_before_each_side_works, library/test_on_timelines::test_there_is_time_to_roll_over_or_to_move_the_band |
| E06a | banded | library/test_on_timelines::test_what_a_progression_needs_is_listed_and_told_before_the_first_set |
| E07 | donkey kick, right first | library/test_on_timelines::test_sets_markers_and_sides_are_those_of_the_article |
| E07a | the band changes feet | library/test_on_timelines::test_the_band_moves_to_the_other_foot_in_the_words_of_the_second_side |
| E08 | Romanian deadlift | library/test_on_timelines::test_where_both_sides_work_together_no_side_is_told, library/test_on_timelines::test_the_straight_back_is_heard_before_the_first_rep_of_a_hinge |
| E08a | start light | test_safety::test_start_light_is_heard_before_the_first_weighted_set |
| E09 | deadlift after the hinge | test_safety::test_before_a_loaded_hinge_the_hinge_is_practised_or_its_line_is_heard |
| E10 | lateral lunge | library/test_on_timelines::test_sets_markers_and_sides_are_those_of_the_article |
| E10a | band or ankle weights | library/test_on_timelines::test_what_a_progression_needs_is_listed_and_told_before_the_first_set |
| E11 | side leg lift | library/test_on_timelines::test_the_side_to_lie_on_is_told_before_each_side_works |
| E11a | its progressions | library/test_seeds::test_progressions_are_in_order_with_their_own_words_and_equipment |
| E12 | crab walk | library/test_on_timelines::test_crab_walks_have_their_steps_both_ways_and_tell_the_range |
| E13 | standing practice | test_sessions::test_standing_practice_is_one_move_with_three_points_of_form |
| E14 | hip hinge | library/test_on_timelines::test_the_straight_back_is_heard_before_the_first_rep_of_a_hinge |
| E15 | squat and lunge | library/test_seeds::test_the_other_moves_of_the_articles_are_there |
| E16 | three sets of ten | library/test_seeds::test_the_nine_moves_have_the_figures_of_the_article |
| E17 | defaults are filled in | library/test_on_timelines::test_one_number_changes_only_what_it_is_of |
| E18 | entries stand on words | library/test_entries::test_the_words_stand_without_a_picture |
| E19 | squeeze and slow return | library/test_on_timelines::test_squeeze_is_told_of_the_hip_thrust_and_not_on_every_rep, library/test_entries::test_lowering_takes_at_least_two_seconds |
| E20 | equipment | library/test_on_timelines::test_what_a_routine_needs_is_the_sum_of_what_its_moves_need, library/test_seeds::test_without_weights_and_bands_these_of_the_nine_remain |
| R01 | upper glutes in ten minutes | test_sessions::test_upper_glutes_is_three_or_four_of_the_nine, test_sessions::test_it_lasts_as_long_as_its_name_says |
| R02 | lower body in thirty | test_sessions::test_lower_body_is_some_of_the_nine_and_others, test_fit::test_the_length_is_exact_and_work_is_as_it_was |
| R03 | a subset | library/test_on_timelines::test_only_the_moves_that_are_written_appear |
| R04 | two days a week | - programmes |
| R05 | not on two days in a row | - programmes |
| R06 | short sessions | library/test_on_timelines::test_five_seconds_are_a_session |
| R07 | commercial break | test_sessions::test_a_commercial_break_begins_at_once_with_one_move_and_ends_in_time |
| R08 | activate, use, work | test_sessions::test_activate_use_work_come_in_this_order_each_announced_once |
| R09 | snacks over the day | test_sessions::test_snacks_are_short, test_sessions::test_a_day_of_snacks_has_each_at_its_time_and_silence_between |
| R10 | two to five sessions a week | - programmes |
| R11 | everyday bending | test_sessions::test_bending_is_practised_as_in_everyday_life |
| R12 | stand up | test_sessions::test_snacks_are_short |
| R13 | posterior chain | library/test_seeds::test_the_back_of_the_body_is_found_by_its_four_areas |
| R14 | variety of wording | test_sessions::test_no_praise_comes_again_within_five_and_nothing_is_said_twice_in_a_row |
| R15 | a run warm-up wakes the glutes | test_sessions::test_a_run_warm_up_is_done_standing_and_wakes_the_glutes |
| R16 | band, beginner, run-walk | test_sessions::test_there_is_one_for_a_band_one_for_beginners_and_one_to_begin_running |
| R17 | sides are mirrored in words | library/test_on_timelines::test_the_words_of_the_second_side_have_left_and_right_changed |
| R18 | a range of reps | test_sessions::test_steps_of_a_range_are_told_as_a_range_and_timed_by_its_lower_end |
| R19 | levels are chosen | test_sessions::test_the_level_is_told_and_never_changes_by_itself, test_safety::test_no_load_goes_up_by_itself |
| S01 | the line of a deadlift | test_safety::test_the_line_of_a_deadlift_is_heard_once_before_its_first_rep |
| S02 | stop if it hurts | test_sessions::test_pain_stop_and_whom_to_ask_are_heard_in_the_first_30_s |
| S03 | ask a professional | test_safety::test_the_notes_of_a_file_and_the_readme_say_whom_to_ask |
| S04 | as deep as form allows | library/test_entries::test_depth_ends_where_form_does |
| S05 | the back stays straight in short | library/test_entries::test_the_straight_back_is_never_dropped_from_a_hinge |
| S06 | knee over the toes | library/test_entries::test_the_knee_stays_over_the_toes_in_split_squats_and_lunges |
| S07 | start light | test_safety::test_start_light_is_heard_before_the_first_weighted_set |
| S08 | rest days | - programmes |
| S09 | no diet advice | test_content::test_no_shipped_word_is_one_of_those_we_never_say |
| S10 | no medical promise | test_content::test_no_shipped_word_is_one_of_those_we_never_say |
| S11 | no body talk | test_content::test_no_shipped_word_is_one_of_those_we_never_say |
"""  # noqa: E501 - a table

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
_ROW = re.compile(r"^\| ([GERS]\d+[ab]?) \| .+ \| (.+) \|$", re.MULTILINE)
ROWS: dict[str, str] = dict(_ROW.findall(__doc__ or ""))


def test_no_row_is_missing() -> None:
    wanted = [("G", 12), ("E", 20), ("R", 19), ("S", 11)]
    numbered = {
        f"{letter}{n}" if letter == "G" else f"{letter}{n:02}"
        for letter, last in wanted
        for n in range(1, last + 1)
    }
    further = {"E01a", "E01b", "E04a", "E06a", "E07a", "E08a", "E10a", "E11a"}
    assert ROWS.keys() == numbered | further


@pytest.mark.parametrize("row", ROWS)
def test_the_tests_of_a_row_are_there(row: str) -> None:
    if ROWS[row].startswith("- "):
        return
    for named in ROWS[row].split(", "):
        file, test = named.split("::")
        assert f"def {test}(" in (TESTS / f"{file}.py").read_text("utf-8"), named
