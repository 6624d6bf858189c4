import pytest

from jingling.speech.acceptor import Acceptor
from jingling.speech.engines.decoding import FEW_ARCS, FEW_WAYS, ways_in
from jingling.speech.engines.mandarin import FINALS, INITIALS, WAYS_MAX, sounds, split, ways
from jingling.speech.engines.mandarin_reading import is_han, plain, readings, written

PHONES = set(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()  # noqa: SIM905
)


@pytest.mark.parametrize(
    ("syllable", "parts"),
    [
        ("deng", ("d", "eng")),
        ("zhuang", ("zh", "uang")),
        ("xue", ("x", "ve")),
        ("shi", ("sh", "ri")),
        ("ci", ("c", "zi")),
        ("ri", ("r", "ri")),
        ("lv", ("l", "v")),
        ("yi", ("", "i")),
        ("yuan", ("", "van")),
        ("you", ("", "iou")),
        ("wu", ("", "u")),
        ("wei", ("", "uei")),
        ("er", ("", "er")),
    ],
)
def test_a_syllable_is_taken_apart_as_it_sounds(syllable: str, parts: tuple[str, str]) -> None:
    assert split(syllable) == parts


def test_all_rows_are_of_phones_that_the_model_has() -> None:
    rows = [row for table in (INITIALS, FINALS) for unit in table.values() for row in unit]
    assert {phone for row in rows for phone in row.split()} <= PHONES


def test_the_likeliest_ways_come_first_and_are_few() -> None:
    found = ways("ma")
    assert found[0].startswith("M ")
    assert 1 < len(found) <= WAYS_MAX
    assert ways("hello") == []


def test_a_character_is_read_in_all_its_usual_ways() -> None:
    found = readings(["行", "灯", "绿", "x"])
    assert set(found["行"]) == {"xing", "hang"}
    assert found["灯"] == ("deng",)
    assert found["绿"][0] == "lv"
    assert "x" not in found


def test_a_character_sounds_in_the_ways_of_all_its_readings() -> None:
    found = sounds(["行", "灯"])
    assert {*ways("xing"), *ways("hang")} <= set(found["行"])
    assert list(found["灯"]) == ways("deng")


def test_the_likeliest_way_of_each_reading_comes_before_the_others() -> None:
    assert set(sounds(["行"])["行"][:2]) == {ways("xing")[0], ways("hang")[0]}


def test_a_large_grammar_has_few_ways_for_a_chinese_character() -> None:
    known = {"灯": 6, "lamp": 5, "一": 1}
    small = Acceptor([(0, 1, "灯"), (1, 2, "")], 2, 3)
    large = Acceptor([(0, 1, "灯")] * (FEW_ARCS + 1), 1, 2)
    assert ways_in(small, known) == known
    assert ways_in(large, known) == {"灯": FEW_WAYS, "lamp": 5, "一": 1}


def test_er_may_be_only_the_end_of_the_syllable_before() -> None:
    assert "R" in sounds(["儿"])["儿"]


def test_what_is_not_chinese_has_no_sounds_here() -> None:
    assert sounds(["lamp"]) == {"lamp": ()}
    assert not is_han("打开lamp")
    assert is_han("打开")


def test_tones_are_left_out() -> None:
    assert plain("lǜ") == "lv"
    assert plain("zhuāng") == "zhuang"


def test_chinese_is_written_without_spaces() -> None:
    assert written("打 开 bedroom light 的 灯") == "打开 bedroom light 的灯"
