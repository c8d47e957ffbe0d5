"""A folder becomes a theatre: how it is found, what its lists change, and what is said of a wrong one."""

import json

import pytest

from geo import paths, theatre
from geo.cli import main
from geo.errors import InputError
from geo.fingerprint import reader_fingerprint
from geo.theatre import skeleton
from geo.theatre.reading import listed, problems
from geo.zones import load_built


@pytest.fixture
def own(tmp_path):
    """A theatre as `python -m geo theatre new` writes it."""
    skeleton.write(tmp_path / "isle")
    return tmp_path / "isle"


def test_the_default_is_the_shared_lists():
    here = theatre.current()
    assert here.is_default
    assert here.file("places.yaml") is None
    assert here.own_store == paths.OWN_STORE
    assert here.weights == {"SYR": 0.8, "IRQ": 0.8, "TUR": 0.4}


def test_the_default_is_held_to_the_schema():
    """It is not held to it at every start."""
    assert listed(paths.SOURCES / "theatre.yaml")["id"] == theatre.default().id


def test_a_new_theatre_is_right_and_works(own):
    with theatre.use(theatre.open_theatre(own)) as here:
        assert here.id == "isle"
        assert list(problems(here)) == []
        from geo.geocoders import open_gazetteer

        gazetteer = open_gazetteer()
        assert gazetteer.lookup("Ledra Street crossing")[0].id == "own:ledra_crossing"
        assert gazetteer.lookup("Lefkosia")[0].name == "Nicosia"
        # The world is still there.
        assert gazetteer.lookup("Damascus")[0].country == "SYR"
        assert "CYP-04" in load_built()


def test_a_theatre_is_current_for_a_while_only(own):
    before = theatre.current()
    with theatre.use(theatre.open_theatre(own)):
        assert theatre.current() is not before
    assert theatre.current() is before


def test_each_theatre_has_stores_and_a_fingerprint_of_its_own(own):
    here, kivu = theatre.open_theatre(own), theatre.find("kivu")
    assert len({here.own_store, kivu.own_store, theatre.default().own_store}) == 3
    with theatre.use(here):
        one = reader_fingerprint()
    with theatre.use(kivu):
        other = reader_fingerprint()
    assert len({one, other, reader_fingerprint()}) == 3


def test_no_words_become_a_path(own):
    for name in ("../../etc", "kivu/../kivu", "no such theatre", "/"):
        with pytest.raises(InputError, match=r"theatre|missing"):
            theatre.find(name)


def test_a_theatre_may_have_nothing_but_its_description(own):
    for file in own.glob("*.yaml"):
        if file.name != "theatre.yaml":
            file.unlink()
    with theatre.use(theatre.open_theatre(own)) as here:
        assert list(problems(here)) == []
        assert all(built.zone.is_province for built in load_built().values())


WRONG = [
    ("theatre.yaml", "id: isle", "id: Isle Of", "'Isle Of'", "small letters"),
    ("theatre.yaml", "languages: [en]", "", "languages", "Add it"),
    ("theatre.yaml", "bounds: [31.5, 34.0, 35.0, 36.5]", "bounds: [35.0, 34.0, 31.5, 36.5]", "box", "west, south"),
    ("theatre.yaml", "about:", "abuot:", "unknown key 'abuot'", "Did you mean 'about'? Known: id, name, about"),
    ("theatre.yaml", "countries: {CYP: 0.8}", "countries: {Cyprus: 0.8}", "Cyprus", "three capitals"),
    ("theatre.yaml", "bounds:", "bonds:", "unknown key 'bonds'", "Did you mean 'bounds'?"),
    ("places.yaml", "kind: crossing", "kind: gate", "'gate'", "Use one of city"),
    ("places.yaml", "at: [33.3616, 35.1767]", "at: [35.1767, 333.3616]", "above 90", "Longitude comes first"),
    ("places.yaml", "at: [33.3616, 35.1767]", "at: [35.1767, 33.3616]", "outside the bounds", "[33.3616, 35.1767]?"),
    ("places.yaml", "within_km: 0.5, ", "", "'within_km' is missing", "Add it"),
    ("places.yaml", "places:", "places: [", "not YAML", "Mend the line"),
    ("actors.yaml", "type: external", "type: foreign", "'foreign'", "Use one of state"),
]


@pytest.mark.parametrize(("name", "good", "bad", "problem", "remedy"), WRONG)
def test_what_is_wrong_is_told_with_file_line_and_remedy(own, name, good, bad, problem, remedy):
    file = own / name
    text = file.read_text(encoding="utf-8")
    assert good in text
    file.write_text(text.replace(good, bad, 1), encoding="utf-8")
    told = _first_mistake(own)
    assert told.path is not None
    assert told.path.name == name
    assert told.line is not None
    assert problem in str(told)
    assert remedy in (told.remedy or "")


def _first_mistake(folder) -> InputError:
    try:
        return next(problems(theatre.open_theatre(folder)))
    except InputError as error:
        return error


def test_check_names_every_mistake_of_a_theatre(own, capsys):
    (own / "aliases.yaml").write_text("aliases:\n- {place: 'gn:999999999', aliases: [Nowhere]}\n", encoding="utf-8")
    assert main(["check", "--theatre", str(own)]) == 1
    assert "aliases.yaml:2: there is no place 'gn:999999999'" in capsys.readouterr().out


