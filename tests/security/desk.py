"""A desk with roles: who is on its lists, who sits there, and what its store holds."""

import hashlib

from geo.ui import permission, review_actions, review_page, sign_in
from geo.ui.sign_in import Person

LISTS = """
admin: [ada@a.example]
reviewer: [bo@a.example]
reader: ["@a.example"]
"""


def as_(monkeypatch, role):
    for module in (sign_in, permission, review_actions, review_page):
        monkeypatch.setattr(module, "person", lambda: Person("x@a.example", role))


def contents(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }
