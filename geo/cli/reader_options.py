"""Which reader reads the articles, as command line options. The project's own rules unless another is chosen."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError
from geo.extractors import DEFAULT, EXTRACTORS, open_extractor

if TYPE_CHECKING:
    from geo.extractors import Extractor

_OPTIONS: Final[dict[str, dict[str, str]]] = {
    "rules": {},
    "spacy": {"spacy_pipeline": "pipeline"},
    "model": {
        "model": "model",
        "endpoint": "endpoint",
        "price_in": "price_in",
        "price_out": "price_out",
        "model_timeout": "timeout_s",
        "temperature": "temperature",
    },
}
"""Options of each reader: as the command line has them, and as the reader has."""


def add_reader_options(parser: argparse.ArgumentParser) -> None:
    """Declare which reader is used, and what each wants to know."""
    group = parser.add_argument_group("reader", "Who reads the articles. Only 'model' sends them anywhere.")
    group.add_argument(
        "--reader",
        choices=sorted(EXTRACTORS),
        help="rules (default), an installed spaCy pipeline, or a model behind an OpenAI-compatible endpoint",
    )
    group.add_argument("--spacy-pipeline", metavar="NAME", help="installed pipeline or its folder (en_core_web_sm)")
    group.add_argument("--endpoint", metavar="URL", help="base address of the model's service; https, or this machine")
    group.add_argument("--model", metavar="NAME", help="name of the model; the key comes from BORDERLINES_MODEL_KEY")
    group.add_argument("--price-in", type=_price, metavar="N", help="price of a million tokens sent, to tell the cost")
    group.add_argument("--price-out", type=_price, metavar="N", help="price of a million tokens received")
    group.add_argument("--model-timeout", type=_seconds, metavar="S", help="seconds for one whole answer (120)")
    group.add_argument(
        "--temperature", type=_temperature, metavar="T", help="0 (default) to 2, or 'none' for models that take none"
    )


def choice_of(options: argparse.Namespace) -> tuple[str, tuple[tuple[str, Any], ...]]:
    """Give the chosen reader's name and options.

    Raises
    ------
    InputError
        An option belongs to another reader, or one is missing.
    """
    name = options.reader or DEFAULT
    for other, names in _OPTIONS.items():
        for option in names if other != name else ():
            if getattr(options, option) is not None:
                raise InputError(f"--{option.replace('_', '-')} is for --reader {other}", remedy="Give both or neither")
    if name == "model" and (missing := [o for o in ("endpoint", "model") if not getattr(options, o)]):
        raise InputError(
            f"--reader model needs --{' and --'.join(missing)}",
            remedy="Nothing is sent anywhere you did not name: --endpoint https://models.example.org/v1 --model NAME",
        )
    given = {key: getattr(options, option) for option, key in _OPTIONS[name].items()}
    if given.get("temperature") == "none":
        given["temperature"] = None
        return name, tuple((k, v) for k, v in given.items() if v is not None or k == "temperature")
    return name, tuple((key, value) for key, value in given.items() if value is not None)


def reader_of(options: argparse.Namespace) -> Extractor | None:
    """Make the reader that the options choose; None where they choose none.

    Raises
    ------
    InputError
        As :func:`choice_of`, or it cannot be made.
    """
    name, given = choice_of(options)
    return None if options.reader is None else open_extractor(name, given)


def _price(text: str) -> float:
    return _between(text, 0.0, 100_000.0)


def _seconds(text: str) -> float:
    return _between(text, 1.0, 3600.0)


def _temperature(text: str) -> float | str:
    return "none" if text == "none" else _between(text, 0.0, 2.0)


def _between(text: str, low: float, high: float) -> float:
    value = float(text)
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"{text} is not between {low:g} and {high:g}")
    return value
