"""What changed between two editions, in sentences, with the reason behind each (issue "Rosters and time")."""
