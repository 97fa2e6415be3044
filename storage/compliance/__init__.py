"""How a cadre stands with a plan: pure functions over plain records."""
