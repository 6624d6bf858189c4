import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from jingling.core.errors import BadInput
from jingling.speech.models.unpack import unpack

FILES = {
    "top/model.onnx": b"weights",
    "top/data/a/deep.txt": b"deep",
    "top/LICENSE": b"mine",
    "top/test_wavs/0.wav": b"sound",
    "top/model.fp32.onnx": b"too many weights",
}


def tar(path: Path, files: dict[str, bytes], more: tarfile.TarInfo | None = None, mode: str = "w:bz2") -> Path:
    with tarfile.open(path, mode) as packed:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
        if more is not None:
            packed.addfile(more)
    return path


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def there(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("kind", ["tar.bz2", "tar.gz", "zip"])
def test_only_what_is_wanted_and_the_papers_are_kept(tmp_path: Path, kind: str) -> None:
    archive = tmp_path / f"model.{kind}"
    if kind == "zip":
        zipped(archive, FILES)
    else:
        tar(archive, {f"./{name}": content for name, content in FILES.items()}, mode="w:" + kind[4:])
    unpack(archive, tmp_path / "new", ["model.onnx", "data"])
    assert there(tmp_path / "new") == {"model.onnx", "data/a/deep.txt", "LICENSE"}
    assert (tmp_path / "new" / "model.onnx").read_bytes() == b"weights"


@pytest.mark.parametrize("name", ["../evil", "top/../../evil", "/evil", "top/data/../../../evil"])
@pytest.mark.parametrize("kind", ["tar.bz2", "zip"])
def test_nothing_is_written_outside(tmp_path: Path, name: str, kind: str) -> None:
    files = {**FILES, name: b"evil"}
    archive = tmp_path / f"a.{kind}"
    made = zipped(archive, files) if kind == "zip" else tar(archive, files)
    with pytest.raises(BadInput, match="outside its folder"):
        unpack(made, tmp_path / "x" / "y", ["model.onnx", "data"])
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, kind: bytes) -> None:
    link = tarfile.TarInfo("top/data/link")
    link.type, link.linkname = kind, "/etc"
    with pytest.raises(BadInput, match="link or a device"):
        unpack(tar(tmp_path / "a.tar.bz2", FILES, link), tmp_path / "new", ["model.onnx", "data"])


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", FILES)
    with zipfile.ZipFile(path, "a") as packed:
        link = zipfile.ZipInfo("top/data/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc")
    with pytest.raises(BadInput, match="link or a device"):
        unpack(path, tmp_path / "new", ["model.onnx", "data"])


@pytest.mark.parametrize("kind", ["tar.bz2", "zip"])
def test_a_bomb_stops_at_the_limit(tmp_path: Path, kind: str) -> None:
    files = {"top/model.onnx": bytes(5_000_000)}
    archive = tmp_path / f"a.{kind}"
    made = zipped(archive, files) if kind == "zip" else tar(archive, files)
    assert made.stat().st_size < 100_000
    with pytest.raises(BadInput, match="unpacks to more"):
        unpack(made, tmp_path / "new", ["model.onnx"], bytes_max=1_000_000)
    assert (tmp_path / "new" / "model.onnx").stat().st_size <= 1_000_000


def test_damage_and_what_is_no_archive_are_told(tmp_path: Path) -> None:
    noise = b"".join(hash_of(number) for number in range(20_000))
    made = tar(tmp_path / "a.tar.bz2", {"top/model.onnx": noise})
    made.write_bytes(made.read_bytes()[:-1_000])
    (tmp_path / "b.tar.bz2").write_bytes(b"<html>please sign in</html>")
    for name in ("a.tar.bz2", "b.tar.bz2"):
        with pytest.raises(BadInput, match="damaged or no archive"):
            unpack(tmp_path / name, tmp_path / "new", ["model.onnx"])


def test_another_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"does not hold tokens\.txt"):
        unpack(tar(tmp_path / "a.tar.bz2", FILES), tmp_path / "new", ["model.onnx", "tokens.txt"])


def hash_of(number: int) -> bytes:
    return (number * 2_654_435_761 % 2**32).to_bytes(4, "little")
