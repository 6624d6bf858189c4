"""Learns in a process of its own, whose memory goes with it: `python -m jingling.language.learned CACHE`.

The sentence files come as JSON on standard input, as `apart.py` writes them.
"""

import os
import sys
from pathlib import Path

from jingling.language.learned.apart import read_files
from jingling.language.learned.understander import has_sentences, learned
from jingling.language.matcher import banks_of

NICENESS = 10


def main() -> None:
    os.nice(NICENESS)
    for bank in banks_of(read_files(sys.stdin.buffer.read())).values():
        if has_sentences(bank):
            learned(bank, Path(sys.argv[1]))


main()
