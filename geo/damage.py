"""What a damaged or hostile zip makes Python's own reader raise; there is no one class for it."""

from __future__ import annotations

import errno
import lzma
import struct
import zipfile
import zlib
from typing import Final

OF_A_ZIP: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    LookupError, RuntimeError,
)  # fmt: skip
"""Caught together; ``RuntimeError`` is a password's, or a way of packing that is not known."""
_OF_WORDS: Final = {None, errno.EINVAL, errno.EEXIST, errno.EILSEQ, errno.EISDIR, errno.ENAMETOOLONG, errno.ENOTDIR}
"""Numbers of an ``OSError`` that what stands in a file leads to: a place before its beginning, a name that is none."""


def is_of_the_file(error: BaseException) -> bool:
    """Tell whether the file is at fault, and not the disk it is read from or unpacked to.

    Examples
    --------
    >>> is_of_the_file(OSError("Invalid data stream")), is_of_the_file(OSError(errno.ENOSPC, "No space left"))
    (True, False)
    """
    return isinstance(error, OF_A_ZIP) and (not isinstance(error, OSError) or error.errno in _OF_WORDS)
