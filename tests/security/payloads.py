"""Texts that want to run, to fetch or to be computed. Each is shown as it is, or the test fails.

One that runs sets the global :data:`MARKER` or opens a dialog; one that fetches asks :data:`FOREIGN`.
"""

from __future__ import annotations

MARKER = "blHacked"
FOREIGN = "http://payload.invalid"
_SET = f"window.{MARKER}=1;top.{MARKER}=1"
_CALL = "alert(1)"
_IMG = f"<img src=x onerror={_SET}>"

_MARKUP = (
    _IMG,
    f"<img/src='x'/onerror='{_CALL}'>",
    f'<img src="{FOREIGN}/p.png">',
    f"<svg onload={_SET}>",
    f"<svg><script>{_SET}</script></svg>",
    f"<svg><a xlink:href='javascript:{_CALL}'><text y=20>press</text></a></svg>",
    f"<svg><animate onbegin={_SET} attributeName=x dur=1s>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={_CALL}/>#x'/></svg>",
    f"<math><mi xlink:href='javascript:{_CALL}'>x</mi></math>",
    f"<script>{_SET}</script>",
    f"</script><script>{_SET}</script>",
    f"</style><script>{_SET}</script>",
    f"</title></textarea></noscript><script>{_SET}</script>",
    f"<!--><script>{_SET}</script>-->",
    f"<![CDATA[><script>{_SET}</script>]]>",
    f"<iframe src='javascript:parent.{MARKER}=1'></iframe>",
    f"<iframe srcdoc='<script>parent.{MARKER}=1</script>'></iframe>",
    f"<object data='{FOREIGN}/o.swf'></object><embed src='{FOREIGN}/e.swf'>",
    f"<body onload={_SET}>",
    f"<details open ontoggle={_SET}>",
    f"<input autofocus onfocus={_SET}>",
    f"<video><source onerror={_SET}></video>",
    f"<audio src={FOREIGN}/a.ogg onerror={_CALL} autoplay>",
    f"<marquee onstart={_SET}>x</marquee>",
    f"<form action='{FOREIGN}'><button formaction='javascript:{_CALL}'>press</button></form>",
    f"<meta http-equiv=refresh content='0;url={FOREIGN}/'>",
    f"<base href='{FOREIGN}/'>",
    f"<link rel=stylesheet href='{FOREIGN}/x.css'>",
    f"<style>@import '{FOREIGN}/x.css';</style>",
    f"<style>*{{background:url({FOREIGN}/b.png)}}</style>",
    f'<div style="background:url({FOREIGN}/c.png)">x</div>',
    f"<template><img src=x onerror={_SET}></template>",
)
_OUT_OF_ATTRIBUTES = (
    f'" onmouseover="{_SET}" x="',
    f"' onfocus='{_SET}' autofocus='",
    f'"><svg onload={_SET}>',
    f"'>{_IMG}",
    f"x` onclick=`{_SET}",
)
_ESCAPES = (
    f"\\x3cimg src=x onerror={_SET}\\x3e",
    f"\\u003cscript\\u003e{_SET}\\u003c/script\\u003e",
    f"&lt;img src=x onerror={_SET}&gt;",
    f"&#60;img src=x onerror={_SET}&#62;",
    f"&#x3c;script&#x3e;{_SET}&#x3c;/script&#x3e;",
    f"%3Cscript%3E{_SET}%3C/script%3E",
    f"＜script＞{_SET}＜/script＞",
    "a lone backslash \\",
)
_TEMPLATES = (
    f"${{{_SET}}}",
    f"`${{{_CALL}}}`",
    f"`;{_SET};`",
    f"';{_SET};//",
    f'";{_SET};//',
    f"\u2028{_SET}\u2029",
    "{{7*7}}{% raw %}",
    "{{constructor.constructor('alert(1)')()}}",
    "{0.__class__.__mro__} %(x)s {settings}",
    "#{7*7}<%= 7*7 %>",
)
_LINKS = (
    f"javascript:{_SET}",
    f"JaVa\tScRiPt:{_CALL}",
    f"vbscript:{_CALL}",
    f"data:text/html,<script>parent.{MARKER}=1</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "file:///etc/passwd",
    "//payload.invalid/p.png",
)
_MARKDOWN = (
    f"![x]({FOREIGN}/m.png)",
    f"[press](javascript:{_CALL})",
    f"[![x]({FOREIGN}/m2.png)]({FOREIGN}/m2)",
    f"![x][r]\n\n[r]: {FOREIGN}/m3.png",
    f"<{FOREIGN}/auto> # head :material/home: :red[x] ~~x~~ **x**",
    "| a | b |\n|---|---|\n| $x^2$ | `x` |",
)
_SHEETS = (
    f'=HYPERLINK("{FOREIGN}","x")',
    "=cmd|' /C calc'!A0",
    "+SUM(1,1)",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "＝1+1",
    "\u200b=1+1",
)
_PAPER = (
    r"$\frac{1}{0}$ $\undefined$ $",
    "(x) Tj ET /JavaScript << /S /JavaScript /JS (app.alert\\(1\\)) >>",
    ") /OpenAction << /S /URI /URI (http://payload.invalid) >> (",
    ']]></description><script>alert(1)</script><![CDATA["',
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    '{ INCLUDEPICTURE "http://payload.invalid/w.png" } DDEAUTO c:\\x',
)
_SCRIPTS = (
    f"\u202e>tpircs/<1=dekcaHlb>tpircs<\u202c {_IMG}",
    f"<scr\u200bipt>{_SET}</scr\u200bipt>",
    f"انفجرت سيارة {_IMG} في رأس العين",
    f"a\x01b\x0bc\ufffe {_IMG}",
    f"ﬀ𝒊𝒎𝒈 <ıMG SRC=x ONERROR={_SET}> \U0001f4a3",
)
PAYLOADS: tuple[str, ...] = (
    *_MARKUP, *_OUT_OF_ATTRIBUTES, *_ESCAPES, *_TEMPLATES, *_LINKS, *_MARKDOWN, *_SHEETS, *_PAPER, *_SCRIPTS
)  # fmt: skip
"""All of them, each different."""
