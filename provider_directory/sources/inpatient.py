"""Reader of Medicare Inpatient Hospitals by Provider and Service, one row a facility and MS-DRG (METHOD 3, 5.9)."""

from __future__ import annotations

from provider_directory.cleaning import clean
from provider_directory.facts import InpatientFact, Reject
from provider_directory.sources.reading import Reading, reading_of
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.values import cents, drg, whole_number

_NEXT_STEP = "Get the file anew, or correct the row."


def read_inpatient(source: SourceFile) -> Reading[InpatientFact]:
    """Read discharges and average payments, in cents half up; the file does not say its year.

    A row without a readable MS-DRG, count of discharges or total payment is set aside. A row that is absent means
    fewer than 11 discharges or none, never 0. Raises SourceProblem where the file as a whole cannot be read.
    """
    with reading_of(source) as (table, reading):
        ccn_column, drg_column = table.column("Rndrng_Prvdr_CCN"), table.column("DRG_Cd")
        discharges_column, paid_column = table.column("Tot_Dschrgs"), table.column("Avg_Tot_Pymt_Amt")
        charge_column = table.column_if_there("Avg_Submtd_Cvrd_Chrg")
        medicare_column = table.column_if_there("Avg_Mdcr_Pymt_Amt")
        keys, key_names = (ccn_column, drg_column), ("Rndrng_Prvdr_CCN", "DRG_Cd")
        for number, ccn, row in table.distinct_rows(keys, key_names):
            group, discharges, paid = (
                drg(row[drg_column]),
                whole_number(row[discharges_column]),
                cents(row[paid_column]),
            )
            if group is None:
                reject = Reject(number, "DRG_Cd", clean(row[drg_column]), "an MS-DRG, e.g. 470", "bad_drg", _NEXT_STEP)
                reading.reject(reject)
            elif discharges is None or discharges < 0:
                found = clean(row[discharges_column])
                reading.reject(Reject(number, "Tot_Dschrgs", found, "a count", "bad_discharges", _NEXT_STEP))
            elif paid is None or paid < 0:
                found = clean(row[paid_column])
                reading.reject(Reject(number, "Avg_Tot_Pymt_Amt", found, "dollars", "bad_payment", _NEXT_STEP))
            else:
                charge = None if charge_column is None else cents(row[charge_column])
                medicare = None if medicare_column is None else cents(row[medicare_column])
                reading.facts.append(InpatientFact(ccn, group, discharges, charge, paid, medicare, number))
        reading.kept = len(reading.facts)
    return reading
