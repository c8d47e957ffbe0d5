"""Reads by asking a model behind an OpenAI-compatible endpoint of the user's choice.

The model says what happened, in a form of ours and in words of the article. Each quote must stand in the article or the
event is refused; places come from our gazetteer, names of actors from our lists, days and counts are checked.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo import paths
from geo.annotate import annotate
from geo.annotate.toponyms.marks import Marks
from geo.coding import code
from geo.errors import InputError, ReaderError
from geo.extractors import question
from geo.extractors.answers import Answers
from geo.extractors.claims import Checker, Claim
from geo.extractors.coded import coded
from geo.extractors.endpoint import KEY, TIMEOUT_S, Endpoint
from geo.extractors.finding import Finder
from geo.extractors.pieces import pieces
from geo.extractors.told import Teller
from geo.geocoders.unpack import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

    from geo.annotate.fallback import Fallback
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Annotation, Article, Report

PIECE: Final = 12_000
"""Characters of an article in one request: some 3,000 tokens."""
LEAST_PIECE: Final = 1_000
"""A piece this short whose answer was cut off is not cut further."""
MAX_PIECES: Final = 60
"""Requests for one article at most."""
TOLD: Final = 20
"""Refusals named one by one."""


class ModelExtractor:
    """Asks a model for the events of an article.

    Parameters
    ----------
    endpoint : str
        Base address of an OpenAI-compatible service, as "https://models.example.org/v1".
    model : str
        As that service calls it.
    price_in, price_out : float, optional
        Price of a million tokens sent and received, in the user's currency, to tell the cost.
    timeout_s : float, optional
        Seconds for one whole answer.
    temperature : float or None, default 0
        None leaves it to the endpoint.
    answers : Path, optional
        SQLite file of remembered answers; by default in the user's cache folder.

    Raises
    ------
    InputError
        The address may not be used.

    Examples
    --------
    >>> ModelExtractor(endpoint="http://localhost:8000/v1", model="some-model").name  # doctest: +SKIP
    'model'
    """

    name = "model"
    shared = True

    def __init__(
        self,
        *,
        endpoint: str,
        model: str,
        price_in: float | None = None,
        price_out: float | None = None,
        timeout_s: float = TIMEOUT_S,
        temperature: float | None = 0.0,
        answers: Path | None = None,
    ) -> None:
        if not model.strip() or not model.isprintable():
            raise InputError(
                f"{model[:80]!r} is no name of a model", remedy="Give it with --model, as the service has it"
            )
        self.model, self.endpoint = model.strip(), Endpoint(endpoint, timeout_s=timeout_s)
        self.version = f"model:{self.model}@{self.endpoint.host}".replace("+", "_").replace("#", "_") + f"#{_digest()}"
        self._prices, self._temperature = (price_in, price_out), temperature
        self._answers = Answers(answers or cache_folder() / "model-answers.sqlite")
        self._lock = threading.Lock()
        self._remembered = self._events = 0
        self._refused: list[str] = []

    def read(
        self, article: Article, *, gazetteer: Gazetteer, fallback: Fallback | None = None
    ) -> tuple[Annotation, tuple[Report, ...]]:
        """Ask for the events of one article, check them, place them; only the asking runs beside other articles."""
        with self._lock:
            plain = annotate(article, gazetteer=gazetteer)
        parts = list(pieces(article.text, PIECE))
        if len(parts) > MAX_PIECES:
            raise InputError(
                f"the article is longer than {PIECE * MAX_PIECES:,} characters, more than is sent to a model",
                path=article.path,
                line=article.line,
                remedy="Cut it into articles, or read it by rules",
            )
        found = [(piece, event) for part in parts for piece, event in self._asked(plain.article, part)]
        with self._lock:
            claims = self._claims(plain, found)
            spans = {claim.place: f"{self.model} names it" for claim in claims if claim.place is not None}
            marked = annotate(article, gazetteer=gazetteer, marks=Marks(spans)) if spans else plain
            told = replace(
                marked,
                toponyms=tuple(
                    replace(t, reason=f"{t.reason}; {self.model} names it")
                    if any(start < t.end and t.start < end for start, end in spans)
                    else t
                    for t in marked.toponyms
                ),
            )
            return coded(told, lambda seen: self._reports(seen, claims), gazetteer=gazetteer, fallback=fallback)

    def notice(self) -> str:
        """Say what is sent, and to whom."""
        key = f"with the key in {KEY}" if self.endpoint.has_key else f"without a key (none in {KEY})"
        return f"the text of every article to be read is sent to {self.endpoint.host}, model {self.model}, {key}"

    def notes(self) -> tuple[str, ...]:
        """Say what was asked, what it cost, and which events were refused."""
        spent, told = self.endpoint.spent, []
        if spent.answers or self._remembered or spent.retries:
            told.append(
                f"{self.model} at {self.endpoint.host}: {spent.answers} answers ({spent.retries} tried again, "
                f"{self._remembered} remembered from before), {spent.tokens_in:,} tokens sent, "
                f"{spent.tokens_out:,} received{self._cost()}"
            )
        if spent.untold:
            told.append(f"{spent.untold} answers did not say how many tokens they took; the cost is higher than told")
        if self._refused:
            told.append(f"{len(self._refused)} of {self._events} events of the model were refused")
            told += self._refused[:TOLD]
            if len(self._refused) > TOLD:
                told.append(f"and {len(self._refused) - TOLD} more refusals")
        return tuple(told)

    def _cost(self) -> str:
        spent, (price_in, price_out) = self.endpoint.spent, self._prices
        if price_in is None and price_out is None:
            return "; give --price-in and --price-out to see the cost"
        cost = (spent.tokens_in * (price_in or 0.0) + spent.tokens_out * (price_out or 0.0)) / 1_000_000
        return f"; cost {cost:,.4f} at {price_in or 0:g} and {price_out or 0:g} a million tokens"

    def _asked(self, article: Article, part: tuple[int, int]) -> list[tuple[tuple[int, int], dict[str, Any]]]:
        """Give the events of one piece; one whose answer was cut off is asked in shorter ones."""
        body = question.body(
            self.model,
            article.text[part[0] : part[1]],
            title=article.title,
            published=article.published,
            temperature=self._temperature,
        )
        if (kept := self._answers.get(self.endpoint.url, body)) is not None:
            with self._lock:
                self._remembered += 1
            return [(part, event) for event in question.events(kept)]
        try:
            found, content = self._answered(body)
        except _CutOffError:
            if part[1] - part[0] <= LEAST_PIECE:
                raise
            halves = pieces(article.text[part[0] : part[1]], (part[1] - part[0]) * 2 // 3)
            shifted = [(part[0] + start, part[0] + end) for start, end in halves]
            return [item for half in shifted for item in self._asked(article, half)]
        self._answers.keep(self.endpoint.url, body, content)
        return [(part, event) for event in found]

    def _answered(self, body: dict[str, Any]) -> tuple[list[dict[str, Any]], str]:
        """Ask, and once more where the answer is not of the form."""
        for last in (False, True):
            content = _content(self.endpoint.ask(body), self.model)
            try:
                return question.events(content), content
            except ReaderError:
                if last:
                    raise
                self.endpoint.spent.again()
        raise AssertionError("the loop returns or raises")

    def _claims(self, plain: Annotation, found: list[tuple[tuple[int, int], dict[str, Any]]]) -> list[Claim]:
        article = plain.article
        finder, claims = Finder(article.text), list[Claim]()
        for piece, event in found:
            checker = Checker(finder, sentences=plain.sentences, piece=piece, published=article.published)
            self._events += 1
            try:
                claims.append(checker.claim(event))
            except InputError as problem:
                self._refused.append(f"refused in {article.id}: {event['sub_event_type']}, {problem.problem}")
        return claims

    def _reports(self, annotation: Annotation, claims: list[Claim]) -> tuple[Report, ...]:
        teller = Teller(annotation, code(annotation), self.model)
        made: dict[str, Report] = {}
        for claim in claims:
            report = teller.report(claim)
            made.setdefault(report.id, report)
        return tuple(made.values())


class _CutOffError(ReaderError):
    """The answer ended before it was whole."""


def _content(answer: dict[str, Any], model: str) -> str:
    """Take the words out of a chat completion."""
    choices = answer.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    if not isinstance(message, dict):
        raise ReaderError(f"{model} sent something else than a chat completion")
    if message.get("refusal"):
        raise ReaderError(f"{model} refused to answer")
    if choice.get("finish_reason") == "length":
        raise _CutOffError(f"{model} broke off its answer, even to a short piece of the article")
    if choice.get("finish_reason") == "content_filter":
        raise ReaderError(f"the service of {model} filtered the answer")
    content = message.get("content")
    if not isinstance(content, str):
        raise ReaderError(f"{model} sent an answer without text")
    return content


def _digest() -> str:
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted((paths.CODE / "extractors").glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
