"""The service's own screens, one module a subject. Each works without script."""

from visitapp.web.screens import (
    answer_link,
    answers,
    arrangements,
    bring_in,
    check,
    disagreements,
    families,
    family_plan,
    letter,
    oversight,
    referrals,
    registration,
    returned,
    sign_in,
    visits,
    whose_turn,
)

BLUEPRINTS = (
    sign_in.blueprint,
    families.blueprint,
    arrangements.blueprint,
    registration.blueprint,
    visits.blueprint,
    family_plan.blueprint,
    referrals.blueprint,
    answers.blueprint,
    letter.blueprint,
    check.blueprint,
    answer_link.blueprint,
    bring_in.blueprint,
    disagreements.blueprint,
    whose_turn.blueprint,
    oversight.blueprint,
    returned.blueprint,
)
