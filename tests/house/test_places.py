"""Small files of the house that others read at any moment."""

from pathlib import Path
from threading import Event, Thread

from house.places import note_pid


def test_the_number_of_a_process_is_never_read_half_written(tmp_path: Path) -> None:
    file, stop, seen = tmp_path / "web.pid", Event(), set()
    note_pid(file, 1)

    def read() -> None:
        while not stop.is_set():
            seen.add(file.read_text())

    reader = Thread(target=read)
    reader.start()
    for number in range(2, 3000):
        note_pid(file, number)
    stop.set()
    reader.join()

    assert "" not in seen
    assert len(seen) > 1
    assert file.read_text() == "2999\n"
