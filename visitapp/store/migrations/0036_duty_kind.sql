-- What is on its way, and what was set aside, are few among all that is owed: found without walking through the rest.
CREATE INDEX duty_deliver ON duty (kind) WHERE kind = 'deliver';
CREATE INDEX duty_quarantine ON duty (kind) WHERE kind = 'quarantine';
