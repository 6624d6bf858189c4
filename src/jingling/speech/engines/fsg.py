"""An acceptor in pocketsphinx's own form."""

from collections.abc import Mapping

from pocketsphinx import Decoder, FsgModel

from jingling.speech.acceptor import Acceptor


def fsg_of(decoder: Decoder, name: str, acceptor: Acceptor, ways: Mapping[str, int]) -> FsgModel:
    """`ways`: in how many ways each word sounds; each becomes an arc.

    The decoder's own `create_fsg` looks for each arc's word among all words, and its `fsgusealtpron` for each
    word's further ways among all arcs, which takes most of the time to make a search ready.
    """
    fsg = FsgModel(name, decoder.get_logmath(), decoder.config["lw"], acceptor.states)
    fsg.set_start_state(0)
    fsg.set_final_state(acceptor.final)
    words = dict.fromkeys(word for _, _, word in acceptor.arcs if word)
    numbers = {word: [fsg.word_add(way) for way in _entries(word, ways[word])] for word in words}
    for source, target, word in acceptor.arcs:
        for number in numbers.get(word, ()):
            fsg.trans_add(source, target, 0, number)
        if not word:
            fsg.null_trans_add(source, target, 0)
    return fsg


def _entries(word: str, ways: int) -> list[str]:
    """As they stand in the dictionary."""
    return [word, *(f"{word}({number})" for number in range(2, ways + 1))]
