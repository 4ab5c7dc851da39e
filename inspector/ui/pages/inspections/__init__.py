"""Cuộc kiểm tra: finding one of thousands."""
