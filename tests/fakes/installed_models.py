"""A models folder in which tiny models are installed, as if they had been fetched."""

from pathlib import Path

from fakes import tiny_models
from jingling.speech.models.manifest import OWN, load_manifest
from jingling.speech.models.source import Brought
from jingling.speech.models.store import ModelStore

METHODS = {
    "my-ears": ("recognizer", "sherpa", "offline-zipformer-ctc", tiny_models.ctc_model),
    "my-stream": ("recognizer", "sherpa", "online-transducer", tiny_models.streaming_model),
    "my-words": ("keywords", "sherpa", "keywords", tiny_models.streaming_model),
    "my-people": ("speaker", "sherpa", "speaker", tiny_models.speaker_model),
    "my-voice": ("voice", "sherpa", "voice-vits", tiny_models.vits_model),
    "my-piper": ("voice", "piper", "", tiny_models.piper_model),
}


def install(folder: Path, *ids: str) -> None:
    """Writes the owner's list of all of METHODS into `folder`, and installs those of `ids`."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for name, (kind, engine, method, make) in METHODS.items():
        made = folder.parent / f"made-{name}"
        parts = make(made)
        files = [f'{{ url = "https://host.invalid/{name}/{path}", path = "{path}" }}' for path in parts.values()]
        listed = ", ".join(f'{role} = "{path}"' for role, path in parts.items())
        entries.append(
            f'[[model]]\nid = "{name}"\nkind = "{kind}"\nengine = "{engine}"\nmethod = "{method}"\n'
            f'languages = ["en"]\nabout = ""\nlicence = ""\nparts = {{ {listed} }}\n'
            f'options = {{ units = "pieces" }}\nfiles = [{", ".join(files)}]\n'
        )
    (folder / OWN).write_text("\n".join(entries))
    store = ModelStore(folder, load_manifest(folder))
    for name in ids:
        store.install(store.manifest.get(name), Brought([folder.parent / f"made-{name}"], folder))
