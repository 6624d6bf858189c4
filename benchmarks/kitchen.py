"""Speech with noise mixed in as the published table does it: by the loudest frame of each."""

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
FRAME = 2_048


def loudest(samples: Samples) -> float:
    """The mean power of the loudest whole frame of 2,048 samples."""
    whole = samples[: max(FRAME, len(samples) // FRAME * FRAME)].astype(np.float64)
    frames = whole.reshape(-1, FRAME) if len(whole) % FRAME == 0 else whole[None]
    return float((frames**2).mean(axis=1).max())


def mixed(speech: Samples, noise: Samples, snr_db: float, draw: np.random.Generator) -> Samples:
    """`speech` with a random piece of `noise`; where that would clip, both become quieter."""
    start = int(draw.integers(0, max(1, len(noise) - len(speech))))
    piece = np.resize(noise[start : start + len(speech)], len(speech))
    power = loudest(piece)
    share = (loudest(speech) / power / 10 ** (snr_db / 10)) ** 0.5 if power else 0.0
    both = speech.astype(np.float64) + share * piece
    highest = float(np.abs(both).max()) if len(both) else 0.0
    found: Samples = (both * min(1.0, 32_767 / highest) if highest else both).astype(np.int16)
    return found
