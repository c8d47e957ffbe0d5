"""Turns a place name into a key, so that the many spellings of one name meet.

Two keys. :func:`fold` takes away only what no reader would call a difference: case, accents, hyphens, apostrophes,
ʿayn and hamza, the shape of Arabic letters, and the assimilated article ("Ar-Raqqa" is "al-Raqqa"). :func:`skeleton`
goes on to what transliteration does to Arabic, Kurdish and Turkish names: it drops the article and the vowels and
joins consonants that are written for one another. It is for the theatre only, and always scored below an exact key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole although a reader takes them for another, and Arabic letters that typists exchange.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
        "ħ": "h",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ے": "ي",
        "ک": "ك",
        "ة": "ه",
        "ە": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ٱ": "ا",
        "ء": "",
        "ـ": "",
    }
)
_QUOTES = re.compile("[\u0027\u0060\u00b4\u02b0-\u02ff\u2018-\u201b\u2032\u2035\u055a\ua78b\ua78c]")
"""Apostrophes and everything used for ʿayn and hamza: they bind a word, they do not part it."""
_WORDS = re.compile(r"[^\W_]+")
_ARABIC_LETTER = re.compile("[\u0621-\u06ff]")

_ARTICLES = frozenset({"al", "el", "ul", "il", "ol"})
_SUN = ("sh", "th", "dh", "d", "t", "s", "z", "n", "r", "l", "j")
_SUN_VOWELS = "aeui"
MIN_ARABIC = 3
"""Arabic letters that must be left after the article is taken off, so that الله stays whole."""


def _words(name: str) -> list[str]:
    """Split into folded words: no case, no marks, no apostrophes; ç and ş kept apart by the caller if wanted."""
    plain = _QUOTES.sub("", name).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_LETTERS)
    return _WORDS.findall(plain)


def _is_article(word: str, following: str) -> bool:
    """Tell whether `word` is the Arabic article before `following`, plain or assimilated to its sun letter."""
    if word in _ARTICLES:
        return True
    if len(word) < 2 or word[0] not in _SUN_VOWELS or word[1:] not in _SUN:
        return False
    return following.startswith(word[1:])


def _joined(words: list[str]) -> str:
    """Join words to one key, every article written "al" and the Arabic-script article left out."""
    parts = []
    for position, word in enumerate(words):
        if word.startswith("ال") and len(word) >= 2 + MIN_ARABIC:
            parts.append(word[2:])
        elif position + 1 < len(words) and word not in _ARTICLES and _is_article(word, words[position + 1]):
            parts.append("al")
        else:
            parts.append(word)
    return "".join(parts)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Key under which a name is found exactly.

    Parameters
    ----------
    name : str
        A place name in any script.

    Returns
    -------
    str
        Lower-case letters and digits only; empty if the name has none.

    Examples
    --------
    >>> fold("Ra’s al-‘Ayn") == fold("Ras al Ayn") == "rasalayn"
    True
    >>> fold("Serêkaniyê"), fold("Kamışlı"), fold("Ar-Raqqa")
    ('serekaniye', 'kamisli', 'alraqqa')
    """
    return _joined(_words(name))


@lru_cache(maxsize=65536)
def without_article(name: str) -> str | None:
    """Exact key of a name that begins with the Arabic article, without it.

    Parameters
    ----------
    name : str
        A place name.

    Returns
    -------
    str or None
        The key; None if the name does not begin with the article.

    Examples
    --------
    >>> without_article("al-Hasakah"), without_article("Alanya")
    ('hasakah', None)
    """
    words = _words(name)
    if len(words) < 2 or not _is_article(words[0], words[1]):
        return None
    return _joined(words[1:])


# --------------------------------------------------------------------------------------------------- the looser key

_TURKISH = str.maketrans({"ş": "sh", "ç": "ch", "ğ": "gh", "Ş": "sh", "Ç": "ch", "Ğ": "gh"})
"""Letters whose mark is a consonant of its own; folded away, they would turn sh into s."""
_ATTACHED = re.compile("\\b([AaEe]l)[\u0027\u2018\u2019\u02bf\u02bb]")
"""An article written together with the ʿayn of its word: "Haran Al'awameed"."""
_GROUPS = (("tch", "j"), ("sh", "x"), ("ch", "j"), ("gh", "g"), ("ph", "f"), ("mb", "nb"))
_DOUBTFUL = ((("kh", "h"), ("dh", "d"), ("th", "t")), (("kh", "k"), ("dh", "d"), ("th", "d")))
"""Digraphs for Arabic letters that Turkish, Kurdish and hasty spellers write in one of two ways."""
_CLASSES = str.maketrans({"c": "j", "q": "k", "z": "d", "p": "b"})
_VOWELS = frozenset("aeiouywv")
_DOUBLED = re.compile(r"([dgkst])\1h")
"""A doubled digraph of which only the first letter is written twice: "Basshar" for "Bashshar"."""
_AFTER_CONSONANT = re.compile(r"(?<=[^aeiouywvh])h+")
MIN_ATTACHED = 5
"""Letters a word must have more than for a leading "el" to be taken for the article."""
MIN_STEM = 3
"""Letters a word must have more than before its ending is taken off."""
MIN_SKELETON = 2
"""Consonants below which a skeleton says nothing."""
_MEANINGS = {
    "eastern": "sharqi",
    "western": "gharbi",
    "northern": "shamali",
    "southern": "janubi",
    "upper": "fawqani",
    "lower": "tahtani",
    "big": "kabir",
    "great": "kabir",
    "greater": "kabir",
    "little": "saghir",
    "small": "saghir",
}
"""Adjectives that an English text translates and puts first, as they stand in Arabic: last."""
_NOUNS = {"castle": "qalat", "mountain": "jabal", "village": "qaryat", "monastery": "dayr", "spring": "ayn"}
"""Nouns that an English text translates and puts last, as they stand in Arabic: first."""
_OFFICES = frozenset({"markaz", "nahiyat", "nahiyah", "nahiya", "mantiqat", "madinat", "qada", "qaza", "merkez"})
"""What an office calls the seat of a division; never part of its name."""


