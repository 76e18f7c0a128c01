"""The red flags that are asked about, by service line: short, in plain words, our own; they judge nothing."""

from __future__ import annotations

from navigator.languages.translating import to_say

EVERY_LINE = "*"
RED_FLAGS: dict[str, tuple[str, ...]] = {
    "joint": (
        to_say("A red, hot, swollen joint with fever"),
        to_say("Swelling and pain in one calf"),
        to_say("A fall and no weight on the leg"),
    ),
    "hand": (
        to_say("Fingers that are cold, blue or numb after an injury"),
        to_say("A red, hot, swollen hand with fever"),
    ),
    "foot": (
        to_say("A foot that is cold, blue or suddenly numb"),
        to_say("A sore that is black or smells, and fever"),
    ),
    "sports": (
        to_say("A joint that is out of place or cannot carry weight"),
        to_say("A limb that is cold, blue or numb"),
    ),
    "msk": (
        to_say("A red, hot, swollen joint with fever"),
        to_say("New weakness or numbness"),
    ),
    "spine": (
        to_say("New weakness in arms or legs"),
        to_say("Cannot hold or pass water or stool"),
        to_say("Numbness between the legs"),
        to_say("Back pain with fever or after a fall"),
    ),
    "cardiac-surgery": (
        to_say("Chest pain now"),
        to_say("Short of breath at rest"),
        to_say("Fainting or about to faint"),
    ),
    "cardiology": (
        to_say("Chest pain now"),
        to_say("Short of breath at rest"),
        to_say("Fainting or a racing heart that does not stop"),
    ),
    "vascular": (
        to_say("A leg that is suddenly cold, pale or painful"),
        to_say("Sudden strong belly or back pain"),
        to_say("Face drooping, weak arm or slurred speech"),
    ),
    "neuro": (
        to_say("The worst headache of a life"),
        to_say("Face drooping, weak arm or slurred speech"),
        to_say("A first seizure, or one that does not stop"),
    ),
    "cancer": (
        to_say("Fever of 100.4 during chemotherapy"),
        to_say("Coughing or vomiting blood"),
        to_say("New weakness in the legs"),
    ),
    "cellular-therapy": (
        to_say("Fever of 100.4 or more"),
        to_say("Confusion or trouble speaking"),
    ),
    "transplant": (
        to_say("Fever of 100.4 or more"),
        to_say("No or very little urine"),
        to_say("Yellow skin with confusion"),
    ),
    "bariatric": (
        to_say("Belly pain with fever or a racing heart"),
        to_say("Vomiting that does not stop"),
        to_say("Chest pain or short of breath"),
    ),
    "gi": (
        to_say("Vomiting blood or black stool"),
        to_say("Strong belly pain with fever"),
    ),
    "general": (
        to_say("Strong belly pain with fever"),
        to_say("A hard, painful hernia with vomiting"),
    ),
    "womens": (
        to_say("Heavy bleeding: a pad an hour"),
        to_say("Strong pain low in the belly or fainting"),
    ),
    "maternity": (
        to_say("Bleeding or water breaking early"),
        to_say("The baby moves less than before"),
        to_say("Bad headache with blurred sight"),
    ),
    "fertility": (
        to_say("Strong belly pain or fainting"),
        to_say("Short of breath with a swollen belly"),
    ),
    "urology": (
        to_say("Cannot pass water at all"),
        to_say("Flank pain with fever"),
    ),
    "ent": (
        to_say("Trouble breathing or swallowing spit"),
        to_say("Bleeding from nose or throat that does not stop"),
    ),
    "eye": (
        to_say("Sudden loss of sight"),
        to_say("Flashes or a curtain over the sight"),
    ),
    "behavioral": (
        to_say("Hearing voices that say to do harm"),
        to_say("Shaking or confusion after stopping alcohol or pills"),
    ),
    "imaging": (
        to_say("New weakness or numbness"),
        to_say("Chest pain or the worst headache of a life"),
    ),
    "second-opinion": (to_say("Symptoms that got much worse today"),),
    EVERY_LINE: (
        to_say("Chest pain or trouble breathing now"),
        to_say("Sudden weakness or trouble speaking"),
        to_say("Bleeding that does not stop"),
    ),
}
"""Texts of the catalogue; those of EVERY_LINE are asked where a line has none of its own."""
