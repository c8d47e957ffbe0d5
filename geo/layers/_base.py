r"""What every way of drawing shares: the one function that lets foreign text into HTML or JavaScript.

folium puts popups, tooltips, layer names and attributions into JavaScript template literals, so ``html.escape`` alone
is not enough: ``${...}`` runs as code and ``\x3cimg ...\x3e`` turns into a tag after the escaping. Text from articles
therefore goes into markup through :func:`safe_text` only. Code that builds the page in the browser uses ``textContent``
and needs no escaping at all; prefer that.
"""

from __future__ import annotations

from typing import Final

_ENTITIES: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        # These four mean something inside a template literal or a string literal of JavaScript.
        "`": "&#96;",
        "$": "&#36;",
        "\\": "&#92;",
        "{": "&#123;",
        "}": "&#125;",
        # Line ends close a string literal; these two are line ends to JavaScript only.
        "\u2028": "&#8232;",
        "\u2029": "&#8233;",
        "\0": "\ufffd",
    }
)


def safe_text(text: object) -> str:
    r"""Write foreign text so that HTML and JavaScript string literals show it and never run it.

    Parameters
    ----------
    text : object
        Anything; ``None`` gives the empty string, the rest goes through ``str``.

    Returns
    -------
    str
        HTML with ``& < > " ' ` $ \ { }`` as entities. It may stand in an HTML text node, in a quoted attribute, and in
        a quoted or template literal of JavaScript whose value is used as HTML.

    Examples
    --------
    >>> safe_text("<b>${alert(1)}</b>")
    '&lt;b&gt;&#36;&#123;alert(1)&#125;&lt;/b&gt;'
    """
    return "" if text is None else str(text).translate(_ENTITIES)
