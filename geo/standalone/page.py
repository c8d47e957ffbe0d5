"""The page: one HTML file that asks nobody for anything, and that its browser holds to it.

The policy in its head forbids every request, and every script and style but the two whose hashes it names. Text of
articles stands in no markup and in no script: it travels compressed, and the scripts write it as text nodes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError
from geo.export.record import ATTRIBUTION, record
from geo.layers._base import safe_text
from geo.query import describe
from geo.reports.figure import query_record
from geo.reports.words import METHOD, counted
from geo.standalone import content
from geo.standalone.script import bundle, inlined
from geo.timemap.assets import FOLDER
from geo.timemap.offline import ATTRIBUTION as GROUND

if TYPE_CHECKING:
    from geo.reports.material import Material

MOST_EVENTS: Final = 20_000
"""More would be slow to open on a phone, and half a page of events is no page of them."""
ASSETS: Final = Path(__file__).parent / "assets"
_STYLES: Final = (
    FOLDER / "vendor" / "leaflet" / "leaflet.css",
    FOLDER / "css" / "timemap.css",
    ASSETS / "standalone.css",
)
_PICTURES: Final = re.compile(r"(?:background(?:-image)?|behavior)\s*:\s*url\([^)]*\)[^;}]*;?")


def html(material: Material) -> str:
    """Make the page of the events under the query.

    Parameters
    ----------
    material : Material
        From :func:`geo.reports.gather`.

    Returns
    -------
    str
        The same for the same material.

    Raises
    ------
    InputError
        There are more events than :data:`MOST_EVENTS`.
    """
    if len(material.events) > MOST_EVENTS:
        raise InputError(
            f"{len(material.events):,} events, and a page that stands alone holds {MOST_EVENTS:,}",
            remedy="Narrow the period or the filters, or write .geojson, .gpkg or .parquet, which have no limit",
        )
    script, style = _script(), _style()
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    data = "\n".join(
        f'<script type="text/plain" id="{name}">{text}</script>' for name, text in content.carried(material).items()
    )
    settings = {"home": content.home(material), "window": content.window(material), "attribution": GROUND}
    return (
        (ASSETS / "page.html")
        .read_text(encoding="utf-8")
        .format(
            policy=policy,
            title=safe_text(material.title),
            words=safe_text(f"{describe(material.query, material.zone_names)} · {counted(material)}"),
            method="".join(f"<p>{safe_text(part)}</p>" for part in METHOD),
            record="".join(f"<dt>{safe_text(name)}</dt><dd>{safe_text(value)}</dd>" for name, value in _told(material)),
            settings=_json(settings),
            query=_json({**query_record(material), "format": "html"}),
            data=data,
            style=style,
            script=script,
        )
    )


def record_in(page: str) -> dict[str, Any] | None:
    """Read the record of a page; None for a page without one of ours."""
    from geo.export.record import parse

    found = re.search(r'<script type="application/json" id="query">([^<]*)</script>', page)
    return parse(found[1]) if found else None


def _told(material: Material) -> list[tuple[str, str]]:
    told = record(material.events, material.query, "html", material.about)
    return [
        ("Made with", str(told["software"])),
        ("Day", str(told["exported"] or "not told")),
        ("Data", str(told["data"] or "not told")[:16]),
        ("Credits", ATTRIBUTION),
    ]


def _script() -> str:
    leaflet = FOLDER / "vendor" / "leaflet" / "leaflet.js"
    # Its last line names a file for debuggers, which they would ask for.
    library = re.sub(r"^//# sourceMappingURL=.*$", "", leaflet.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return f"{inlined(library, leaflet)}\n{bundle(ASSETS / 'start.js')}"


def _style() -> str:
    text = "\n".join(path.read_text(encoding="utf-8") for path in _STYLES).replace("\r\n", "\n")
    # Pictures of Leaflet's that nothing here uses; they would be asked for beside this file.
    text = _PICTURES.sub("", text)
    return text.replace("</", "<\\/")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


def _json(value: Any) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c").replace("\r", "\\r")
