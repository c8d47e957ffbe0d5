"""Zip files: what is in them is told by their directory, and refused by it, before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile

from geo import damage
from geo.errors import ZoneError
from geo.zones.files.limits import MAX_UNPACKED

MAX_MEMBERS = 500
MAX_DIRECTORY = 200_000
"""Bytes of a zip's directory."""
MAX_RATIO = 100
"""How many times larger a file of more than a megabyte may become. Map data becomes five to twenty times larger."""
_SMALL = 1_000_000
_END = b"PK\x05\x06"
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class Archive:
    """A zip in memory that has passed every check on its directory.

    Parameters
    ----------
    data : bytes
        The zip.

    Raises
    ------
    ZoneError
        It is no zip, or one that should not be opened.
    """

    def __init__(self, data: bytes) -> None:
        _check_end(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            # A member without a name cannot be asked whether it is a folder.
            files = [member for member in self._zip.infolist() if member.filename and not member.is_dir()]
        except damage.OF_A_ZIP as error:
            raise ZoneError(f"is a damaged zip ({error})") from error
        for member in files:
            _check(member)
        if sum(member.file_size for member in files) > MAX_UNPACKED:
            raise ZoneError(f"would become larger than {MAX_UNPACKED // 1_000_000} MB")
        self._members = {member.filename: member for member in files}

    def names(self, suffix: str) -> list[str]:
        """Name the members with a suffix, those nearest to the top first."""
        found = [name for name in self._members if name.lower().endswith(suffix) and "__MACOSX" not in name]
        return sorted(found, key=lambda name: (name.count("/"), name))

    def size(self, suffix: str) -> int:
        """Give the bytes that the members with a suffix become, as the directory says."""
        return sum(member.file_size for name, member in self._members.items() if name.lower().endswith(suffix))

    def beside(self, name: str, suffix: str) -> bytes | None:
        """Read the member of the same name with another suffix, in small or in capital letters; None if none."""
        wanted = (name.rpartition(".")[0] + suffix).lower()
        return next((self.read(other) for other in self._members if other.lower() == wanted), None)

    def read(self, name: str) -> bytes:
        """Read one member, never more of it than the directory says."""
        member = self._members[name]
        try:
            with self._zip.open(member) as stream:
                return stream.read(member.file_size)
        except damage.OF_A_ZIP as error:
            raise ZoneError(f"is a damaged zip ({error})"[:200]) from error


def _check_end(data: bytes) -> None:
    """Look at the end record, as :mod:`zipfile` finds it: a directory of a million entries takes long to read."""
    if not data.startswith(b"PK\x03\x04"):
        raise ZoneError("is no zip")
    at = len(data) - 22
    if not (data[at : at + 4] == _END and data[-2:] == b"\0\0"):
        at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + 22:
        raise ZoneError("is a damaged zip: it has no directory")
    members, size = struct.unpack_from("<HL", data, at + 10)
    if data[max(0, at - 20) : at].startswith(b"PK\x06\x07") or members > MAX_MEMBERS or size > MAX_DIRECTORY:
        raise ZoneError(f"has more than {MAX_MEMBERS} files in it", remedy="Put only the map data into the zip")


def _check(member: zipfile.ZipInfo) -> None:
    shown = "".join(c for c in member.filename if c.isprintable())[:60]
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or ":" in parts[0]:
        raise ZoneError(f"has a file that wants to lie outside of it ({shown!r})")
    if member.flag_bits & 1:
        raise ZoneError(f"is locked with a password ({shown!r})", remedy="Unlock it first")
    if member.compress_type not in _PLAIN:
        raise ZoneError(f"is packed in an unusual way ({shown!r})", remedy="Zip it again")
    if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise ZoneError(f"becomes more than {MAX_RATIO} times larger when unpacked ({shown!r})")
