"""Search per key stroke and accuracy beside FTS5, rapidfuzz and minisearch.

``python tests/benchmarks/search_benchmark.py``

Budgets (PERFORMANCE): p50 at most a quarter of WRatio's, p99 at most 5 ms; accuracy on callers_words.tsv not below any.
minisearch runs where ``node`` finds it: ``npm install minisearch`` in a folder, and that folder in NODE_PATH.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from measured import Times, alternating, print_table
from rapidfuzz import fuzz, process

from provider_directory.catalog import load
from provider_directory.catalog.folding import fold
from provider_directory.catalog.procedures import package_text

Engine = Callable[[str], list[str]]
"""Words in, ids of procedures out, best first."""
COLUMNS = ("name", "clinical_name", "synonyms", "abbreviations", "spanish", "misspellings", "cpt_hcpcs", "ms_drgs")
EVERY = 3
"""Each third query of the held-out set is typed letter by letter."""
MOST = 5
_CALLERS = Path(__file__).parents[1] / "catalog"


def catalogue_strings() -> list[tuple[str, str]]:
    """Give every distinct string of the catalogue, folded, with its procedure's id."""
    rows = csv.DictReader(package_text("procedures.csv").splitlines())
    return sorted(
        {(fold(part), row["id"]) for row in rows for column in COLUMNS for part in row[column].split(";") if part}
    )


def queries(name: str) -> list[tuple[str, frozenset[str]]]:
    """Give what callers say, with the ids that are right; those that should ask nothing are left out."""
    lines = (_CALLERS / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], frozenset(row[1].split("|"))) for row in cells if row[1] != "-"]


def key_strokes() -> list[str]:
    """Give what the search box holds after each key of the sampled queries."""
    typed = [query for query, _ in queries("callers_held_out.tsv")[::EVERY]]
    return [query[:length] for query in typed for length in range(1, len(query) + 1)]


def distinct(ids: Iterable[str]) -> list[str]:
    """Give the first ids, each once."""
    return list(dict.fromkeys(ids))[:MOST]


def rapidfuzz_engine(strings: list[tuple[str, str]], scorer: Callable[..., float]) -> Engine:
    """Give rapidfuzz over all strings."""
    texts = [text for text, _ in strings]

    def ask(words: str) -> list[str]:
        found = process.extract(fold(words), texts, scorer=scorer, limit=4 * MOST)
        return distinct(strings[at][1] for _text, _likeness, at in found)

    return ask


def fts5_engine(strings: list[tuple[str, str]], tokenizer: str) -> Engine:
    """Give SQLite's FTS5, ranked by bm25; every word is asked for as a prefix, any of them may be missing."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE said USING fts5(text, id UNINDEXED, tokenize = '{tokenizer}')")
    database.executemany("INSERT INTO said VALUES (?, ?)", strings)
    shortest = 3 if tokenizer == "trigram" else 1

    def ask(words: str) -> list[str]:
        parts = [word for word in fold(words).split() if len(word) >= shortest]
        if tokenizer == "trigram":
            whole = fold(words)
            parts = sorted({whole[at : at + 3] for at in range(len(whole) - 2)})
        if not parts:
            return []
        star = "" if tokenizer == "trigram" else "*"
        match = " OR ".join(f'"{part.replace(chr(34), "")}"{star}' for part in parts)
        rows = database.execute("SELECT id FROM said WHERE said MATCH ? ORDER BY rank LIMIT ?", (match, 8 * MOST))
        return distinct(row[0] for row in rows)

    return ask


_MINISEARCH = """
const MiniSearch = require('minisearch');
const docs = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const index = new MiniSearch({fields: ['text'], storeFields: ['id0']});
index.addAll(docs.strings.map(([text, id], at) => ({id: at, text, id0: id})));
const options = {prefix: true, fuzzy: 0.2};
const ask = (words) => [...new Set(index.search(words, options).map((hit) => hit.id0))].slice(0, 5);
docs.strokes.slice(0, 200).forEach(ask);
const times = docs.strokes.map((typed) => {
  const start = process.hrtime.bigint(); ask(typed); return Number(process.hrtime.bigint() - start) / 1e6; });
console.log(JSON.stringify({times, answers: docs.queries.map(ask)}));
"""


def minisearch(
    strings: list[tuple[str, str]], strokes: list[str], asked: list[str]
) -> tuple[list[float], list[list[str]]] | None:
    """Give minisearch's times per key stroke and its answers; None where node does not find it."""
    node = shutil.which("node")
    given = {"strings": strings, "strokes": [fold(text) for text in strokes], "queries": [fold(text) for text in asked]}
    if node is None:
        return None
    done = subprocess.run([node, "-e", _MINISEARCH], input=json.dumps(given), capture_output=True, text=True)
    if done.returncode:
        return None
    said = json.loads(done.stdout)
    return said["times"], said["answers"]


def accuracy(answers: Iterable[list[str]], right: Iterable[frozenset[str]]) -> tuple[float, float]:
    """Give the shares of queries whose first answer, and one of whose first three answers, is right."""
    pairs = list(zip(answers, right, strict=True))
    first = sum(bool(ids[:1]) and ids[0] in good for ids, good in pairs)
    three = sum(bool(good & set(ids[:3])) for ids, good in pairs)
    return first / len(pairs), three / len(pairs)


def main() -> None:
    """Print latency per key stroke and accuracy of every engine, interleaved."""
    strings, catalog, strokes = catalogue_strings(), load(), key_strokes()
    engines: dict[str, Engine] = {
        "coe": lambda words: [match.id for match in catalog.search(words).matches],
        "FTS5 porter, prefixes": fts5_engine(strings, "porter unicode61"),
        "FTS5 trigram": fts5_engine(strings, "trigram"),
        "rapidfuzz WRatio": rapidfuzz_engine(strings, fuzz.WRatio),
        "rapidfuzz token_set": rapidfuzz_engine(strings, fuzz.token_set_ratio),
    }
    catalog.search("warm upp")
    times = alternating(engines, strokes)
    asked = queries("callers_words.tsv")
    held_out = queries("callers_held_out.tsv")
    answers = {name: [ask(words) for words, _ in asked] for name, ask in engines.items()}
    unseen = {name: [ask(words) for words, _ in held_out] for name, ask in engines.items()}
    if other := minisearch(strings, strokes, [words for words, _ in [*asked, *held_out]]):
        ordered = sorted(other[0])
        times["minisearch (node)"] = Times(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], len(ordered))
        answers["minisearch (node)"], unseen["minisearch (node)"] = other[1][: len(asked)], other[1][len(asked) :]
    print(f"{len(strings):,} strings, {len(strokes):,} key strokes, {len(asked)} queries, {len(held_out)} held out\n")
    rows = []
    for name, taken in times.items():
        first, three = accuracy(answers[name], [right for _, right in asked])
        first_unseen, three_unseen = accuracy(unseen[name], [right for _, right in held_out])
        rows.append(
            (
                *(name, f"{taken.p50:.2f}", f"{taken.p99:.2f}"),
                *(f"{taken.p50 / times['rapidfuzz WRatio'].p50:.2f}", f"{first:.3f} / {three:.3f}"),
                f"{first_unseen:.3f} / {three_unseen:.3f}",
            )
        )
    head = ("engine", "p50 ms", "p99 ms", "of WRatio", "callers' words: first / first three", "held out: the same")
    print_table(head, rows)


if __name__ == "__main__":
    main()
