from pathlib import Path

import pytest

from jingling.core.errors import BadInput
from jingling.speech.models.address import mirrored
from jingling.speech.models.manifest import OWN, load_manifest, parse

ENTRY = """
[[model]]
id = "my-ears"
kind = "recognizer"
engine = "sherpa"
method = "offline-zipformer-ctc"
languages = ["en", "fr"]
about = "mine"
licence = "mine"
parts = { model = "model.onnx", tokens = "tokens.txt" }
[[model.files]]
url = "https://host.example/my%20ears.tar.bz2"
"""


def test_the_packaged_models_cover_every_kind_and_state_a_licence(tmp_path: Path) -> None:
    models = load_manifest(tmp_path).model
    assert {one.kind for one in models} == {"recognizer", "keywords", "speaker", "voice"}
    assert {"zh", "en"} <= {language for one in models for language in one.languages}
    assert all(one.licence and one.about and one.files for one in models)
    assert all(file.url.startswith("https://") for one in models for file in one.files)


def test_an_owners_own_models_come_first_and_replace_ours(tmp_path: Path) -> None:
    (tmp_path / OWN).write_text(ENTRY + ENTRY.replace("my-ears", "sherpa-zh-en"))
    manifest = load_manifest(tmp_path)
    assert manifest.model[0].id == "my-ears"
    assert manifest.get("sherpa-zh-en").about == "mine"
    assert [one.id for one in manifest.model].count("sherpa-zh-en") == 1
    mine = manifest.get("my-ears")
    assert (mine.size, mine.hashed, mine.spoken) == (0, False, {"en"})
    assert mine.files[0].name == "my ears.tar.bz2"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('id = "my-ears"', 'id = "../ears"', "is no id"),
        ('model = "model.onnx"', 'model = "../model.onnx"', "leaves its folder"),
        ('tokens = "tokens.txt"', 'words = "tokens.txt"', "the part tokens is missing"),
        ("https://host.example", "file:///host", "is no address"),
        ('.bz2"', '.bz2"\nsha256 = "abc"', "is no SHA-256"),
        ('.bz2"', '.bz2"\npath = "/model.onnx"', "leaves its folder"),
        ('.bz2"', '.bz2"\ncolour = "red"', "colour"),
        ('method = "offline-zipformer-ctc"', "", "name its method"),
        ('kind = "recognizer"', 'kind = "nose"', "is not a list of models"),
        ("[[model]]", "[[model", "is not a list of models"),
        (ENTRY, ENTRY + ENTRY, "is there twice"),
    ],
)
def test_a_mistake_in_an_own_list_is_told_with_its_place(before: str, after: str, told: str) -> None:
    assert before in ENTRY
    with pytest.raises(BadInput, match=told) as caught:
        parse(ENTRY.replace(before, after), "mine.toml")
    assert "mine.toml" in str(caught.value)


def test_an_unknown_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="jingling models list"):
        load_manifest(tmp_path).get("no-such")


@pytest.mark.parametrize(
    ("mirror", "found"),
    [
        ("", "https://host.example/a/b.onnx?x=1"),
        ("http://nas:8080/models/", "http://nas:8080/models/a/b.onnx?x=1"),
        ("https://proxy.example/{url}", "https://proxy.example/https://host.example/a/b.onnx?x=1"),
        ("other.example=https://o host.example=https://m", "https://m/a/b.onnx?x=1"),
        ("other.example=https://o", "https://host.example/a/b.onnx?x=1"),
        ("other.example=https://o https://rest", "https://rest/a/b.onnx?x=1"),
    ],
)
def test_a_mirror_takes_the_place_of_the_host(mirror: str, found: str) -> None:
    assert mirrored("https://host.example/a/b.onnx?x=1", mirror) == found


@pytest.mark.parametrize("mirror", ["nas.local", "ftp://nas", "host.example=nas"])
def test_a_mirror_that_is_no_address_is_told(mirror: str) -> None:
    with pytest.raises(BadInput, match=r"models\.mirror"):
        mirrored("https://host.example/a", mirror)
