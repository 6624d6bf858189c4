from jingling.speech.acceptor import Net, unite
from jingling.speech.engines.walk import Walk


def walk(*sentences: str) -> Walk:
    arcs, states = [], 2
    for sentence in sentences:
        at = 0
        for word in sentence.split():
            arcs.append((at, states, word))
            at, states = states, states + 1
        arcs.append((at, 1, ""))
    words = {word for _, _, word in arcs}
    return Walk(unite([Net(arcs, 0, 1, states)], words))


def test_the_words_so_far_are_a_sentence_or_go_on() -> None:
    timer = walk("set a timer for ten minutes", "set a timer for ten minutes and thirty seconds", "stop")
    assert timer.ends(["stop"]) == (True, False)
    assert timer.ends(["set", "a", "timer", "for", "ten", "minutes"]) == (True, True)
    assert timer.ends(["set", "a", "timer", "for", "ten"]) == (False, True)
    assert timer.ends([]) == (False, True)


def test_words_that_lead_nowhere_are_neither() -> None:
    assert walk("stop").ends(["go"]) == (False, False)
    assert walk("stop").ends(["stop", "stop"]) == (False, False)
