"""`jingling wake FILE…`: where the wake word is heard in sound files."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from jingling.core.audio import AudioChunk
from jingling.core.errors import JinglingError
from jingling.settings import Settings
from jingling.speech.base import Detection
from jingling.speech.engines.microwake import WORDS, MicroWakeDetector
from jingling.speech.sound_file import read_sound

CHUNK_BYTES = 3_200
TAIL_S = 1.0


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--word", "words", multiple=True, type=click.Choice(WORDS), help="A wake word; all when absent.")
@click.option("--sensitivity", type=click.FloatRange(0, 1), default=0.5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each file.")
def wake(files: tuple[Path, ...], words: tuple[str, ...], sensitivity: float, as_json: bool) -> None:
    """Listen to each FILE for the wake words and print when they were heard."""
    failed = False
    seconds_max = Settings().limits.audio_file_seconds_max
    with Progress(console=Console(stderr=True), transient=True, disable=len(files) < 3) as progress:
        for path in progress.track(files, description="listening"):
            try:
                found = detect(read_sound(path, seconds_max), MicroWakeDetector(words or WORDS, sensitivity))
            except JinglingError as error:
                failed = True
                _print({"file": str(path), "error": str(error)}, as_json)
                continue
            detections = [{"word": one.word, "at_s": round(one.at_s, 2)} for one in found]
            _print({"file": str(path), "detections": detections}, as_json)
    if failed:
        raise SystemExit(1)


def detect(audio: AudioChunk, detector: MicroWakeDetector) -> list[Detection]:
    """All detections in `audio`, which is followed by a second of silence for the detector to decide in."""
    pcm = audio.pcm + bytes(int(TAIL_S * audio.rate_hz) * 2)
    chunks = (AudioChunk(pcm[at : at + CHUNK_BYTES]) for at in range(0, len(pcm), CHUNK_BYTES))
    return [found for chunk in chunks for found in detector.process(chunk)]


def _print(record: dict[str, object], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False))
    elif "error" in record:
        click.echo(record["error"], err=True)
    else:
        found = record["detections"]
        assert isinstance(found, list)
        heard = ", ".join(f"{one['word']} at {one['at_s']} s" for one in found)
        click.echo(f"{record['file']}: {heard or 'nothing'}")
