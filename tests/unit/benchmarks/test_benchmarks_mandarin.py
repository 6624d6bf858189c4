"""How the closed lists of benchmarks/mandarin.py are made; the words are made up."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from jingling.speech.acceptor import unite


@pytest.fixture
def mandarin(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parents[3] / "benchmarks"), *sys.path])
    return importlib.import_module("mandarin")


def test_a_closed_list_is_its_words_character_by_character(mandarin: ModuleType) -> None:
    acceptor = unite([mandarin.word_net(["开灯", "关灯", "开空调"])], set("开关灯空调"))
    assert {word for source, _, word in acceptor.arcs if source == 0} == {"开", "关"}
    assert {word for _, _, word in acceptor.arcs if word} == set("开关灯空调")


def test_words_are_parted_by_their_length(mandarin: ModuleType) -> None:
    lists = mandarin.of_lengths(["开灯", "开空调", "自言自语"])
    assert list(lists.values()) == [["开空调", "自言自语"], ["开灯"]]
