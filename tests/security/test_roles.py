"""Roles: who may do what, and that nobody gains by a configuration that cannot be read."""

import pytest

from geo.errors import DataError, InputError
from geo.ui import permission, roles, sign_in
from geo.ui.roles import Role
from geo.ui.sign_in import Person


def test_an_address_has_its_own_role_before_that_of_its_domain(listed):
    found = roles.read(listed)
    told = {
        name: roles.role_of(name, found) for name in ("ADA@a.example ", "bo@a.example", "cy@a.example", "d@b.example")
    }
    assert list(told.values()) == [Role.ADMIN, Role.REVIEWER, Role.READER, None]
    assert roles.role_of("x@evil.example@a.example.evil", found) is None


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("admin: [ada@a.example]\nboss: [x@a.example]", 2, "no role"),
        ("admin:\n  - ada@a.example\n  - nobody", 3, "entry 2 of admin"),
        ("admin: [ada@a.example]\nreader: [Ada@A.example]", 2, "a role already"),
        ("admin: ada@a.example", 1, "no list"),
        ("admin: [", None, "YAML"),
        ("- a", None, "no lists"),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(tmp_path, text, line, told):
    file = tmp_path / "roles.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        roles.read(file)
    assert line is None or caught.value.line == line
    assert "ada@a.example" not in str(caught.value)


def test_each_role_may_do_what_the_ones_before_may():
    assert [[one.includes(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_without_any_configuration_whoever_sits_there_may_write(tmp_path):
    assert sign_in.person() == Person(None, Role.ADMIN)
    assert permission.may_write(tmp_path)


def test_lists_without_sign_in_let_everybody_read_only(listed, tmp_path):
    assert sign_in.person() == Person(None, Role.READER)
    assert not permission.may_write(tmp_path)


def test_nobody_gains_by_a_configuration_that_cannot_be_read(listed, tmp_path, monkeypatch):
    listed.write_text("admin: {", encoding="utf-8")
    assert not permission.may_write(tmp_path)
    listed.unlink()
    assert not permission.may_write(tmp_path)
    monkeypatch.delenv(roles.VARIABLE)
    broken = tmp_path / "secrets.toml"
    broken.write_text('[auth]\ncookie_secret = "PLANTED', encoding="utf-8")
    monkeypatch.setattr(sign_in.st, "get_option", lambda _: [str(broken)])
    with pytest.raises(DataError) as caught:
        sign_in.person()
    assert "PLANTED" not in str(caught.value)
    assert not permission.may_write(tmp_path)
