"""Names that come and go in the recogniser's worker, and what the decoder makes of them. The sound is made up."""

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
    sound = await said("turn on the zorbling lamp")
    before, after = home("reading lamp", "desk lamp"), home("zorbling lamp", "desk lamp")
    prepared(ears, before)
    heard = answer(ears, {"do": "recognize", "digests": [before.digest], "pcm": sound})
    assert "zorbling" not in heard["text"]
    prepared(ears, after)
    heard = answer(ears, {"do": "recognize", "digests": [after.digest], "pcm": sound})
    assert heard["text"] == "turn on the zorbling lamp"
    assert answer(ears, {"do": "prepare", "digests": [before.digest]}) == {"missing": True}


def test_each_way_a_word_sounds_is_a_way_through_the_search() -> None:
    decoder = Decoder(lm=None, loglevel="FATAL")
    fsg = fsg_of(decoder, "a", Acceptor([(0, 1, "the"), (1, 2, "lamp"), (2, 3, "")], 3, 4), {"the": 3, "lamp": 1})
    assert all(fsg.accept(f"{the} lamp") for the in ("the", "the(2)", "the(3)"))
    assert not fsg.accept("the") and not fsg.accept("the lamp(2)")
