-- Schema 3 of an edition: public facts only, immutable once published. The number is in pointer.SCHEMA_VERSION.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL, dataset TEXT NOT NULL, title TEXT NOT NULL, release TEXT,
    period_start TEXT, period_end TEXT,
    rows_read INTEGER NOT NULL, kept INTEGER NOT NULL, duplicates INTEGER NOT NULL, set_aside INTEGER NOT NULL
);

-- listed = in the newest hospital file, or made by the roster; others are kept and scored, never offered (CONTRACT 1).
CREATE TABLE facility (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, listed INTEGER NOT NULL, ccn TEXT, npi TEXT,
    address TEXT, city TEXT, state TEXT, zip TEXT, phone TEXT,
    lat REAL, lon REAL, point_precision TEXT, overall_rating INTEGER, birthing_friendly INTEGER,
    source_id INTEGER, row INTEGER
) WITHOUT ROWID;
CREATE INDEX facility_lat ON facility (lat, lon);
CREATE INDEX facility_ccn ON facility (ccn);

-- current = row of the most frequent period (METHOD 4.1); others are stored, never scored.
CREATE TABLE measure (
    facility_id TEXT NOT NULL, measure TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL,
    value REAL, low REAL, high REAL, cases REAL, observed REAL, predicted REAL,
    raw TEXT NOT NULL, compared TEXT NOT NULL, footnotes TEXT NOT NULL,
    current INTEGER NOT NULL, source_id INTEGER NOT NULL, row INTEGER NOT NULL,
    PRIMARY KEY (facility_id, measure, start, "end")
) WITHOUT ROWID;

CREATE TABLE inpatient (
    facility_id TEXT NOT NULL, drg TEXT NOT NULL, discharges INTEGER NOT NULL,
    charge_cents INTEGER, total_payment_cents INTEGER NOT NULL, medicare_payment_cents INTEGER,
    source_id INTEGER NOT NULL, row INTEGER NOT NULL,
    PRIMARY KEY (facility_id, drg)
) WITHOUT ROWID;

-- mu, tau, a, b and sigma as frozen for this edition (METHOD 2.4 step 11).
CREATE TABLE reference (item TEXT PRIMARY KEY, kind TEXT NOT NULL, n INTEGER, mu REAL, tau REAL, a REAL, b REAL)
WITHOUT ROWID;

CREATE TABLE score (
    profile TEXT NOT NULL, facility_id TEXT NOT NULL, z REAL NOT NULL, sd REAL NOT NULL, sigma REAL NOT NULL,
    score REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL, p REAL NOT NULL, coverage REAL NOT NULL,
    tier TEXT, shown INTEGER NOT NULL, reason TEXT,
    PRIMARY KEY (profile, facility_id)
) WITHOUT ROWID;

-- Each criterion as p(ass), f(ail) or u(nknown); datum = a procedure-specific figure is in the files. Staleness and
-- attestations are left out: they depend on the question's date (CONTRACT 4).
CREATE TABLE public_check (
    criteria_set TEXT NOT NULL, facility_id TEXT NOT NULL, datum INTEGER NOT NULL,
    r1 TEXT, r2 TEXT, r3 TEXT, r4 TEXT, r5 TEXT,
    PRIMARY KEY (criteria_set, facility_id)
) WITHOUT ROWID;

CREATE TABLE contract (
    id INTEGER PRIMARY KEY, facility_id TEXT NOT NULL, alliance TEXT NOT NULL, criteria_set TEXT, procedure TEXT,
    status TEXT NOT NULL, effective TEXT, ends TEXT, suspended_on TEXT, reason TEXT,
    bundle_cents INTEGER, price_effective TEXT, included TEXT, extra TEXT, run_out TEXT, warranty TEXT,
    visibility TEXT NOT NULL, routes TEXT, intake_phone TEXT, source_id INTEGER NOT NULL, row INTEGER NOT NULL
);
CREATE INDEX contract_facility ON contract (facility_id);

CREATE TABLE surgeon (
    contract_id INTEGER NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, npi TEXT,
    procedures TEXT, languages TEXT, new_patients INTEGER, wait_days INTEGER,
    PRIMARY KEY (contract_id, place)
) WITHOUT ROWID;

