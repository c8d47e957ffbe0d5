"""Who is named in a text: armed groups, states' forces, governments, crowds, civilians.

Named actors come from ``data/sources/actors.yaml``; a state's own forces and its government come from a rule
("Turkish troops", "Iraq's interior minister", "Ankara said") over ``state_actors.yaml``; everybody else keeps the
text's own words ("Islamist gunmen") by the head words of ``actor_words.yaml``.

A mention carries one name however old the article is; :func:`name_on` gives the name valid on the event's day.
"""

from geo.annotate.actors.find import find
from geo.annotate.actors.lexicon import home_country, is_body, is_named, lands_of, lexicon, name_on, type_on

__all__ = ["find", "home_country", "is_body", "is_named", "lands_of", "lexicon", "name_on", "type_on"]
