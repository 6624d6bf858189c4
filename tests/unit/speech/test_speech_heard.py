import pytest

from jingling.core.turn import Language
from jingling.speech.heard import UNSURE, language_of, utterance

BOTH: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize(
    ("text", "tag", "said", "language"),
    [
        ("TURN ON THE LAMP", "", "turn on the lamp", "en"),
        ("Turn on the TV.", "", "Turn on the TV", "en"),
        ("I", "", "I", "en"),
        ("打 开 客厅 的灯。", "", "打开客厅的灯", "zh"),
        ("打开 KITCHEN 的灯", "", "打开 kitchen 的灯", "zh"),
        ("play 七里香 on the kitchen speaker", "", "play 七里香 on the kitchen speaker", "en"),
        ("<|zh|><|NEUTRAL|><|Speech|>开灯", "", "开灯", "zh"),
        ("20度", "", "20度", "zh"),
        ("20", "<|zh|>", "20", "zh"),
        ("20", "", "20", "en"),
        ("ok", "<|zh|>", "ok", "zh"),
        ("好 <unk>", "<|yue|>", "好", "zh"),
        ("hello", "<|ja|>", "hello", "en"),
        ("hello", "en-US", "hello", "en"),
    ],
)
def test_what_was_heard_is_tidied_and_its_language_known(text: str, tag: str, said: str, language: str) -> None:
    found = utterance(text, tag, BOTH)
    assert found is not None
    assert (found.text, found.language, found.confidence) == (said, language, UNSURE)


@pytest.mark.parametrize("text", ["", "  ", "。", "<|nospeech|>", "<unk> <unk>", "..."])
def test_no_words_are_nothing(text: str) -> None:
    assert utterance(text, "", BOTH) is None


def test_a_model_of_one_language_speaks_that() -> None:
    assert language_of("hello", "", ("zh",)) == "zh"
    assert language_of("你好", "<|zh|>", ("en",)) == "en"


def test_how_sure_it_is_stays_within_bounds() -> None:
    sure = [utterance("hello", "", BOTH, given) for given in (0.25, 1.2, -1)]
    assert [one.confidence for one in sure if one] == [0.25, 1.0, 0.0]
