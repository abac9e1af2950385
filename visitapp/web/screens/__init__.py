"""The service's own screens, one module a subject. Each works without script."""

from visitapp.web.screens import families, referrals, sign_in, visits

BLUEPRINTS = (sign_in.blueprint, families.blueprint, visits.blueprint, referrals.blueprint)
