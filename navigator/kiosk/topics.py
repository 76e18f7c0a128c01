"""The eight tiles and what each may mean; everything else is found by words."""

from __future__ import annotations

from typing import NamedTuple

from navigator.languages.translating import to_say


class Topic(NamedTuple):
    """One tile: its words, and the ids of the procedures between which it asks."""

    words: str
    procedures: tuple[str, ...]


TOPICS = (
    Topic(
        to_say("Knee or hip"),
        (
            "total-knee-replacement",
            "total-hip-replacement",
            "partial-knee-replacement",
            "knee-replacement-revision",
            "hip-replacement-revision",
        ),
    ),
    Topic(
        to_say("Back or neck"),
        ("lumbar-fusion-single-level", "cervical-fusion", "lumbar-discectomy", "lumbar-laminectomy"),
    ),
    Topic(to_say("Heart"), ("cabg", "surgical-aortic-valve", "tavr", "pci", "af-ablation", "pacemaker")),
    Topic(
        to_say("Cancer"),
        (
            "cancer-second-opinion",
            "mastectomy",
            "colon-resection-cancer",
            "lung-cancer-surgery",
            "prostate-cancer-surgery",
            "chemotherapy",
        ),
    ),
    Topic(to_say("Weight loss"), ("gastric-sleeve", "gastric-bypass", "bariatric-revision")),
    Topic(to_say("Transplant"), ("kidney-transplant", "liver-transplant", "heart-transplant", "lung-transplant")),
    Topic(to_say("Women's health"), ("hysterectomy", "myomectomy", "pelvic-prolapse-repair", "endometriosis-surgery")),
    Topic(to_say("Second opinion"), ("expert-second-opinion", "cancer-second-opinion")),
)
