"""Every regular expression of the project against text made to hold it up: time grows with the length, no faster."""

import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from pathlib import Path

import pytest

import geo
from geo import sources
from geo.coding.patterns import Pattern

ROOT = Path(__file__).resolve().parent.parent
SMALL, LARGE = 1_000, 8_000
NOTHING_S = 0.15
"""A text of the larger size that takes less is no trouble, however it grew."""
STEEPEST = 3.0 * LARGE / SMALL
"""Linear is 8 times the time for 8 times the text; quadratic would be 64."""
HARMLESS_S = 0.002
"""What takes less on the smaller text cannot take long on the larger, unless it grows faster than a square."""
ENDLESS_S = 5.0
ASKED_OF_RE = {"compile", "search", "match", "fullmatch", "split", "sub", "subn", "findall", "finditer"}
WINDOWED = {
    ("geo.annotate.actors.shapes", "_APPOSED_TO"): 200,
    ("geo.annotate.actors.shapes", "_JOINED"): 200,
    ("geo.annotate.sentences", "_LAST_WORD"): 200,
    ("geo.annotate.dates.join", "_RANGE"): 200,
}
"""Patterns that are only ever shown a short piece of the text, and how many characters: there a square is harmless."""
UNITS = [
    *("a", "A", "1", " ", "\t", ".", ",", "-", "(", ")", "[", "<", "=", "'", '"', "*", "_", "#", "/", ":", "\\", "ل"),
    *("a ", "A ", "Aa ", "1 ", "a, ", "Aa, ", "a-", "a.", "A. ", "1,", "1.", "12 ", "a1", "\n", "\n\n", " \n", "a\n"),
    *("a and ", "the a ", "a of ", "in the ", "--", "**a", "[a](", "![", "<a", "<meta ", "%a", "a@", "http://a.", "é"),
]


def literal(node: ast.AST) -> str | bytes | None:
    try:
        value = ast.literal_eval(node)  # type: ignore[arg-type]
    except ValueError:
        return None
    return value if isinstance(value, str | bytes) else None


def written() -> set[tuple[str | bytes, int]]:
    """Find what the code hands to re as a literal, wherever in it."""
    found = set()
    for file in (ROOT / "geo").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            module = node.func.value
            asked = isinstance(module, ast.Name) and module.id == "re" and node.func.attr in ASKED_OF_RE
            if asked and (text := literal(node.args[0])) is not None:
                found.add((text, 0))
    return found


def held(thing: object, seen: set[int], depth: int = 0) -> set[re.Pattern]:
    """Find the patterns in a value, in what it holds, and in what that holds."""
    if isinstance(thing, re.Pattern):
        return {thing}
    if id(thing) in seen or depth > 4:
        return set()
    seen.add(id(thing))
    inner: list[object] = []
    if isinstance(thing, dict):
        inner = [*thing.keys(), *thing.values()][:5_000]
    elif isinstance(thing, list | tuple | set | frozenset):
        inner = list(thing)[:5_000]
    elif (thing if isinstance(thing, type) else type(thing)).__module__.startswith("geo.") and hasattr(
        thing, "__dict__"
    ):
        inner = list(vars(thing).values())
    return set().union(*(held(one, seen, depth + 1) for one in inner))


def loaded() -> set[re.Pattern]:
    """Import every module, read one article so that lists are made into patterns, and find all of them."""
    from geo.pipeline import open_resources, read_article
    from geo.readers import READERS, page, rules  # noqa: F401 - rules are compiled when a page is read

    (article,) = READERS[".txt"](
        b"Shells hit Kobani on Monday, 3 October 2019, and killed two civilians.\n", Path("x.txt")
    )
    read_article(article, open_resources())
    for module in pkgutil.walk_packages(geo.__path__, "geo."):
        if not module.name.startswith(("geo.ui", "geo.builddata")) and "__main__" not in module.name:
            importlib.import_module(module.name)
    seen: set[int] = set()
    found = set()
    for name, module in sorted(sys.modules.items()):
        if name == "geo" or name.startswith("geo."):
            for value in list(vars(module).values()):
                found |= held(value, seen)
                if (
                    hasattr(value, "cache_info")
                    and not getattr(value, "__code__", None)
                    and value.cache_info().currsize
                ):
                    try:
                        found |= held(value(), seen)
                    except TypeError:
                        continue  # It wants arguments.
    return found


