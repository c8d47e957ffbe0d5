"""The software's version, as written into stores and figures."""

VERSION = "0.2.0"
"""The same as in ``pyproject.toml``."""