CREATE TABLE attestation (
    facility_id TEXT NOT NULL, criteria_set TEXT NOT NULL, cases INTEGER NOT NULL, attested_on TEXT,
    source_id INTEGER NOT NULL, row INTEGER NOT NULL,
    PRIMARY KEY (facility_id, criteria_set)
) WITHOUT ROWID;

-- One hospital price file (or its share of a price table) at one facility. Rates of two files are never pooled: each is
-- a location of its own (METHOD 5.18). valid: 1, 0 or NULL = not checked (METHOD 5.15). updated_on: ISO, NULL = unknown.
CREATE TABLE price_file (
    id INTEGER PRIMARY KEY, facility_id TEXT NOT NULL, source_id INTEGER NOT NULL, hospital TEXT NOT NULL,
    location TEXT NOT NULL, format TEXT NOT NULL, version TEXT NOT NULL, updated_on TEXT, valid INTEGER,
    matched_by TEXT NOT NULL
);
CREATE INDEX price_file_facility ON price_file (facility_id);

-- Every rate for a code of the catalogue, refused ones too: refused = the rule's word, NULL = kept. setting is what it
-- prices; flags are blank-separated; posted holds the other cells as written, in the order of posted_rates.CELLS.
-- NULL stands for "" throughout. The key clusters a facility's rates of one code, which is how they are asked for.
CREATE TABLE posted_rate (
    facility_id TEXT NOT NULL, code TEXT NOT NULL, setting TEXT NOT NULL, id INTEGER NOT NULL,
    price_file_id INTEGER NOT NULL, row INTEGER NOT NULL, payer TEXT, plan TEXT, payer_class TEXT, kind TEXT,
    amount_cents INTEGER, low_cents INTEGER, high_cents INTEGER, cases INTEGER, flags TEXT, refused TEXT,
    posted TEXT NOT NULL,
    PRIMARY KEY (facility_id, code, setting, id)
) WITHOUT ROWID;

-- What each price file answers to a question that names no payer, by code: worked out once, as it depends on neither
-- date nor caller (METHOD 5.3, 5.4, 5.8). of_kind: the kind of the rates that a median over payers is of.
CREATE TABLE posted_answer (
    facility_id TEXT NOT NULL, setting TEXT NOT NULL, code TEXT NOT NULL, price_file_id INTEGER NOT NULL,
    kind TEXT NOT NULL, amount_cents INTEGER NOT NULL, low_cents INTEGER, high_cents INTEGER, payers INTEGER,
    flags TEXT NOT NULL, of_kind TEXT NOT NULL, rates INTEGER NOT NULL, first_row INTEGER NOT NULL,
    PRIMARY KEY (facility_id, setting, code, price_file_id)
) WITHOUT ROWID;

-- Payers of kept rates as written, by the name that they are compared by (METHOD 5.4).
CREATE TABLE payer (folded TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (folded, name)) WITHOUT ROWID;

-- The outpatient bands: median over hospitals of each hospital's median, of its commercial amounts (kind negotiated) or
-- of its cash prices (kind cash); METHOD 5.10.
CREATE TABLE band (
    kind TEXT NOT NULL, code TEXT NOT NULL, median_cents INTEGER NOT NULL, hospitals INTEGER NOT NULL,
    PRIMARY KEY (kind, code)
) WITHOUT ROWID;

-- What a program's plan paid, as its paid-claims summary says; age is judged at the question's date (METHOD 3.2 rank 2).
CREATE TABLE paid_claims (
    program TEXT NOT NULL, facility_id TEXT NOT NULL, procedure TEXT NOT NULL, setting TEXT NOT NULL,
    cases INTEGER NOT NULL, median_cents INTEGER NOT NULL, p10_cents INTEGER, p90_cents INTEGER,
    period_start TEXT NOT NULL, period_end TEXT NOT NULL, source_id INTEGER NOT NULL, row INTEGER NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (facility_id, procedure, program, setting, period_start, period_end)
) WITHOUT ROWID;

CREATE TABLE zip (
    zip TEXT PRIMARY KEY, kind TEXT NOT NULL, city TEXT NOT NULL, aliases TEXT NOT NULL, state TEXT NOT NULL,
    county TEXT NOT NULL, lat REAL, lon REAL
) WITHOUT ROWID;

CREATE TABLE city (
    folded TEXT NOT NULL, state TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    zips INTEGER NOT NULL, PRIMARY KEY (folded, state)
) WITHOUT ROWID;
