"""Asking a geocoder on the internet, as command line options. Nothing is asked unless they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.cli.console import complain
from geo.errors import InputError
from geo.geocoders import GEOCODERS

if TYPE_CHECKING:
    import argparse

    from geo.annotate.fallback import Fallback

OFFLINE = "gazetteer"
"""The geocoder that every reading uses anyway."""


def add_geocoder_options(parser: argparse.ArgumentParser) -> None:
    """Declare which geocoder is asked for names that the gazetteer does not have."""
    names = sorted(set(GEOCODERS) - {OFFLINE})
    parser.add_argument(
        "--geocoder",
        choices=names,
        help="ask this service on the internet for places of events that the gazetteer does not know (default: none)",
    )
    parser.add_argument(
        "--contact", metavar="E-MAIL", help="your address or page, told to that service as its terms ask"
    )
    parser.add_argument("--geocoder-url", metavar="URL", help="a server of your own that speaks as that service does")


def fallback_of(options: argparse.Namespace) -> Fallback | None:
    """Make the geocoder that the options choose; None where they choose none.

    Raises
    ------
    InputError
        The public service is asked for without saying who asks.
    """
    if options.geocoder is None:
        return None
    if not options.contact and not options.geocoder_url:
        remedy = "Say who asks: --contact me@example.org"
        raise InputError(f"--geocoder {options.geocoder} needs a contact", remedy=remedy)
    from geo.annotate.fallback import Fallback

    given = {"contact": options.contact, "url": options.geocoder_url}
    geocoder = GEOCODERS[options.geocoder](**{key: value for key, value in given.items() if value})
    return Fallback(options.geocoder, geocoder)


def tell(fallback: Fallback | None) -> None:
    """Say what a service did not answer."""
    if fallback is not None and fallback.error is not None:
        complain(fallback.trouble())
