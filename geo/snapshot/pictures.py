"""Pictures made into a film: GIF by Pillow, MP4 by the ffmpeg that imageio-ffmpeg brings along."""

from __future__ import annotations

import io
import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PIL.Image import Image

COLOURS: Final = 255
"""Of a GIF's palette, which all its pictures share; the last one is left free."""
PALETTE_FROM: Final = 12
"""Pictures whose colours make the palette, spread over the film's beginning."""

NEARLY_WHITE: Final = 250
"""Colours of a palette nearer than this to white are white; squared distance in red, green and blue."""

# One thread and no clock: equal films are equal bytes.
_FFMPEG: Final = (
    "-crf", "20", "-preset", "medium", "-threads", "1", "-x264-params", "threads=1:sliced-threads=0",
    "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart",
)  # fmt: skip


def encode(pictures: Iterator[NDArray[np.uint8]], *, form: str, fps: int, record: str) -> bytes:
    """Make a film.

    Parameters
    ----------
    pictures : iterator of array of uint8, height × width × 3
        At least one, all of one size; drawn as they are needed, so that a film costs no more memory than its file.
    form : {"gif", "mp4"}
    fps : int
        Pictures a second.
    record : str
        ASCII; kept in the file's comment.

    Raises
    ------
    GeoError
        The film cannot be made.
    """
    return _gif(pictures, fps, record) if form == "gif" else _mp4(pictures, fps, record)


def _gif(pictures: Iterator[NDArray[np.uint8]], fps: int, record: str) -> bytes:
    first = list(itertools.islice(pictures, PALETTE_FROM))
    palette = _palette(first)
    every = (_with(palette, picture) for picture in itertools.chain(first[1:], pictures))
    out = io.BytesIO()
    _with(palette, first[0]).save(
        out, format="gif", save_all=True, append_images=every, duration=round(1000 / fps), loop=0,
        comment=record.encode("ascii"), optimize=False, disposal=1,
    )  # fmt: skip
    return out.getvalue()


def _palette(pictures: list[NDArray[np.uint8]]) -> Image:
    from PIL import Image

    # Side by side at a third of the size, so that every colour counts for what it covers.
    together = np.concatenate([picture[::3, ::3] for picture in pictures], axis=1)
    made = Image.fromarray(together).quantize(COLOURS, method=Image.Quantize.MEDIANCUT)
    # The palette's colours are means of many: paper must stay white.
    colours = np.array(made.getpalette(), dtype=np.int64).reshape(-1, 3)
    colours[((255 - colours) ** 2).sum(axis=1) < NEARLY_WHITE] = 255
    made.putpalette(colours.ravel().tolist())
    return made


def _with(palette: Image, picture: NDArray[np.uint8]) -> Image:
    from PIL import Image

    return Image.fromarray(picture).quantize(palette=palette, dither=Image.Dither.NONE)


def _mp4(pictures: Iterator[NDArray[np.uint8]], fps: int, record: str) -> bytes:
    import imageio_ffmpeg  # type: ignore[import-untyped]

    first = next(pictures)
    # The codec wants even sides: a row or column more of paper.
    height, width = first.shape[0] + first.shape[0] % 2, first.shape[1] + first.shape[1] % 2
    with tempfile.TemporaryDirectory(prefix="borderlines-film-") as folder:
        file = Path(folder) / "film.mp4"
        # The film says how it moves in whole pictures; players want at least some, so each is shown several times.
        times = max(1, -(-12 // fps))
        writer = imageio_ffmpeg.write_frames(
            str(file), (width, height), fps=fps * times, codec="libx264", quality=None, macro_block_size=2,
            output_params=[*_FFMPEG, "-metadata", f"comment={record}"], ffmpeg_log_level="error",
        )  # fmt: skip
        try:
            writer.send(None)
            for picture in itertools.chain([first], pictures):
                paper = np.full((height, width, 3), 255, dtype=np.uint8)
                paper[: picture.shape[0], : picture.shape[1]] = picture
                for _ in range(times):
                    writer.send(np.ascontiguousarray(paper))
            writer.close()
            return file.read_bytes()
        except OSError as error:
            raise GeoError(f"the film cannot be made ({error}). Free some space, or choose a GIF") from error
