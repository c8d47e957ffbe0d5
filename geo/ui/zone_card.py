"""What a zone is, on a card: who holds it, when it was in force, what it rests on, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.layers._base import safe_text
from geo.query.words import period_words
from geo.ui.links import linked
from geo.zones import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.zones import BuiltZone, CheckRow, Source, Zone

KIND_WORDS = {"deescalation_zone": "de-escalation zone"}
"""Kinds that are not read aloud as they are written."""
_FIGURES = {
    "area_km2": ("Area", "km²"),
    "length_km": ("Length", "km"),
    "depth_km": ("Depth", "km"),
    "radius_km": ("Radius", "km"),
}


def zone_card(built: BuiltZone, names: Mapping[str, str]) -> str:
    """Make the HTML of a zone's card.

    Parameters
    ----------
    built : BuiltZone
    names : mapping of str to str
        Name of each zone by its id.

    Returns
    -------
    str
        HTML in which every word of the definition is escaped.
    """
    zone = built.zone
    rows = [("In force", safe_text(validity_words(zone)))]
    if zone.active:
        rows.append(("Active", "<br>".join(safe_text(period_words(span)) for span in zone.active)))
    if zone.parties:
        rows.append(("Parties", "<br>".join(_party(party.name, party.start, party.end) for party in zone.parties)))
    if zone.parent:
        rows.append(("Part of", safe_text(names.get(zone.parent, zone.parent))))
    for part in built.parts:
        since = f", {safe_text(period_words(part.zone.valid))}" if built.versions else ""
        rows += [(_FIGURES[figure][0] + since, words) for figure, words in _figures(part)]
    rows.append(
        ("How sure", f"dates {safe_text(zone.confidence_dates)}, outline {safe_text(zone.confidence_geometry)}")
    )
    if zone.aliases:
        rows.append(("Also called", ", ".join(f"<bdi>{safe_text(name)}</bdi>" for _, name in zone.aliases)))
    told = "".join(f"<dt>{label}</dt><dd>{words}</dd>" for label, words in rows)
    return (
        f'<div class="bl-card"><h2>{safe_text(zone.name)}</h2>'
        f'<div class="bl-note">{safe_text(kind_words(zone.kind))}</div>'
        f"{_unconfirmed(zone)}<p>{safe_text(zone.definition)}</p><dl>{told}</dl>{_sources(zone.sources)}</div>"
    )


def kind_words(kind: str) -> str:
    """Say a kind of zone: "operation area"."""
    return KIND_WORDS.get(kind, kind.replace("_", " "))


def validity_words(zone: Zone) -> str:
    """Say over which days a zone was in force."""
    if zone.valid == (None, None):
        return "at all times" if zone.is_province else "no limits in time given"
    return period_words(zone.valid)


def _party(name: str, first: object, last: object) -> str:
    span = "" if first is None and last is None else f" ({period_words((first, last))})"  # type: ignore[arg-type]
    return safe_text(f"{name}{span}")


def _unconfirmed(zone: Zone) -> str:
    if not zone.unconfirmed:
        return ""
    what = " and ".join({"geometry": "outline"}.get(part, part) for part in zone.unconfirmed)
    return f'<p class="bl-unsure">Not confirmed by a source that was looked up: its {safe_text(what)}.</p>'


def _figures(built: BuiltZone) -> Iterable[tuple[str, str]]:
    """Each figure that is computed or published, the two side by side."""
    published: dict[str, CheckRow] = {row.figure: row for row in check({built.zone.id: built})}
    notes = []
    for figure, (_, unit) in _FIGURES.items():
        computed, row = getattr(built, figure), published.get(figure)
        if computed is None and row is None:
            continue
        words = f"{_number(computed)} {unit} as drawn here" if computed is not None else "not computed"
        if row is not None:
            low, high = row.published
            span = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
            words += f"; published: {span} {unit} ({_agreement(row)})"
            notes.append(row.note)
        note = next((n for n in notes if n), None)
        notes.clear()
        yield figure, safe_text(words) + (f'<div class="bl-note">{safe_text(note)}</div>' if note else "")


def _agreement(row: CheckRow) -> str:
    if row.off_pct is None:
        return "cannot be compared"
    return "agrees" if row.off_pct == 0 else f"ours is {abs(row.off_pct):g} % {'above' if row.off_pct > 0 else 'below'}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.1f}"


def _sources(sources: Iterable[Source]) -> str:
    items = "".join(
        f"<li>{linked(s.title, s.url)} — {safe_text(s.publisher)}{safe_text(f', {s.date}' if s.date else '')}</li>"
        for s in sources
    )
    return f'<div class="bl-zones">Sources<ul>{items}</ul></div>' if items else ""
