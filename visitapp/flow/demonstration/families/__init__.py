"""The families, none of whom exists. One file tells a few of them; the order here is the order of nothing but this list."""

from visitapp.flow.demonstration.families import homes, keane, ordinary, sleep
from visitapp.flow.demonstration.story import Family

FAMILIES: tuple[Family, ...] = (keane.KEANE, *sleep.FAMILIES, *homes.FAMILIES, *ordinary.FAMILIES)
