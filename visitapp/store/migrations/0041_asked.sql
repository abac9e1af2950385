-- Whether a record of another team is of the same family: one team asks, another's supervisor answers. `other`: the record that an NHS number
-- led to, which whoever asks is never told; `goes_on`: whose the family is when they are one, `us` for whoever asks.
CREATE TABLE join_asked (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  to_team TEXT NOT NULL,
  other TEXT,
  nhs_number TEXT,
  words TEXT NOT NULL,
  goes_on TEXT NOT NULL
);
CREATE INDEX join_asked_household ON join_asked (household, seq);
{append_only:join_asked};

CREATE TABLE join_answered (
  seq {seq},
  asked TEXT NOT NULL UNIQUE REFERENCES join_asked (id),
  household TEXT NOT NULL,
  how TEXT NOT NULL,
  reason TEXT NOT NULL,
  joined TEXT
);
CREATE INDEX join_answered_household ON join_answered (household, seq);
{append_only:join_answered};

-- Derived: what waits for an answer.
CREATE TABLE join_open (
  id TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  to_team TEXT NOT NULL,
  other TEXT,
  opened_seq INTEGER NOT NULL
);
CREATE INDEX join_open_team ON join_open (to_team, opened_seq);
CREATE INDEX join_open_other ON join_open (other, opened_seq);
CREATE INDEX join_open_household ON join_open (household);
