"""The CMS data sets that a build uses: where each is looked up, and the name under which it is kept here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from provider_directory.errors import BadInput, Choice

CMS = "https://data.cms.gov"
METASTORE = "/provider-data/api/1/metastore/schemas/dataset/items/{id}?show-reference-ids=false"
CATALOG = "/data.json"
COUNT = "/provider-data/api/1/datastore/query/{id}/0?limit=1&offset=0&results=true&count=true"
ARCHIVE = "/provider-data/sites/default/files/archive/Hospitals/{year}/hospitals_{month}_{year}.zip"
ROWS = "/data-api/v1/dataset/{id}/data?size={size}&offset={offset}"


class Dataset(NamedTuple):
    """One data set of CMS."""

    name: str
    """As the readers call it, and as ``--only`` takes it."""
    cms_id: str
    title: str
    file_name: str
    """Ours, so that an edition names the same file whatever address it came from."""

    @property
    def has_pages(self) -> bool:
        """Say whether it comes as pages of rows and not as a file."""
        return self.name == "inpatient"


DATASETS = (
    Dataset("hospital_general", "xubh-q36u", "Hospital General Information", "Hospital_General_Information.csv"),
    Dataset("complications", "ynj2-r877", "Complications and Deaths", "Complications_and_Deaths-Hospital.csv"),
    Dataset("unplanned_visits", "632h-zaca", "Unplanned Hospital Visits", "Unplanned_Hospital_Visits-Hospital.csv"),
    Dataset("hai", "77hc-ibv8", "Healthcare Associated Infections", "Healthcare_Associated_Infections-Hospital.csv"),
    Dataset("hcahps", "dgck-syfz", "HCAHPS patient survey", "HCAHPS-Hospital.csv"),
    Dataset(
        "mspb", "rrqw-56er", "Medicare Spending Per Patient", "Medicare_Hospital_Spending_Per_Patient-Hospital.csv"
    ),
    Dataset(
        "inpatient",
        "690ddc6c-2767-4618-b277-420ffb2bf27c",
        "Medicare Inpatient Hospitals",
        "Medicare_Inpatient_Hospitals-by_Provider_and_Service.csv",
    ),
)


def chosen(names: Iterable[str]) -> tuple[Dataset, ...]:
    """Give the data sets of these names or CMS ids, all of them for no names; raises BadInput with the choices."""
    known = {key: dataset for dataset in DATASETS for key in (dataset.name, dataset.cms_id)}
    wanted = [part.strip() for name in names for part in name.split(",") if part.strip()]
    for name in wanted:
        if name not in known:
            choices = tuple(Choice(dataset.name, dataset.title) for dataset in DATASETS)
            raise BadInput(f'There is no data set "{name}".', "Choose one or several of these.", choices)
    picked = {known[name].name for name in wanted}
    return tuple(dataset for dataset in DATASETS if not picked or dataset.name in picked)
