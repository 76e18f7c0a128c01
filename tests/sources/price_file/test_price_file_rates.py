"""Every layout of a price file gives the same rates; every row is kept or set aside."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from price_file_samples import ITEMS, LINE, OTHER, STAY, WANTED, plans_of, read, reading, texts, written
from price_file_texts import Charge, Item, csv_text, json_head, json_text, tall_rows, wide_rows

from provider_directory.errors import BadInput, DirectoryError, SourceProblem
from provider_directory.facts import PostedRate
from provider_directory.sources.price_file import WantedCodes, is_price_file, open_price_file
from provider_directory.sources.price_file import json_text as json_reader
from provider_directory.sources.price_file.repeated import RepeatedDollars

LAYOUTS = ("tall.csv", "wide.csv", "items.json")


def placeless(rates: list[PostedRate]) -> list[PostedRate]:
    return sorted(rate._replace(row=0, where="") for rate in rates)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_gives_its_head_and_the_wanted_rates_as_posted(layout: str, tmp_path: Path) -> None:
    head, rates, account = read(written(tmp_path, layout, texts(ITEMS)[layout]))
    assert (head.hospital, head.version, head.stated_version) == ("Lakewood Invented Hospital", "3.0.0", "3.0.0")
    assert head.locations == ("Lakewood Invented Hospital", "Lakewood Invented Annex")
    assert head.npis == ("1234567893", "1999999992")
    assert (head.license_number, head.license_state, head.updated_on) == ("W-17", "WI", "2026-04-01")
    ppo, hmo, silver, item = rates
    assert (ppo.code_type, ppo.code, ppo.setting, ppo.payer, ppo.plan) == (
        *("MS-DRG", "470", "inpatient", "Invented Mutual", "PPO"),
    )
    assert (ppo.dollar, ppo.gross, ppo.cash, ppo.methodology) == ("20000.50", "88000", "41000", "case rate")
    assert (hmo.percentage, hmo.median, hmo.p10, hmo.p90, hmo.case_count) == (
        *("55.5", "19000", "15000.25", "31000", "24"),
    )
    assert (hmo.note, silver.case_count, silver.algorithm) == ("by contract", "1 through 10", "days x 900")
    assert (item.code, item.payer, item.gross, item.cash) == ("27447", "", "9000", "4000.10")
    assert account.set_aside == {"not_a_wanted_code": 1}


def test_rows_are_numbered_as_the_file_shows_them(tmp_path: Path) -> None:
    _, tall, _ = read(written(tmp_path, "tall.csv", texts(ITEMS)["tall.csv"]))
    _, wide, _ = read(written(tmp_path, "wide.csv", texts(ITEMS)["wide.csv"]))
    _, listed, _ = read(written(tmp_path, "items.json", texts(ITEMS)["items.json"]))
    assert [rate.row for rate in tall] == [4, 5, 6, 7]
    assert [rate.row for rate in wide] == [4, 4, 4, 5]
    assert wide[1].where == "standard_charge|Invented Mutual|HMO|negotiated_dollar"
    assert [(rate.row, rate.where) for rate in listed[1:3]] == [
        (1, "standard_charges/0/payers_information/1"),
        (1, "standard_charges/0/payers_information/2"),
    ]


NAMES = st.sampled_from(["Invented Mutual", "Lake Plan", "Ångström Health", "A&B, Inc."])
AMOUNTS = st.decimals(min_value="0.01", max_value="999999", places=2).map(str)
MAYBE = st.one_of(st.just(""), AMOUNTS)
CHARGES = st.builds(
    Charge,
    payer=NAMES,
    plan=st.sampled_from(["PPO", "HMO", "Gold 1"]),
    dollar=AMOUNTS,
    percentage=MAYBE,
    algorithm=st.sampled_from(["", 'a "quoted" rule', "line\nbreak"]),
    methodology=st.sampled_from(["", "case rate", "PER DIEM"]),
    median=MAYBE,
    p10=MAYBE,
    p90=MAYBE,
    cases=st.sampled_from(["", "0", "1 through 10", "312"]),
    note=st.sampled_from(["", "as agreed; see plan"]),
)
CODES = st.sampled_from([("470", "MS-DRG"), ("0470", "DRG"), ("27447", "CPT"), ("470", "APR-DRG"), ("0470", "RC")])
PLANS_ONCE = st.lists(CHARGES, max_size=4, unique_by=lambda charge: charge[:2]).map(tuple)
MADE = st.builds(
    Item,
    description=st.text(st.characters(min_codepoint=33, max_codepoint=400), min_size=1, max_size=20),
    codes=st.lists(CODES, min_size=1, max_size=2, unique=True).map(tuple),
    setting=st.sampled_from(["inpatient", "outpatient", "both"]),
    charges=PLANS_ONCE,
    gross=MAYBE,
    cash=MAYBE,
    minimum=MAYBE,
    maximum=MAYBE,
    modifiers=st.sampled_from(["", "50|62"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(MADE, min_size=1, max_size=4))
def test_the_layouts_say_the_same(items: list[Item]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tall, wide, listed = (
            placeless(read(written(Path(folder), name, text))[1]) for name, text in texts(items).items()
        )
    assert tall == wide == listed


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LAYOUTS), st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(max_size=3)), max_size=6))
def test_a_damaged_file_is_read_or_refused_in_our_own_words(layout: str, cuts: list[tuple[int, bytes]]) -> None:
    data = texts(ITEMS)[layout].encode()
    for place, change in cuts:
        at = place % len(data)
        data = data[:at] + change + data[at + len(change) :]
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), layout, data)
        assert is_price_file(path) in ("csv tall", "csv wide", "json", None)
        with contextlib.suppress(DirectoryError):
            read(path)


@pytest.mark.parametrize("layout", ["tall.csv", "wide.csv"])
def test_order_of_columns_blanks_and_case_do_not_matter(layout: str, tmp_path: Path) -> None:
    plain = texts(ITEMS)[layout]
    rows = list(csv.reader(io.StringIO(plain)))
    turned = [row if place < 2 else row[::-1] for place, row in enumerate(rows)]
    turned[2] = [name.replace("|", " | ").upper() for name in turned[2]]
    _, rates, _ = read(written(tmp_path, layout, csv_text(turned)))
    expected = placeless(read(written(tmp_path, "plain.csv", plain))[1])
    assert [rate._replace(payer="", plan="") for rate in placeless(rates)] == [
        rate._replace(payer="", plan="") for rate in expected
    ]


def test_the_order_of_keys_does_not_matter(tmp_path: Path) -> None:
    document = json.loads(json_text(ITEMS))
    listed = document.pop("standard_charge_information")
    turned = [dict(reversed(item.items())) for item in listed]
    text = json.dumps({"standard_charge_information": turned, **document}, indent=2)
    head, rates, _ = read(written(tmp_path, "turned.json", text))
    assert (head.hospital, head.version) == ("Lakewood Invented Hospital", "3.0.0")
    assert [rate.dollar for rate in rates] == ["20000.5", "", "", ""]


def test_json_gives_numbers_as_they_are_written_and_texts_too(tmp_path: Path) -> None:
    text = json_text([STAY]).replace("20000.50", "2.00e4").replace("15000.25", '"15,000.25"').replace("31000", "NaN")
    _, rates, _ = read(written(tmp_path, "odd.json", text))
    assert (rates[0].dollar, rates[1].p10, rates[1].p90) == ("2.00e4", "15,000.25", "NaN")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("packing", ["gz", "zip", "bom"])
def test_a_file_may_be_packed_or_begin_with_a_mark(layout: str, packing: str, tmp_path: Path) -> None:
    data = texts(ITEMS)[layout].encode()
    path = tmp_path / f"{layout}.{packing}"
    if packing == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"folder/{layout}", data)
            archive.writestr("readme.txt", "hello")
    else:
        path.write_bytes(gzip.compress(data) if packing == "gz" else b"\xef\xbb\xbf" + data)
    assert len(read(path)[1]) == 4
    assert is_price_file(path) == {"tall.csv": "csv tall", "wide.csv": "csv wide", "items.json": "json"}[layout]


def test_windows_letters_are_read(tmp_path: Path) -> None:
    text = texts([STAY])["tall.csv"].replace("Lake Plan", "Pl\xe4ne \u2013 Lake")
    _, rates, _ = read(written(tmp_path, "windows.csv", text.encode("cp1252")))
    assert rates[2].payer == "Pl\xe4ne \u2013 Lake"


def test_rows_may_be_short_blank_or_hold_line_ends_and_quotation_marks(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(texts(ITEMS)["tall.csv"])))
    rows[3][0] = 'Joint, 3" long\nsecond line'
    rows[6] = rows[6][:14]
    text = "\n" + csv_text([*rows[:4], [], [""] * 5, *rows[4:]])
    _, rates, account = read(written(tmp_path, "ragged.csv", text))
    assert rates[0].description == 'Joint, 3" long second line'
    assert (len(rates), account.read) == (4, 5)


def test_a_row_that_is_too_long_is_set_aside(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(texts(ITEMS)["tall.csv"])))
    rows[4].insert(0, "an unquoted comma")
    _, rates, account = read(written(tmp_path, "long.csv", csv_text(rows)))
    assert (len(rates), account.set_aside["too_many_columns"]) == (3, 1)
    assert (account.examples[0].row, account.examples[0].found) == (5, "25 cells")


def test_an_open_quotation_mark_loses_no_row_in_silence(tmp_path: Path) -> None:
    lines = texts([STAY] * 3)["tall.csv"].splitlines()
    lines[4] = '"' + lines[4]
    lines[7] = lines[7].replace("Joint", '"Joint')
    _, rates, account = read(written(tmp_path, "open.csv", "\n".join(lines) + "\n"))
    assert account.set_aside["open_quote"] == 4
    assert (account.read, len(rates)) == (9, 5)


@pytest.mark.parametrize(
    ("code", "kind", "outcome"),
    [
        ("0470", "DRG", "wanted"),
        (" 470 ", "ms-drg", "wanted"),
        ("j7325", "HCPCS", "wanted"),
        ("470-1", "MS-DRG", "code_with_suffix"),
        ("27447-50", "CPT", "code_with_suffix"),
        ("470", "APR-DRG", "other_code_type"),
        ("470-2", "APR-DRG", "other_code_type"),
        ("470", "TRIS-DRG", "other_code_type"),
        ("0470", "RC", "other_code_type"),
        ("27447", "LOCAL", "other_code_type"),
        ("4700", "MS-DRG", "not_a_wanted_code"),
        ("27447", "MS-DRG", "not_a_wanted_code"),
        ("470", "CPT", "not_a_wanted_code"),
        ("471", "MS-DRG", "not_a_wanted_code"),
        ("", "MS-DRG", "not_a_wanted_code"),
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_look_alike_is_refused_and_counted(layout: str, code: str, kind: str, outcome: str, tmp_path: Path) -> None:
    item = STAY._replace(codes=((code, kind),), charges=STAY.charges[:1])
    _, rates, account = read(written(tmp_path, layout, texts([item])[layout]))
    assert bool(rates) == (outcome == "wanted")
    assert dict(account.set_aside) == ({} if rates else {outcome: 1})


def test_a_row_of_several_wanted_codes_gives_a_rate_for_each(tmp_path: Path) -> None:
    item = STAY._replace(codes=(("470", "MS-DRG"), ("27447", "CPT")), charges=STAY.charges[:1])
    _, rates, account = read(written(tmp_path, "tall.csv", texts([item])["tall.csv"]))
    assert [rate.code for rate in rates] == ["470", "27447"]
    assert account.kept == 1


def test_a_wanted_row_without_any_charge_is_set_aside(tmp_path: Path) -> None:
    for name, text in texts([STAY._replace(charges=(), gross="", cash="")]).items():
        _, rates, account = read(written(tmp_path, name, text))
        assert (rates, dict(account.set_aside)) == ([], {"no_charge": 1})


def test_an_empty_plan_is_read_and_a_bar_in_a_name_is_told(tmp_path: Path) -> None:
    item = STAY._replace(charges=(Charge("Lake Plan", "", "100"),))
    text = csv_text(wide_rows([item], [("Lake Plan", ""), ("A|B", "C")]))
    with open_price_file(written(tmp_path, "wide.csv", text)) as file:
        account = reading()
        (rate,) = file.rates(WANTED, account)
    assert (rate.payer, rate.plan, rate.dollar) == ("Lake Plan", "", "100")
    assert {fault.reason for fault in file.faults} == {"bar_in_payer_name"}
    assert "standard_charge|A|B|C|negotiated_dollar" in {example.column for example in account.examples}


def test_a_payer_whose_columns_stand_twice_is_read_twice(tmp_path: Path) -> None:
    charges = (
        Charge("Lake Plan", "HMO", "20000"),
        Charge("Lake Plan", "hmo", "24000"),
        Charge("Lake Plan", "PPO", "9"),
    )
    item = STAY._replace(charges=charges)
    path = written(tmp_path, "wide.csv", csv_text(wide_rows([item], [charge[:2] for charge in charges])))
    _, rates, account = read(path)
    assert [(rate.plan, rate.dollar) for rate in rates] == [("HMO", "20000"), ("hmo", "24000"), ("PPO", "9")]
    assert rates[1].where == "standard_charge|Lake Plan|hmo|negotiated_dollar"
    assert account.kept == 1


def test_the_version_is_asked_for_or_told_by_what_is_there(tmp_path: Path) -> None:
    text = texts([STAY])["tall.csv"]
    older = text.replace("location_name", "hospital_location").replace("type_2_npi", "other").replace(",count,", ",x,")
    path = written(tmp_path, "older.csv", older)
    assert read(path)[0].version == "2.0.0"
    assert read(written(tmp_path, "b.csv", older.replace("median_amount", "estimated_amount")))[0].version == "2.2.0"
    assert read(path, "2.1")[0].version == "2.1.0"
    with pytest.raises(BadInput, match=r"2\.0\.0, 2\.1\.0"):
        read(path, "4.0")


def test_an_estimated_amount_is_read_in_version_2_only(tmp_path: Path) -> None:
    text = texts([STAY])["tall.csv"].replace("median_amount", "estimated_amount")
    path = written(tmp_path, "older.csv", text)
    assert read(path, "2.0")[1][1].estimated == "19000"
    assert read(path, "3.0")[1][1].estimated == ""


def test_dollars_that_many_stays_share_are_counted_over_the_whole_file(tmp_path: Path) -> None:
    base = [
        STAY._replace(codes=((f"{drg:03}", "MS-DRG"),), charges=(Charge("Lake Plan", "Gold", dollar),))
        for drg, dollar in [*((drg, "14100.00") for drg in range(100, 120)), (470, "14100"), (471, "9000")]
    ]
    for name, text in texts(base).items():
        with open_price_file(written(tmp_path, name, text)) as file:
            list(file.rates(WANTED, reading()))
        assert len(file.repeated["Lake Plan", "Gold", "14100"]) == 21
        assert ("Lake Plan", "Gold", "9000") not in file.repeated
        assert len(file.repeated) == 1


def test_counting_dollars_needs_no_more_room_than_is_set() -> None:
    repeated = RepeatedDollars()
    for number in range(300_000):
        repeated.add("P", "Q", str(number), "001")
    for drg in range(30):
        repeated.add("P", "Q", "base", f"{drg:03}")
    assert len(repeated._single) <= 250_000
    assert list(repeated) == [("P", "Q", "base")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("roster.csv", "facility,npi\nA,1\nB,2\n"),
        ("other.json", '{"resourceType": "Bundle", "entry": []}'),
        ("page.html", "<html><body>Not found</body></html>"),
        ("empty.csv", ""),
        ("list.json", "[1, 2]"),
    ],
)
def test_what_is_no_price_file_is_told_apart(name: str, text: str, tmp_path: Path) -> None:
    assert is_price_file(written(tmp_path, name, text)) is None


def test_a_file_without_columns_of_prices_is_refused_with_what_was_found(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="found were item, cost"):
        read(written(tmp_path, "x.csv", "hospital_name\nX\nitem,cost\na,1\n"))


def test_json_that_breaks_off_or_goes_too_deep_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = json_text(ITEMS)
    with pytest.raises(SourceProblem, match=r"line 4, character .*expected a text that is closed"):
        read(written(tmp_path, "cut.json", text[: text.index("Office")]))
    with pytest.raises(SourceProblem, match='it ends there, expected "," or "]"'):
        read(written(tmp_path, "ends.json", text.rstrip("]}\n") + "}]}]}"))
    with pytest.raises(SourceProblem, match="too deep"):
        read(written(tmp_path, "deep.json", '{"a": ' + "[" * 100_000))
    monkeypatch.setattr(json_reader, "MOST_CHARACTERS", 1 << 18)
    with pytest.raises(SourceProblem, match="a value of more than"):
        read(written(tmp_path, "long.json", '{"a": "' + "x" * (1 << 20) + '"}'))


def test_a_value_may_lie_across_the_blocks_that_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "items.json", json_text([STAY, LINE, OTHER] * 20))
    expected = read(path)[1]
    for size in (1, 7, 64):
        monkeypatch.setattr(json_reader, "_BLOCK", size)
        assert read(path)[1] == expected


def test_an_archive_of_several_tables_is_not_guessed_at(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", texts(ITEMS)["tall.csv"])
        archive.writestr("b.csv", texts(ITEMS)["wide.csv"])
    with pytest.raises(SourceProblem, match="holds 2 files"):
        read(path)
    with open_price_file(path, "b.csv") as file:
        assert file.head.format == "csv wide"


def test_what_a_mac_adds_to_an_archive_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "mac.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("prices.csv", texts(ITEMS)["tall.csv"])
        archive.writestr("__MACOSX/._prices.csv", "\0\5\26\7")
        archive.writestr("._prices.csv", "\0\5\26\7")
    with open_price_file(path) as file:
        assert file.head.format == "csv tall"


def test_the_version_of_a_json_file_is_the_one_it_states_wherever_its_keys_stand(tmp_path: Path) -> None:
    said = json_head()
    for key in ("location_name", "type_2_npi", "attestation"):
        said.pop(key)
    said |= {"hospital_location": ["Here"], "version": "2.0.0"}
    items = {"standard_charge_information": [{"description": "x"}]}
    modifiers = {"modifier_information": [{"code": "50"}]}
    for number, top in enumerate(({**said, **items, **modifiers}, {**modifiers, **items, **said})):
        with open_price_file(written(tmp_path, f"{number}.json", json.dumps(top))) as file:
            assert file.head.version == "2.0.0"


def test_a_json_list_is_refused_and_not_read_as_a_file_without_charges(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="holds a list, not an object"):
        read(written(tmp_path, "list.json", f"[{json_text(ITEMS)}]"))


def test_nothing_is_wanted_of_an_empty_list(tmp_path: Path) -> None:
    path = written(tmp_path, "x.json", json.dumps({**json_head(), "standard_charge_information": []}))
    account = reading()
    with open_price_file(path) as file:
        assert list(file.rates(WantedCodes(frozenset(), frozenset()), account)) == []
    assert account.read == 0
    assert plans_of([]) == [("Nobody", "None")]
    assert list(tall_rows([]))[2:]
