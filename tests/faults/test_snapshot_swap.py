"""New snapshots take the place of the old one while four processes ask: no question fails, no count falls."""

import json
import subprocess
import sys

from geo.store import Store
from geo.warehouse import snapshot
from tests import store_world as world
from tests.warehouse.test_snapshot import bring_in, rows

SWAPS = 2
# Nothing here hangs on a clock: the writer begins when every reader has asked, removes the older files when those that
# go over have done so, and the readers end when they have asked once more after that.
WRITE = f"""
import sys, time
from pathlib import Path
from geo.store import Store
from geo.warehouse import snapshot
from tests.warehouse.test_snapshot import bring_in, rows
folder, signs = Path(sys.argv[1]), Path(sys.argv[2])
def wait(what):
    late = time.monotonic() + 90
    while not what() and time.monotonic() < late:
        time.sleep(0.05)
wait(lambda: len(list(signs.glob("*-asked"))) == 4)
for number in range({SWAPS}):
    bring_in(folder, rows(2).assign(event_id=[f"y{{number}}:1", f"y{{number}}:2"]), f"part {{number}}")
    with Store(folder, readonly=True) as store:
        last = snapshot.build(store)
wait(lambda: all((signs / f"{{reader}}-{{last.name}}").exists() for reader in (0, 1)))
snapshot.GRACE_S = -1.0
snapshot.point(last.parent, last.name)
(signs / "done").touch()
"""
ASK = """
import json, sys, time
from pathlib import Path
from geo.warehouse import View, Warehouse, connect, snapshot
folder, signs, number = Path(sys.argv[1]) / snapshot.FOLDER, Path(sys.argv[2]), int(sys.argv[3])
goes_over = number < 2
counts, files, errors, engine, done = [], [], [], None, False
late = time.monotonic() + 150
while not done and time.monotonic() < late:
    done = (signs / "done").exists()
    try:
        name = (folder / snapshot.POINTER).read_text().strip()
        if engine is None or (goes_over and name != files[-1]):
            old, engine = engine, connect(f"duckdb://{folder / name}")
            files.append(name)
            if old is not None:
                old.close()
        counts.append(Warehouse(engine).totals(View()).events)
        (signs / f"{number}-{files[-1]}").touch()
    except Exception as error:
        errors.append(repr(error))
    (signs / f"{number}-asked").touch()
    time.sleep(0.05)
print(json.dumps([counts, files, errors]))
"""


def test_four_readers_are_answered_whatever_takes_the_place_of_what_they_read(tmp_path):
    folder, signs = tmp_path / "store", tmp_path / "signs"
    signs.mkdir()
    world.fill(folder, range(5))
    bring_in(folder, rows(7), "one")
    with Store(folder, readonly=True) as store:
        first = snapshot.build(store)
    readers = [
        subprocess.Popen([sys.executable, "-c", ASK, folder, signs, str(n)], stdout=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    subprocess.run([sys.executable, "-c", WRITE, folder, signs], check=True, timeout=300)
    seen = [json.loads(reader.communicate(timeout=180)[0]) for reader in readers]

    with Store(folder, readonly=True) as store:
        last = snapshot.current(store)
    assert [file.name for file in last.parent.glob("*.duckdb")] == [last.name]
    assert [errors for *_, errors in seen] == [[]] * 4
    for counts, files, _ in seen[:2]:
        assert counts == sorted(counts)
        assert (counts[0], counts[-1]) == (12, 12 + 2 * SWAPS)
        assert (files[0], files[-1]) == (first.name, last.name)
        assert len(files) == len(set(files))
    # Who keeps the first one open is answered as before, after its file is gone.
    for counts, files, _ in seen[2:]:
        assert files == [first.name]
        assert set(counts) == {12}
