"""The language in which forms are written: one YAML file to questions, schema, rules and the tablet's bundle."""

from visitapp.formlang.bundle import bundle
from visitapp.formlang.catalogue import Catalogue, load_catalogue
from visitapp.formlang.faults import Fault, FormFault
from visitapp.formlang.model import FindingRule, Form, Levels, Option, Policy, Question, Routes, Section

__all__ = [
    "Catalogue",
    "Fault",
    "FindingRule",
    "Form",
    "FormFault",
    "Levels",
    "Option",
    "Policy",
    "Question",
    "Routes",
    "Section",
    "bundle",
    "load_catalogue",
]
