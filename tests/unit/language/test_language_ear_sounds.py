"""What sounds alike is near, in both languages."""

import pytest

from jingling.language.ear.sounds import keys, readings, skeleton, unlike_chars, unlike_words


def test_a_wrong_tone_counts_less_than_a_usual_confusion_and_that_less_than_another_sound() -> None:
    same, tone = unlike_chars("他", "她"), unlike_chars("妈", "马")
    usual, other = unlike_chars("四", "十"), unlike_chars("灯", "山")
    assert 0 < same <= tone < usual < 0.3
    assert other > 0.8
    assert unlike_chars("灯", "灯") == 0


@pytest.mark.parametrize("pair", ["南蓝", "张脏", "吃次", "是四", "金京", "真争", "山商", "飞黑", "热乐"])
def test_what_regions_confuse_is_near_and_has_the_same_key(pair: str) -> None:
    assert unlike_chars(*pair) < 0.3
    assert keys(pair[0])[0] in keys(pair[1])


def test_a_character_with_two_readings_is_near_to_both() -> None:
    assert len(readings("乐")) > 1
    assert unlike_chars("月", "乐") < 0.3
    assert unlike_chars("勒", "乐") < 0.35
    assert readings("A") == ()
    assert keys("A灯") == []


def test_a_reading_that_is_seldom_heard_counts_for_less() -> None:
    assert unlike_chars("乐", "月") > unlike_chars("月", "乐")


def test_english_words_are_near_by_letters_and_by_consonants() -> None:
    assert unlike_words("kichen", "kitchen") < 0.2
    assert unlike_words("sealing", "ceiling") < 0.2
    assert unlike_words("lamps", "lamp") < 0.1
    assert unlike_words("right", "light") < unlike_words("fight", "light")
    assert unlike_words("garage", "garden") > 0.35
    assert unlike_words("oven", "oven") == 0


def test_voiced_and_voiceless_consonants_and_all_vowels_have_one_skeleton() -> None:
    assert skeleton("bad") == skeleton("pet")
    assert skeleton("eight")[0] == skeleton("ate")[0]
