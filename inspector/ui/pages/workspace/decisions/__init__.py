"""Bất đồng: where people disagree, all texts side by side, and what the lead decides."""
