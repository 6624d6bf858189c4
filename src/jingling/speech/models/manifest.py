"""The models there are: what each is for, what it weighs, under which licence, and where it comes from."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Literal, get_args
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import Struct

from jingling.core.errors import BadInput
from jingling.core.turn import Language

Kind = Literal["recognizer", "keywords", "speaker", "voice"]
Method = Literal[
    "",
    "online-transducer",
    "online-paraformer",
    "online-zipformer2-ctc",
    "offline-sense-voice",
    "offline-paraformer",
    "offline-transducer",
    "offline-zipformer-ctc",
    "offline-nemo-ctc",
    "offline-whisper",
    "keywords",
    "speaker",
    "voice-vits",
    "voice-kokoro",
    "voice-matcha",
]
OWN = "models.toml"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PARTS: dict[str, frozenset[str]] = {
    "online-transducer": frozenset({"encoder", "decoder", "joiner", "tokens"}),
    "online-paraformer": frozenset({"encoder", "decoder", "tokens"}),
    "offline-transducer": frozenset({"encoder", "decoder", "joiner", "tokens"}),
    "offline-whisper": frozenset({"encoder", "decoder", "tokens"}),
    "keywords": frozenset({"encoder", "decoder", "joiner", "tokens"}),
    "speaker": frozenset({"model"}),
    "voice-kokoro": frozenset({"model", "voices", "tokens", "lexicon"}),
    "voice-matcha": frozenset({"model", "vocoder", "tokens"}),
    "": frozenset({"model", "config"}),
}
_MODEL_AND_TOKENS = frozenset({"model", "tokens"})


class ModelFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What is fetched in one go. `path` in the model's folder; "" is an archive that is unpacked there.

    `size` in bytes, 0 unknown; `sha256` "" is written down at the first install.
    """

    url: str
    path: str = ""
    size: int = 0
    sha256: str = ""

    @property
    def name(self) -> str:
        """As it is called where it comes from."""
        return PurePosixPath(unquote(urlsplit(self.url).path)).name


class Model(Struct, frozen=True, forbid_unknown_fields=True):
    """`parts` names each file that the engine needs, by what it is to it; `options` are the engine's own."""

    id: str
    kind: Kind
    engine: Literal["sherpa", "piper"]
    languages: tuple[str, ...]
    about: str
    licence: str
    files: tuple[ModelFile, ...]
    parts: dict[str, str]
    method: Method = ""
    options: dict[str, str | int | float] = {}

    @property
    def size(self) -> int:
        """Bytes to fetch; 0 when not all of them are known."""
        sizes = [one.size for one in self.files]
        return sum(sizes) if all(sizes) else 0

    @property
    def hashed(self) -> bool:
        """Whether every file's hash is known before it is fetched."""
        return all(one.sha256 for one in self.files)

    @property
    def spoken(self) -> frozenset[Language]:
        """Those of its languages that Jingling speaks."""
        return frozenset(one for one in get_args(Language) if one in self.languages)


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    model: tuple[Model, ...] = ()

    def get(self, model_id: str) -> Model:
        """Raises BadInput for a model that nobody knows."""
        found = next((one for one in self.model if one.id == model_id), None)
        if found is None:
            raise BadInput(f"There is no model {model_id!r}. `jingling models list` shows all.")
        return found

    def has(self, model_id: str) -> bool:
        return any(one.id == model_id for one in self.model)


def load_manifest(folder: Path) -> Manifest:
    """The packaged models, and the owner's own of `models.toml` in `folder`, which come first.

    Raises BadInput that names the place of a mistake.
    """
    packaged = files("jingling.speech.models").joinpath("manifest.toml").read_text(encoding="utf-8")
    own = folder / OWN
    try:
        written = own.read_text(encoding="utf-8") if own.is_file() else ""
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(f"{own} cannot be read: {problem}.") from None
    mine, ours = parse(written, str(own)), parse(packaged, "manifest.toml")
    taken = {one.id for one in mine.model}
    return Manifest((*mine.model, *(one for one in ours.model if one.id not in taken)))


def parse(text: str, where: str) -> Manifest:
    """Raises BadInput for what is no manifest, naming `where` it stands."""
    try:
        manifest = msgspec.convert(tomllib.loads(text), Manifest)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise BadInput(f"{where} is not a list of models: {problem}.") from None
    wrong = [f"{where}: {one}" for model in manifest.model for one in _problems(model)]
    ids = [one.id for one in manifest.model]
    wrong += [f"{where}: the model {one} is there twice" for one in sorted(set(ids)) if ids.count(one) > 1]
    if wrong:
        raise BadInput("\n".join(wrong))
    return manifest


def inside(path: str) -> bool:
    """Whether `path` stays in the folder that it is relative to."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and "\\" not in path and not {"..", "."} & set(parts)


def needed_parts(method: Method) -> frozenset[str]:
    """The parts that a model of `method` must name."""
    return _PARTS.get(method, _MODEL_AND_TOKENS)


def _problems(model: Model) -> list[str]:
    wrong = []
    if not _ID.fullmatch(model.id):
        wrong.append(f"{model.id!r} is no id; use small letters, digits and dashes")
    if model.engine == "sherpa" and not model.method:
        wrong.append(f"{model.id}: name its method")
    wrong += [
        f"{model.id}: the part {one} is missing" for one in sorted(needed_parts(model.method) - set(model.parts))
    ]
    wrong += [f"{model.id}: {path!r} leaves its folder" for path in model.parts.values() if not inside(path)]
    for one in model.files:
        wrong += [f"{model.id}: {problem}" for problem in _file_problems(one)]
    return wrong


def _file_problems(file: ModelFile) -> list[str]:
    wrong = []
    if urlsplit(file.url).scheme not in ("http", "https") or not file.name:
        wrong.append(f"{file.url!r} is no address of a file")
    if file.path and not inside(file.path):
        wrong.append(f"{file.path!r} leaves its folder")
    if file.sha256 and not _SHA256.fullmatch(file.sha256):
        wrong.append(f"{file.sha256!r} is no SHA-256")
    if file.size < 0:
        wrong.append(f"{file.size} is no size")
    return wrong
