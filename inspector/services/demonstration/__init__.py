"""The demonstration (sổ trình diễn): two seasons of an invented province, made through the same acts as real work.

What happened is data (``resources/demonstration``); here it becomes lines of ``record``, drawn pictures and papers.
"""
