"""Kiểm tra CCHC: inspections of administrative reform, recorded offline and printed as minutes."""

__version__ = "0.1.0"
