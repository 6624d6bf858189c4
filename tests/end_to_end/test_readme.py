"""What README.md invites people to say is understood."""

import json
import os
import re
import subprocess
import sys

import pytest

from tidy.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
INVITED = re.search(r"^\| English \| .*?\n\| --- .*?\n(.*?)\n\n", README, re.MULTILINE | re.DOTALL)
COMMAND = [sys.executable, "-m", "jingling"]


@pytest.mark.parametrize("column", [1, 2], ids=["english", "mandarin"])
def test_each_sentence_of_the_table_is_understood(column: int) -> None:
    assert INVITED is not None
    cells = [row.split("|")[column].replace("(typed)", "") for row in INVITED[1].splitlines()]
    texts = [text.strip() for cell in cells for text in cell.split("→")]
    said = subprocess.run(
        [*COMMAND, "ask", "--json", "--dry-run", *texts],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert len(answers) == len(texts) >= 15
    assert [answer["utterance"]["text"] for answer in answers if not answer["intent"]] == []
    assert [answer["reply"] for answer in answers if not answer["reply"]] == []
