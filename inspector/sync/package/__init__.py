"""Packages (gói): the exchange by stick, with the same result as any other way.

A package is a few files in one folder: volumes of at most 512 MiB, and a last one whose name ends in ``_MANIFEST``.
Each is an age file around the same sheet (``sheet``). The manifest is locked to the laptops it is for, or to a
passphrase; the volumes are locked to a key of their own that the manifest holds, so one lock opens all.

``writing`` makes them, ``reading`` checks all of it on this laptop's disk before anything counts, ``applying`` takes
in what was checked, ``receipts`` says back what arrived.
"""
