"""Trang chủ: what a day begins with."""
