"""The service's own screens, one module a subject. Each works without script."""

from visitapp.web.screens import families, oversight, referrals, registration, sign_in, visits

BLUEPRINTS = (sign_in.blueprint, families.blueprint, registration.blueprint, visits.blueprint, referrals.blueprint, oversight.blueprint)
