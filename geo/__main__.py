"""``python -m geo``: every step without the dashboard."""

from geo.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
