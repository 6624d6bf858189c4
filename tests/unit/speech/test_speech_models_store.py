import hashlib
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.model_host import ModelHost, model_host
from jingling.core.errors import BadInput, CannotWrite, NotReady
from jingling.speech.models.manifest import Manifest, Model, ModelFile
from jingling.speech.models.source import Brought, Network, Source
from jingling.speech.models.store import Finding, ModelStore

MODEL = bytes(range(256)) * 1_000
TOKENS = b"<blk> 0\na 1\n"
TEST_SOUND = b"sound" * 1_000


def packed(**files: bytes) -> bytes:
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:bz2") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(f"top/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return memory.getvalue()


ARCHIVE = packed(**{"model.onnx": MODEL, "tokens.txt": TOKENS, "0.wav": TEST_SOUND, "LICENSE": b"mine"})


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def model(host: ModelHost, *files: ModelFile) -> Model:
    parts = {"model": "model.onnx", "tokens": "tokens.txt"}
    about = ("recognizer", "sherpa", ("en",), "for a test", "none")
    return Model("ears", *about, files, parts, "offline-zipformer-ctc")  # type: ignore[arg-type]


@pytest.fixture
def host() -> Iterator[ModelHost]:
    with model_host() as made:
        made.files = {"/m.tar.bz2": ARCHIVE, "/model.onnx": MODEL, "/tokens.txt": TOKENS}
        yield made


@pytest.fixture
def loose(host: ModelHost) -> Model:
    return model(
        host,
        ModelFile(f"{host.url}/model.onnx", "model.onnx", len(MODEL), digest(MODEL)),
        ModelFile(f"{host.url}/tokens.txt", "tokens.txt", len(TOKENS), digest(TOKENS)),
    )


@pytest.fixture
def archived(host: ModelHost) -> Model:
    return model(host, ModelFile(f"{host.url}/m.tar.bz2"))


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models", Manifest())


def network(store: ModelStore, mirror: str = "") -> Source:
    return Network(store.folder, mirror, lambda _: None)


def left_over(store: ModelStore) -> list[str]:
    return sorted(one.name for one in store.folder.iterdir() if one.name not in (".lock", "trusted.json", "ears"))


def test_loose_files_are_installed_and_told_of(store: ModelStore, loose: Model) -> None:
    told: list[tuple[str, int, int]] = []
    record = store.install(loose, network(store), lambda *one: told.append(one))
    assert {one.path: one.sha256 for one in record.files} == {
        "model.onnx": digest(MODEL),
        "tokens.txt": digest(TOKENS),
    }
    assert record.stated
    assert (store.place(loose) / "model.onnx").read_bytes() == MODEL
    assert ("model.onnx", len(MODEL), len(MODEL)) in told
    assert left_over(store) == [".downloads"]
    assert not list((store.folder / ".downloads").iterdir())


def test_an_archive_is_unpacked_without_what_nobody_needs(store: ModelStore, archived: Model) -> None:
    record = store.install(archived, network(store))
    assert {one.path for one in record.files} == {"model.onnx", "tokens.txt", "LICENSE"}
    assert not record.stated
    assert store.installed("ears") == record


def test_what_is_there_is_not_fetched_again(store: ModelStore, loose: Model, host: ModelHost) -> None:
    first = store.install(loose, network(store))
    asked = len(host.asked)
    assert store.install(loose, network(store)) == first
    assert len(host.asked) == asked


def test_a_wrong_hash_is_refused_and_leaves_nothing(store: ModelStore, loose: Model, host: ModelHost) -> None:
    host.files["/tokens.txt"] = TOKENS[::-1]
    with pytest.raises(BadInput, match=r"tokens\.txt is not what it should be"):
        store.install(loose, network(store))
    assert store.installed("ears") is None
    with pytest.raises(NotReady, match="jingling models install ears"):
        store.place(loose)
    host.files["/tokens.txt"] = TOKENS
    host.asked.clear()
    store.install(loose, network(store))
    assert ("/model.onnx", None) in host.asked