def _translated(words: list[str]) -> list[str]:
    """Give words that an English text has translated their Arabic form and place."""
    if len(words) > 1 and words[0] in _MEANINGS:
        words = [*words[1:], _MEANINGS[words[0]]]
    if len(words) > 1 and words[-1] in _NOUNS:
        words = [_NOUNS[words[-1]], *words[:-1]]
    return [word for word in words if word not in _OFFICES] or words


def _bare(name: str) -> list[str]:
    """Split a name into its words without articles, an article written together with its word too."""
    words = _translated(_words(_ATTACHED.sub(r"\1 ", name).translate(_TURKISH)))
    kept = [
        word for place, word in enumerate(words) if place + 1 == len(words) or not _is_article(word, words[place + 1])
    ]
    # Only after the first word: there "El..." and "Al..." begin many a name that has no article.
    return [_detached(word) if place else word for place, word in enumerate(kept)]


def _detached(word: str) -> str:
    """Take off an article written together with its word: "Elmashayekh", "Ezzor"."""
    if word.startswith("el") and len(word) > MIN_ATTACHED:
        return word[2:]
    return word[2:] if len(word) > MIN_STEM and word[0] in _SUN_VOWELS and word[1] == word[2] else word


def _consonants(word: str, doubtful: tuple[tuple[str, str], ...]) -> str:
    """Reduce one word to its consonants in classes."""
    # A final h is the ta marbuta ("Hasakah", "Hasakeh", "Hasaka"), never a consonant that tells names apart.
    stem = word[:-1] if len(word) > MIN_STEM and word.endswith(("ah", "eh")) else word
    stem = _DOUBLED.sub(r"\1h", stem.replace("x", "kh"))
    for written, letter in (*_GROUPS, *doubtful):
        stem = stem.replace(written, letter)
    stem = _AFTER_CONSONANT.sub("", stem.translate(_CLASSES))
    kept: list[str] = []
    for position, letter in enumerate(stem):
        if letter in _VOWELS and not (position == 0 and letter in "wvy"):
            continue
        letter = "w" if letter == "v" else letter
        if not kept or kept[-1] != letter:
            kept.append(letter)
    return "".join(kept)


@lru_cache(maxsize=65536)
def skeletons(name: str) -> tuple[str, ...]:
    """Looser keys for names of the theatre in Latin script; two spellings of a name share at least one.

    Parameters
    ----------
    name : str
        A place name.

    Returns
    -------
    tuple of str
        Consonants without article, vowels, doubling and final h, one key per way to read kh and th. Empty where too
        little is left or the name is not in Latin script.
    """
    words = _bare(name)
    if not all(word.isascii() for word in words):
        return ()
    keys: list[str] = []
    for doubtful in _DOUBTFUL:
        key = ""
        for part in (_consonants(word, doubtful) for word in words):
            # Doubling is lost across words too: "Tal Lahm" is written "Tallahm".
            key += part[1:] if key and part and key[-1] == part[0] else part
        if len(key) >= MIN_SKELETON and key not in keys:
            keys.append(key)
    return tuple(keys)


def skeleton(name: str) -> str:
    """First of the looser keys of a name.

    Parameters
    ----------
    name : str
        A place name.

    Returns
    -------
    str
        See :func:`skeletons`; empty if there is none.

    Examples
    --------
    >>> skeleton("Jarablus") == skeleton("Jarābulus") == skeleton("Cerablus")
    True
    >>> skeleton("Deir ez-Zor") == skeleton("Dayr az Zawr"), skeleton("Tel Abiad") == skeleton("Tall Abyaḑ")
    (True, True)
    """
    return next(iter(skeletons(name)), "")


_FINAL = re.compile(r"[ae]h?\Z")
_SOUNDS = str.maketrans({"e": "i", "y": "i", "o": "u", "w": "u", "v": "u", "q": "k", "c": "j", "z": "d"})


@lru_cache(maxsize=65536)
def spelling(name: str) -> str:
    """Write a name by its sound, without article, to measure how alike two spellings with one skeleton are.

    Parameters
    ----------
    name : str
        A place name.

    Returns
    -------
    str
        Words joined, vowels in three classes, doubled letters once, no final -a, -ah, -eh.

    Examples
    --------
    >>> spelling("Ras al-Ain"), spelling("Ra’s al ‘Ayn")
    ('rasain', 'rasain')
    """
    text = "".join(_FINAL.sub("", word) if len(word) > MIN_STEM else word for word in _bare(name))
    kept: list[str] = []
    for letter in text.translate(_SOUNDS):
        if not kept or kept[-1] != letter:
            kept.append(letter)
    return "".join(kept)
