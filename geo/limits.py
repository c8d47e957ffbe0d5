"""How much of what strangers send is read: every limit of the readers and of the network, in one place.

Zone files have their own, in :mod:`geo.zones.files.limits`. ``docs/ingestion.md`` tells them to the user.
"""

from __future__ import annotations

from typing import Final

# ------------------------------------------------------------------------------------------------------------- files

MAX_FILE_BYTES: Final = 32 * 2**20
"""Largest file read whole: 32 MiB. ``.jsonl`` and ``.mbox`` are read piece by piece and may be larger."""
MAX_LINE_BYTES: Final = 16 * 2**20
"""Longest line of a ``.jsonl`` file: 16 MiB."""
MAX_HTML_BYTES: Final = 8 * 2**20
"""Largest web page: 8 MiB. News pages are far smaller; the extraction takes seconds on such a size."""
MAX_TAGS: Final = 100_000
"""Most tags a page or feed may have: a page of nothing but tags would hold the reader up."""

# ----------------------------------------------------------------------------------------------------- PDF and Word

APART_S: Final = 20
"""Seconds that the text of one PDF or Word file may take, in a process of its own."""
APART_BYTES: Final = 2**30
"""Address space of that process."""
MAX_PAGES: Final = 300
"""Most pages of a PDF."""
MAX_TEXT: Final = 5_000_000
"""Most characters that a PDF or Word file may give: some thousand pages."""
MAX_DOCX_XML: Final = 16_000_000
"""Bytes that the XML of a Word file may have unpacked, as its zip directory tells: some thousand pages."""

# -------------------------------------------------------------------------------------------------------------- mail

MAX_MESSAGE_BYTES: Final = 32 * 2**20
"""Largest message of a mailbox, attachments counted."""
MAX_HEADER: Final = 2_000
"""Characters of a mail header that are read."""
MAX_PARTS: Final = 200
"""Most parts a message may be made of."""
MAX_DASHED: Final = 10_000
"""Most lines of a message that begin as those between its parts do: to part it is what takes time."""
SHOWN_ATTACHMENTS: Final = 5
"""Attachments that are named in a message."""

# ------------------------------------------------------------------------------------------------------------- feeds

MAX_ENTRIES: Final = 1_000
"""Most entries of a feed."""

# ----------------------------------------------------------------------------------------------------------- network

FETCH_BYTES: Final = 16 * 2**20
"""Most bytes of an answer, unpacked. What arrives is limited to the same."""
FETCH_S: Final = 30.0
"""Seconds for one address with all its redirects, from the first question to the last byte."""
CONNECT_S: Final = 10.0
"""Seconds to reach a server."""
MAX_REDIRECTS: Final = 5
MAX_URL: Final = 2_000
"""Characters of an address."""
HOST_DELAY_S: Final = 1.0
"""Least time between two requests to one host."""
MAX_RETRY_S: Final = 86_400
"""Longest that a server may ask us to stay away."""
MAX_ADDRESSES: Final = 10_000
"""Most addresses of one list."""
