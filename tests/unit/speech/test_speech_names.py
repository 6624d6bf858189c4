"""Names that come and go in the recogniser's worker, and what the decoder makes of them. The sound is made up."""

from msgspec.structs import replace
from pocketsphinx import Decoder

from jingling.core.grammar import Arc, Grammar, with_parts
from jingling.core.grammar import Part as NamePart
from jingling.language.grammar import compile_part
from jingling.speech.acceptor import Acceptor
from jingling.speech.engines.espeak import EspeakSynthesizer
from jingling.speech.engines.frames import Message
from jingling.speech.engines.fsg import fsg_of
from jingling.speech.engines.pocketsphinx_worker import Ears, answer
from jingling.speech.engines.sent_net import sent_net
from jingling.speech.resampling import resample

OLD, NEW = "radio in the living room", "zorbling radio in the bathroom"
ANSWER = "thirty five minutes and twenty seconds"
LAMPS = "\0en name 1"
SENTENCES = [Arc(0, 1, "turn"), Arc(1, 2, "on"), Arc(2, 3, "the"), Arc(3, 4, LAMPS), Arc(0, 4, "stop")]
FRAME = Grammar("en", tuple(SENTENCES), 0, 4, 5, "frame", frozenset({"turn", "on", "the", "stop"}))


def home(*lamps: str) -> Grammar:
    part: NamePart = compile_part(LAMPS, lamps, "en")
    return with_parts(FRAME, [part])


def prepared(ears: Ears, grammar: Grammar) -> Message:
    return answer(ears, {"do": "prepare", "digests": [grammar.digest], "nets": [sent_net(grammar)]})


async def said(text: str) -> bytes:
    voice = EspeakSynthesizer(rate=150)
    pcm = b"".join([resample(chunk, 16_000).pcm async for chunk in voice.speak(text, "en")])
    await voice.close()
    return bytes(8_000) + pcm + bytes(8_000)


async def test_a_new_name_is_heard_and_an_old_one_no_longer() -> None:
    ears = Ears()
    sound = await said(f"turn on the {NEW}")
    before, after = home(OLD, "desk lamp"), home(NEW, "desk lamp")
    prepared(ears, before)
    heard = answer(ears, {"do": "recognize", "digests": [before.digest], "pcm": sound})
    assert "zorbling" not in heard["text"]
    prepared(ears, after)
    heard = answer(ears, {"do": "recognize", "digests": [after.digest], "pcm": sound})
    assert heard["text"] == f"turn on the {NEW}"
    assert answer(ears, {"do": "prepare", "digests": [before.digest]}) == {"missing": True}


async def test_an_answer_comes_first_and_another_request_is_heard_all_the_same() -> None:
    ears = Ears()
    words = ANSWER.split()
    arcs = tuple(Arc(at, at + 1, word) for at, word in enumerate(words))
    answers = Grammar("en", arcs, 0, len(words), len(words) + 1, "answers", frozenset(words))
    asked = [answers, replace(home(OLD, "desk lamp"), further=True)]
    request = {"digests": [one.digest for one in asked]}
    answer(ears, {"do": "prepare", **request, "nets": [sent_net(one) for one in asked]})
    other = await said(f"turn on the {OLD}")
    assert answer(ears, {"do": "recognize", **request, "pcm": other})["text"] == f"turn on the {OLD}"
    assert answer(ears, {"do": "recognize", **request, "pcm": await said(ANSWER)})["text"] == ANSWER
    answer(ears, {"do": "prepare", "digests": ["answers"], "nets": [sent_net(answers)]})
    assert answer(ears, {"do": "recognize", "digests": ["answers"], "pcm": other})["text"] == ""


def test_what_may_be_said_besides_is_compiled_once() -> None:
    ears = Ears()
    lamps = home("desk lamp")
    prepared(ears, lamps)
    answers = Grammar("en", (Arc(0, 1, "yes"),), 0, 1, 2, "answers", frozenset({"yes"}))
    nets = [sent_net(answers), sent_net(replace(lamps, further=True))]
    answer(ears, {"do": "prepare", "digests": ["answers", lamps.digest], "nets": nets})
    assert answer(ears, {"do": "prepare", "digests": [lamps.digest]}) == {}
    assert answer(ears, {"do": "prepare", "digests": ["answers", lamps.digest]}) == {}


def test_each_way_a_word_sounds_is_a_way_through_the_search() -> None:
    decoder = Decoder(lm=None, loglevel="FATAL")
    fsg = fsg_of(decoder, "a", Acceptor([(0, 1, "the"), (1, 2, "lamp"), (2, 3, "")], 3, 4), {"the": 3, "lamp": 1})
    assert all(fsg.accept(f"{the} lamp") for the in ("the", "the(2)", "the(3)"))
    assert not fsg.accept("the") and not fsg.accept("the lamp(2)")