def test_check_looks_at_articles_and_at_the_days_of_actors(own, capsys):
    reversed_days = "{name: New Guard, from: 2020-05-01, until: 2019-01-01}"
    (own / "actors.yaml").write_text(f"- {{name: Guard, type: rebel, names: [{reversed_days}]}}\n", encoding="utf-8")
    article = own / "articles" / "2008-04-03-ledra.md"
    article.write_text(article.read_text(encoding="utf-8").replace("2008-04-03", "3 Apil 20088"), encoding="utf-8")
    assert main(["check", "--theatre", str(own)]) == 1
    out, err = capsys.readouterr()
    actors, articles = out.splitlines()
    assert "actors.yaml:1: 'New Guard' ends on 2019-01-01, before it begins on 2020-05-01" in actors
    assert "ledra.md:3: published: '3 Apil 20088' is no day. Write it as YYYY-MM-DD" in articles
    assert "2 mistakes in" in err


def test_one_mistake_is_told_once(own, capsys):
    file = own / "actors.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("type: external", "tpye: external"), encoding="utf-8")
    assert main(["check", "--theatre", str(own)]) == 1
    out, err = capsys.readouterr()
    assert "actors.yaml:8: unknown key 'tpye'. Did you mean 'type'?" in out
    assert len(out.splitlines()) == 1
    assert "; 1 mistake in" in err


def _with_the_example(folder):
    """Take the hashes off the example zone, and the lines it stands for away."""
    file = folder / "zones.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    start = lines.index("# places:")
    file.write_text("\n".join(line.removeprefix("# ") for line in lines[start:-2]) + "\n", encoding="utf-8")


def test_the_example_zone_is_right(own, capsys):
    _with_the_example(own)
    assert main(["check", "--theatre", str(own), "--json"]) == 0
    assert [json.loads(line)["ok"] for line in capsys.readouterr().out.splitlines()] == [True]


def test_bounds_of_another_country_spoil_nothing(own, capsys):
    file = own / "theatre.yaml"
    text = file.read_text(encoding="utf-8").replace("[31.5, 34.0, 35.0, 36.5]", "[21.5, 8.5, 39.0, 22.5]")
    file.write_text(text.replace("{CYP: 0.8}", "{SDN: 0.9}"), encoding="utf-8")
    assert main(["check", "--theatre", str(own)]) == 0
    assert main(["annotate", str(own / "articles"), "--theatre", str(own)]) == 0
    assert "error" not in capsys.readouterr().err


@pytest.mark.parametrize("zones", [None, "zones: [\n"])
def test_a_wrong_zone_is_told_once_and_the_articles_are_read(own, tmp_path, capsys, zones):
    _with_the_example(own)
    file = own / "zones.yaml"
    file.write_text(zones or file.read_text(encoding="utf-8").replace("[33.3650,", "[133.3650,"), encoding="utf-8")
    (own / "articles" / "two.md").write_text("Shells hit Nicosia on 3 May 2008, killing two people.", encoding="utf-8")
    asked = ["--theatre", str(own)]
    assert main(["annotate", str(own / "articles"), *asked]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err.count("zones.yaml") == 1
    assert main(["build", str(own / "articles"), "--store", str(tmp_path / "s"), "--jobs", "1", *asked]) == 0
    assert capsys.readouterr().err.count("zones.yaml") == 1
    assert main(["events", "--store", str(tmp_path / "s"), *asked]) == 0


def test_a_wrong_zone_that_is_asked_for_says_what_is_wrong(own, capsys):
    _with_the_example(own)
    file = own / "zones.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[33.3650,", "[133.3650,"), encoding="utf-8")
    assert main(["events", "--zone", "nicosia_old_town", "--theatre", str(own)]) == 2
    assert "lies outside the theatre" in capsys.readouterr().err


def test_check_passes_a_new_theatre(own, capsys):
    assert main(["check", "--theatre", str(own), "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_new_overwrites_nothing(own, capsys):
    assert main(["theatre", "new", str(own), "--quiet"]) == 2
    assert "something is there already" in capsys.readouterr().err


def test_a_place_is_found_with_its_id(capsys):
    assert main(["theatre", "find", "Bunagana", "--theatre", "kivu"]) == 0
    assert "own:bunagana" in capsys.readouterr().out


def test_several_names_are_found_at_once_and_provinces_with_their_code(capsys):
    assert main(["theatre", "find", "Nord-Kivu", "Goma", "Nosuchplacexyz", "--theatre", "kivu"]) == 1
    out, err = capsys.readouterr()
    assert "Nord-Kivu:" in out
    assert "province COD-11" in out
    assert "Goma:" in out
    assert "'Nosuchplacexyz'" in err


@pytest.mark.parametrize(("code", "told"), [("XX", '"04" (Nicosia)'), ("Nicosa", 'Did you mean "04" (Nicosia)?')])
def test_a_province_that_is_none_names_those_there_are(own, capsys, code, told):
    _with_the_example(own)
    file = own / "zones.yaml"
    disc = "{disc: {center: nicosia, radius_km: 1}}"
    text = file.read_text(encoding="utf-8").replace("published: {radius_km: 1}", "published: {}")
    file.write_text(text.replace(disc, f"{{admin1: {{country: CYP, codes: ['{code}']}}}}"), encoding="utf-8")
    assert main(["check", "--theatre", str(own)]) == 1
    said = capsys.readouterr().out
    assert told in said
    assert "python -m geo theatre find" in said


def test_a_missing_theatre_says_how_to_make_one(tmp_path, capsys):
    assert main(["events", "--theatre", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "theatre.yaml is missing" in said
    assert "python -m geo theatre new" in said
