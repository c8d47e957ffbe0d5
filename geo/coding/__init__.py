"""From what a text says to reports of events: what, who, where, when, how surely.

``code(annotation)`` gives one report per telling of an event, the most salient first. The rules and word lists are
``data/sources/event_types.yaml`` and ``status_cues.yaml``.
"""

from geo.coding.code import code
from geo.coding.lexicon import Rules, load_rules

__all__ = ["Rules", "code", "load_rules"]
