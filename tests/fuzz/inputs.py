"""Inputs: a good one, spoilt in a few places, or nothing but bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.security.payloads import PAYLOADS

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 400_000
"""Bytes of one input."""
TOKENS = (
    *(text.encode() for text in PAYLOADS[::4]),
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\n", b"\t", b'"', b"'", b"\\", b"{", b"}", b"[", b"]",
    b"<", b">", b"&", b";", b"---\n", b"NaN", b"Infinity", b"1e999", b"-1", b"9" * 20, b"null", b"true",
    b"../",    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"<![CDATA[", b"PK\x03\x04",
    b"PK\x05\x06", b"%PDF-1.7", b"stream",
    b"endobj", b"GP\x00", b"SQLite format 3\x00", b"0001-01-01", b"9999-12-31", b"2019-02-31", "٢٠١٩".encode(),
    "\u202e".encode(), "\u200b".encode(), b"(" * 200, b"[" * 200, b"<b>" * 100, b"a" * 5000,
    b"[" * 30_000, b"9" * 400, b'{"a":' * 20_000, b"9" * 5_000, b"- " * 2_000, b"&a [*a, *a]", b"!!bool x",
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds with up to eight edits."""
    data = bytearray(draw(st.sampled_from(list(seeds))))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(data)))
        match draw(st.integers(0, 5)):
            case 0:
                data[at:at] = draw(st.sampled_from(TOKENS))
            case 1:
                token = draw(st.sampled_from(TOKENS))
                data[at : at + len(token)] = token
            case 2:
                del data[at : at + draw(st.integers(1, 200))]
            case 3:
                data[at:at] = data[at : at + draw(st.integers(1, 400))]
            case 4:
                data[at : at + 4] = draw(st.binary(min_size=1, max_size=8))
            case _:
                del data[at:]
    return bytes(data[:MOST])


def inputs(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Spoilt ones mostly, and now and then anything at all."""
    return st.one_of(spoilt(seeds), spoilt(seeds), spoilt(seeds), st.binary(max_size=2_000)) if seeds else st.binary()
