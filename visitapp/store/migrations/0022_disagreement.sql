-- Professional disagreement over a referral: what it is over, and everything that happened in it: raised, a stage opened, something said
-- at a stage, ended. `detail` is a JSON object of what was written. All facts; which stage it is at follows from them.

CREATE TABLE disagreement (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  referral TEXT NOT NULL REFERENCES referral (id),
  household TEXT NOT NULL,
  over TEXT NOT NULL,
  at_risk INTEGER NOT NULL
);
CREATE INDEX disagreement_referral ON disagreement (referral, seq);
{append_only:disagreement};

CREATE TABLE disagreement_event (
  seq {seq},
  disagreement TEXT NOT NULL REFERENCES disagreement (id),
  household TEXT NOT NULL,
  event TEXT NOT NULL,
  stage INTEGER NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX disagreement_event_disagreement ON disagreement_event (disagreement, seq);
CREATE INDEX disagreement_event_household ON disagreement_event (household, seq);
CREATE UNIQUE INDEX disagreement_event_opened ON disagreement_event (disagreement, stage) WHERE event = 'opened';
CREATE UNIQUE INDEX disagreement_event_ended ON disagreement_event (disagreement) WHERE event = 'ended';
{append_only:disagreement_event};
