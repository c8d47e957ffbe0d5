"""Made-up input for everything that takes some from strangers: ``python -m tests.fuzz all --seconds 60``.

The targets are taken from the product's own registries, so a reader, importer or zone format is tried the moment it is
listed. What was found stands as a test in ``tests/fuzz/test_found.py``.
"""
