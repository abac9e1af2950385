"""The demonstration, under the name by which the rest of the house asks for it."""

from visitapp.flow.demonstration.cast import ACCOUNTS, PASSWORD
from visitapp.flow.demonstration.loading import load

__all__ = ["ACCOUNTS", "PASSWORD", "load"]
