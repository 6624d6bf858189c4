"""Models that think aloud put `<think>…</think>` before their answer; it is nobody's business. Pure."""

BEGIN, END = "<think>", "</think>"


class Unthinking:
    """`feed` gives what is left of each piece, `end` what was held back because it might have been a thought."""

    def __init__(self) -> None:
        self._held = ""
        self._thinks = False
        self._speaks = False

    def feed(self, text: str) -> str:
        if self._speaks:
            return text
        self._held += text
        if not self._thinks and not self._begins():
            return ""
        if not self._thinks:
            return self._speak(self._held)
        _, ended, answer = self._held.partition(END)
        if ended:
            return self._speak(answer.lstrip())
        self._held = self._held[1 - len(END) :]
        return ""

    def end(self) -> str:
        return "" if self._thinks or self._speaks else self._held

    def _begins(self) -> bool:
        """Whether it is known what comes: a thought (which is noted), or an answer."""
        head = self._held.lstrip()
        if len(head) < len(BEGIN) and BEGIN.startswith(head):
            return False
        self._thinks = head.startswith(BEGIN)
        return True

    def _speak(self, text: str) -> str:
        self._speaks, self._held = True, ""
        return text
