"""Several devices hear one sentence; one answers."""

from jingling.assistant.arbiter import SAME_S, SAME_WORDS_S, Arbiter


def test_the_first_that_hears_the_wake_word_answers() -> None:
    arbiter = Arbiter()
    assert arbiter.answers("kitchen", 10.0)
    assert not arbiter.answers("hall", 10.1)
    assert not arbiter.answers("bedroom", 10.9)


def test_the_same_device_may_be_called_again_at_once() -> None:
    arbiter = Arbiter()
    assert arbiter.answers("kitchen", 10.0) and arbiter.answers("kitchen", 10.5)


def test_a_later_call_in_another_room_is_another_call() -> None:
    arbiter = Arbiter()
    assert arbiter.answers("kitchen", 10.0)
    assert arbiter.answers("hall", 10.0 + SAME_S)


def test_one_that_was_silenced_does_not_keep_others_silent() -> None:
    arbiter = Arbiter()
    arbiter.answers("kitchen", 10.0)
    arbiter.answers("hall", 11.9)
    assert arbiter.answers("hall", 12.1)


def test_the_same_words_from_another_device_are_an_echo() -> None:
    arbiter = Arbiter()
    assert not arbiter.is_echo("kitchen", "yes", 10.0)
    assert arbiter.is_echo("hall", "yes", 11.0)
    assert not arbiter.is_echo("kitchen", "yes", 11.5)
    assert not arbiter.is_echo("hall", "no", 11.5)
    assert not arbiter.is_echo("hall", "yes", 11.5 + SAME_WORDS_S)
