import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.layers._base import safe_text

PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "${alert(1)}",
    r"\x3cimg src=x onerror=alert(1)\x3e",
    "`+alert(1)+`",
    "</script><script>alert(1)</script>",
    "\\",
    "a\u2028b",
    "'-alert(1)-'",
    '" onmouseover="alert(1)',
    "{{7*7}}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_lose_every_sign_that_means_something(payload):
    safe = safe_text(payload)
    assert not set(safe) & set("<>\"'`$\\{}\u2028\u2029")
    assert html.unescape(safe) == payload


@given(st.text())
def test_any_text_is_shown_as_it_is_and_holds_no_sign(text):
    safe = safe_text(text)
    assert not set(safe) & set("<>\"'`$\\{}\u2028\u2029\0")
    assert html.unescape(safe) == text.replace("\0", "\ufffd")


def test_nothing_is_nothing():
    assert safe_text(None) == ""
    assert safe_text(3) == "3"
