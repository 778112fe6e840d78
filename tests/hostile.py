"""A city whose every word tries to be something else: a tag, a script, a link, a formula, an icon.

It is Riverbend with hostile text behind each free word of its description, its promises and its
published files, found by walking through them: a field that is added later is hostile by itself.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from trustboard.city import City
from trustboard.commitments import Commitment
from trustboard.yaml_file import YamlFile, read_yaml

RIVERBEND = Path(__file__).parents[1] / "data" / "riverbend"
#: Each language that a page, a file or a feed might read the text in marks one of these words.
MARKED = (
    "html9",
    "link9",
    "script9",
    "md9",
    "bold9",
    "color9",
    "latex9",
    "code9",
    "head9",
    "cell9",
)
HOSTILE = (
    '"><img src=x onerror=alert(9)><b>html9</b><a href="javascript:alert(9)">link9</a>'
    "<script>script9</script></script><svg onload=alert(9)>]]>&lt;!-- '; "
    "[md9](https://evil.example/) **bold9** :red[color9] :material/delete: $latex9$ `code9` %{x} "
    "{{7*7}} %s \u202e\u2066\u200b\ufeff\x85\u2028# head9\t=cell9()"
)
SHORT = "<b>html9</b>[md9](https://evil.example/)$latex9$\u202e\u200b"
#: Parts of a description that name files, columns and ids; the words that files use come below.
_NAMES = {"file", "columns", "words", "fetch", "row_id", "encoding", "retrieved", "totals_series"}
#: Published words that stand for ours; each is renamed in the description and in the files.
_WORDS = (
    *("place_id", "category", "filed_by", "status", "finding"),
    *("event_kind", "event_status", "evidence"),
)
Place = tuple[str | int, ...]


def write_hostile_city(root: Path, slug: str = "hostile") -> Path:
    """Write the city into a folder below `root`; give the folder."""
    source, folder = RIVERBEND, root / slug
    (folder / "published").mkdir(parents=True)
    city = _read(source / "city.yml")
    spoil(city, lambda changed: valid(City, changed))
    renamed = {key: _rename(city["words"][key]) for key in _WORDS}
    city["category_names"] = {key: f"{name}{SHORT}" for key, name in city["category_names"].items()}
    encodings = {one["file"]: one.pop("encoding", "utf-8-sig") for one in city["tables"].values()}
    _write(folder / "city.yml", city)
    promises = _read(source / "commitments.yml")
    for one in promises["commitments"]:
        spoil(one, lambda changed: valid(Commitment, changed))
    _write(folder / "commitments.yml", promises)
    # the words of other columns stay as they are, and keep their columns as they are
    words = {word: word for group in city["words"].values() for word in group}
    words |= {old: new for names in renamed.values() for old, new in names.items()}
    for file, encoding in encodings.items():
        raw = (source / "published" / file).read_bytes()
        raw = gzip.decompress(raw) if file.endswith(".gz") else raw
        body = _spoil_rows(raw.decode(encoding), words).encode("utf-8")
        (folder / "published" / file).write_bytes(
            gzip.compress(body) if file.endswith(".gz") else body
        )
    return folder


def spoil(tree: Any, valid: Callable[[Any], bool]) -> int:
    """Put hostile text behind each free word of a description that stays valid with it."""
    changed = 0
    for place in list(_leaves(tree)):
        before = _at(tree, place)
        for words in (HOSTILE, SHORT):
            _put(tree, place, before + words)
            if valid(tree):
                changed += 1
                break
        else:
            _put(tree, place, before)
    return changed


def valid(model: type[BaseModel], tree: Any) -> bool:
    """Say whether a description still is one."""
    try:
        model.model_validate(tree)
    except ValidationError:
        return False
    return True


def _leaves(tree: Any, at: Place = ()) -> Iterator[Place]:
    """Find free words: text with a space or a capital letter; ids and addresses have none."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key not in _NAMES:
                yield from _leaves(value, (*at, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from _leaves(value, (*at, number))
    elif isinstance(tree, str) and re.search(r"[A-Z ]", tree):
        yield at


def _at(tree: Any, place: Place) -> Any:
    for step in place:
        tree = tree[step]
    return tree


def _put(tree: Any, place: Place, value: Any) -> None:
    _at(tree, place[:-1])[place[-1]] = value


def _rename(words: dict[str, str]) -> dict[str, str]:
    """Make each published word hostile where it stands in the description; give old and new."""
    renamed = {old: f"{old} {SHORT}" for old in words}
    for old, new in renamed.items():
        words[new] = words.pop(old)
    return renamed


def _spoil_rows(text: str, words: dict[str, str]) -> str:
    """Make the words of a file hostile, and add a row in which everything is."""
    rows = list(csv.reader(io.StringIO(text)))
    head, body = rows[0], rows[1:]
    columns = [[row[at] for row in body if at < len(row)] for at in range(len(head))]
    free = [_is_free(cells, words) for cells in columns]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in body:
        writer.writerow(
            words.get(cell, f"{cell}{HOSTILE}" if cell and at < len(free) and free[at] else cell)
            for at, cell in enumerate(row)
        )
    writer.writerow([HOSTILE] * len(head))
    writer.writerow([f"={at}+{HOSTILE}" for at in range(len(head))])
    return out.getvalue()


def _is_free(cells: list[str], words: dict[str, str]) -> bool:
    """Say whether a column holds words that nothing else refers to: no ids, days or terms."""
    given = [cell for cell in cells if cell]
    told = [cell for cell in given if " " in cell and not re.search(r"\d[/-]\d", cell)]
    return len(told) > len(given) / 3 and not any(cell in words for cell in given)


def _read(path: Path) -> Any:
    file = read_yaml(path, name=path.name)
    assert isinstance(file, YamlFile)
    return file.values


def _write(path: Path, tree: Any) -> None:
    """Write YAML; JSON is YAML, and takes every sign."""
    path.write_text(json.dumps(tree, default=str, indent=1), encoding="utf-8")
