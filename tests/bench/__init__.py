"""Measurements: each compares the program with a floor in the same run and prints ratios. None is an assertion."""