def every() -> dict[str, re.Pattern]:
    patterns = {(p.pattern, p.flags): p for p in loaded()}
    for text, flags in written():
        compiled = re.compile(text, flags)
        patterns.setdefault((compiled.pattern, compiled.flags), compiled)
    for name in sources.load("coding_patterns.yaml")["patterns"]:
        compiled = Pattern(name).compiled
        patterns.setdefault((compiled.pattern, compiled.flags), compiled)
    ours = {key: p for key, p in patterns.items() if p.pattern}
    return {f"{str(p.pattern)[:50]}-{n}": p for n, (_, p) in enumerate(sorted(ours.items(), key=lambda kv: str(kv[0])))}


def units_of(pattern: re.Pattern) -> list[str]:
    """Give what to repeat: signs that trouble any pattern, and the pattern's own words."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = list(dict.fromkeys(re.findall(r"(?<!\\)[^\W\d_]{2,12}", text)))[:12]
    return [*UNITS, *(f"{word} " for word in own), *own[:6], " ".join(own[:3]) + " "]


def seconds(pattern: re.Pattern, text: str) -> float:
    data = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
    begun = time.process_time()
    for _ in pattern.finditer(data):
        pass
    pattern.match(data)
    return time.process_time() - begun


def grows_too_fast(pattern: re.Pattern) -> str | None:
    for unit in units_of(pattern):
        small, large = (unit * (size // len(unit)) + "!" for size in (SMALL, LARGE))
        first = seconds(pattern, small)
        if first < HARMLESS_S or (long := seconds(pattern, large)) < NOTHING_S:
            continue
        # Once more, the best of several: another process may have had the processor's cache.
        short = min(first, *(seconds(pattern, small) for _ in range(3)))
        long = min(long, seconds(pattern, large))
        if long > NOTHING_S and long > STEEPEST * short:
            return f"{unit!r} * n: {short:.4f} s for {SMALL}, {long:.4f} s for {LARGE}"
    return None


@pytest.fixture
def alarm():
    """Break off a search that does not end; re looks for signals while it searches."""

    def ring(*_: object) -> None:
        raise TimeoutError("does not end")

    before = signal.signal(signal.SIGALRM, ring)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_every_pattern_takes_time_by_the_length_of_the_text_only(alarm):
    patterns, wrong = every(), {}
    windowed = {getattr(importlib.import_module(module), name).pattern for module, name in WINDOWED}
    patterns = {name: pattern for name, pattern in patterns.items() if pattern.pattern not in windowed}
    for name, pattern in patterns.items():
        signal.setitimer(signal.ITIMER_REAL, 12 * ENDLESS_S)
        try:
            told = grows_too_fast(pattern)
        except TimeoutError:
            told = "does not end"
        if told:
            wrong[name] = told
    assert len(patterns) > 150
    assert not wrong, "\n".join(f"{name}: {told}" for name, told in wrong.items())


@pytest.mark.parametrize(("module", "name"), WINDOWED)
def test_a_pattern_of_short_pieces_is_fast_on_them(module: str, name: str):
    pattern = getattr(importlib.import_module(module), name)
    for unit in units_of(pattern):
        text = unit * (WINDOWED[module, name] // len(unit)) + "!"
        assert min(seconds(pattern, text) for _ in range(3)) < 0.02


@pytest.mark.parametrize("bad", [r"(\w+\s?)+:$", r"a*a*a*b", r"(a|aa)+$", r"(?:the|a)*.*.*x$"])
def test_the_check_finds_what_it_is_for(bad: str, alarm):
    signal.setitimer(signal.ITIMER_REAL, 1.0 * ENDLESS_S)
    try:
        told = grows_too_fast(re.compile(bad))
    except TimeoutError:
        told = "does not end"
    assert told
