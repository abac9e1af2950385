-- A referral that a later visit made graver, and the update that asks for it again.

-- What the need was as it had been told (`from_…`), what it is now, and the visit that it was found at. `reasons` is a JSON list of
-- sentences. The newest stands, and from then on the referral has its level, urgency and destination.
CREATE TABLE referral_raised (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  referral TEXT NOT NULL REFERENCES referral (id),
  household TEXT NOT NULL,
  submission TEXT NOT NULL REFERENCES submission (id),
  assessment TEXT NOT NULL,
  from_level INTEGER NOT NULL,
  from_urgency TEXT NOT NULL,
  from_destination TEXT NOT NULL,
  level INTEGER NOT NULL,
  urgency TEXT NOT NULL,
  destination TEXT NOT NULL,
  reasons TEXT NOT NULL
);
CREATE INDEX referral_raised_referral ON referral_raised (referral, seq);
CREATE INDEX referral_raised_submission ON referral_raised (submission);
{append_only:referral_raised};

-- It may be raised again before anybody was told, and a wait for that may be let stand more than once.
DROP INDEX referral_event_once;
CREATE UNIQUE INDEX referral_event_once ON referral_event (referral, round, event)
  WHERE event NOT IN ('news', 'delivered', 'bounced', 'raised', 'let_stand');

-- Not empty: this one must answer although its letter is an update (the letter has a number above 1).
ALTER TABLE recipient ADD COLUMN answers INTEGER;
