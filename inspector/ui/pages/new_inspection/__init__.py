"""A new inspection, and the unit, day and form of one that exists."""
