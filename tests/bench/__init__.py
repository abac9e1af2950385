"""What the service and the tablet cost, measured side by side in one run: `make bench`, or `python -m tests.bench ingest letter` for some.

Absolute figures depend on the machine; the ratios are what carries over. Nothing here can fail a test.
"""
