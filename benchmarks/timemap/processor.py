"""Processor time that the browser takes, which the work of others hardly changes, unlike frames a second."""

from __future__ import annotations


class Processor:
    """What all processes of one browser have used."""

    def __init__(self, browser: object) -> None:
        self.session = browser.new_browser_cdp_session()

    def used_ms(self) -> float:
        """Milliseconds of processor time since the browser began, in all its processes."""
        return 1000 * sum(one["cpuTime"] for one in self.session.send("SystemInfo.getProcessInfo")["processInfo"])
