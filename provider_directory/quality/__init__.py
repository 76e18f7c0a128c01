"""Quality from public measures: profiles, frozen reference, score with range, public criteria (METHOD 2 and 4)."""