def test_the_first_hash_of_a_file_without_one_is_held_to(
    store: ModelStore, archived: Model, host: ModelHost
) -> None:
    store.install(archived, network(store))
    assert store.remove("ears")
    host.files["/m.tar.bz2"] = packed(**{"model.onnx": MODEL[::-1], "tokens.txt": TOKENS})
    with pytest.raises(BadInput, match="--accept-changed"):
        store.install(archived, network(store))
    store.install(archived, network(store), accept_changed=True)
    store.remove("ears")
    assert store.install(archived, network(store)).files


def test_a_mirror_is_asked_instead(store: ModelStore, host: ModelHost) -> None:
    far = model(host, ModelFile("https://far.invalid/m.tar.bz2"))
    assert store.install(far, network(store, host.url)).files
    assert host.asked == [("/m.tar.bz2", None)]


def test_an_install_that_broke_off_goes_on(store: ModelStore, loose: Model, host: ModelHost) -> None:
    host.breaks_off = [100_000] + [0] * 40
    with pytest.raises(NotReady):
        store.install(loose, network(store))
    host.breaks_off = []
    host.asked.clear()
    store.install(loose, network(store))
    assert host.asked[0] == ("/model.onnx", "bytes=100000-")


def test_it_is_installed_from_files_without_a_network(store: ModelStore, loose: Model, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(MODEL)
    with pytest.raises(BadInput, match=r"needs tokens\.txt"):
        store.install(loose, Brought([tmp_path / "model.onnx"], store.folder))
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "tokens.txt").write_bytes(TOKENS)
    store.install(loose, Brought([tmp_path / "model.onnx", tmp_path / "usb"], store.folder))
    assert (tmp_path / "model.onnx").read_bytes() == MODEL


def test_an_archive_may_have_another_name_on_the_stick(store: ModelStore, archived: Model, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        store.install(archived, Brought([tmp_path / "absent"], store.folder))
    (tmp_path / "download(1)").write_bytes(ARCHIVE)
    store.install(archived, Brought([tmp_path / "download(1)"], store.folder))
    assert store.place(archived)


def test_a_brought_file_of_another_size_is_told(store: ModelStore, loose: Model, tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(MODEL[:-1])
    with pytest.raises(BadInput, match="255999 bytes and not 256000"):
        store.install(loose, Brought([tmp_path / "model.onnx"], store.folder))
    assert (tmp_path / "model.onnx").exists()


def test_verify_finds_what_changed_and_what_is_gone(store: ModelStore, loose: Model) -> None:
    store.install(loose, network(store))
    assert store.verify("ears") == []
    damaged = bytearray(MODEL)
    damaged[77] ^= 1
    (store.folder / "ears" / "model.onnx").write_bytes(bytes(damaged))
    (store.folder / "ears" / "tokens.txt").unlink()
    assert store.verify("ears") == [Finding("model.onnx", "changed"), Finding("tokens.txt", "missing")]
    with pytest.raises(NotReady, match=r"lacks tokens\.txt"):
        store.place(loose)


def test_remove_takes_the_model_and_what_was_begun(store: ModelStore, loose: Model, host: ModelHost) -> None:
    assert not store.remove("ears")
    host.breaks_off = [100_000] + [0] * 40
    with pytest.raises(NotReady):
        store.install(loose, network(store))
    assert store.remove("ears")
    host.breaks_off = []
    host.asked.clear()
    store.install(loose, network(store))
    assert host.asked[0] == ("/model.onnx", None)
    with pytest.raises(NotReady, match="is not installed"):
        store.remove("ears")
        store.verify("ears")


def test_a_full_disk_is_told_before_anything_is_fetched(
    store: ModelStore, host: ModelHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = model(host, ModelFile(f"{host.url}/model.onnx", "model.onnx", 1 << 60))
    with pytest.raises(CannotWrite, match=r"models\.folder"):
        store.install(huge, network(store))
    assert not host.asked


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, loose: Model) -> None:
    (tmp_path / "file").write_text("")
    store = ModelStore(tmp_path / "file" / "models", Manifest())
    with pytest.raises(CannotWrite, match="cannot be written"):
        store.install(loose, network(store))


def test_two_installs_at_once_do_not_meddle(store: ModelStore, loose: Model) -> None:
    problems: list[str] = []

    def again(*_: object) -> None:
        with pytest.raises(NotReady, match="Another command") as caught:
            store.remove("ears")
        problems.append(str(caught.value))

    store.install(loose, network(store), again)
    assert problems
    assert store.installed("ears")
