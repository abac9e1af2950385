-- Referrals, what is owed for them, the letters as sent, and the table that joins one step of the work to the next.

CREATE TABLE referral (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  submission TEXT NOT NULL REFERENCES submission (id),
  assessment TEXT NOT NULL REFERENCES assessment (id),
  level INTEGER NOT NULL,
  urgency TEXT NOT NULL,
  destination TEXT NOT NULL,
  receiving_team TEXT
);
CREATE INDEX referral_household ON referral (household, seq);
CREATE INDEX referral_submission ON referral (submission, seq);
CREATE INDEX referral_receiving_team ON referral (receiving_team, seq);
{append_only:referral};

-- Each step happens once; only news may come again.
CREATE TABLE referral_event (
  seq {seq},
  referral TEXT NOT NULL REFERENCES referral (id),
  event TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX referral_event_referral ON referral_event (referral, seq);
CREATE UNIQUE INDEX referral_event_once ON referral_event (referral, event) WHERE event <> 'news';
{append_only:referral_event};

-- Who owes what by when, as it was decided when it became owed; the newest for a subject (a referral, a quarantined visit) stands.
CREATE TABLE owed (
  seq {seq},
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  household TEXT,
  referral TEXT REFERENCES referral (id),
  owner_account TEXT,
  owner_team TEXT,
  what TEXT NOT NULL,
  due_at TEXT NOT NULL
);
CREATE INDEX owed_subject ON owed (subject, seq);
{append_only:owed};

CREATE TABLE letter (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  referral TEXT NOT NULL REFERENCES referral (id),
  bytes {bytes} NOT NULL,
  sha256 TEXT NOT NULL,
  pages INTEGER NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX letter_referral ON letter (referral, seq);
{append_only:letter};

CREATE TABLE delivery (
  seq {seq},
  letter TEXT NOT NULL REFERENCES letter (id),
  transport TEXT NOT NULL,
  address TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  proof TEXT NOT NULL
);
CREATE INDEX delivery_letter ON delivery (letter, seq);
{append_only:delivery};

CREATE TABLE notice (
  seq {seq},
  to_account TEXT NOT NULL,
  referral TEXT,
  household TEXT,
  what TEXT NOT NULL
);
CREATE INDEX notice_to_account ON notice (to_account, seq);
{append_only:notice};

-- Working: a step waiting to be done, put here by the transaction that made it necessary. Losing this table loses nothing:
-- the sweep finds what is missing in the facts and puts it back.
CREATE TABLE outbox (
  step TEXT NOT NULL,
  key TEXT NOT NULL,
  household TEXT,
  due_at TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  claimed_until TEXT,
  last_error TEXT,
  PRIMARY KEY (step, key)
);
CREATE INDEX outbox_due ON outbox (due_at);

-- Derived.

CREATE TABLE duty (
  subject TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  referral TEXT,
  household TEXT,
  owner_account TEXT,
  owner_team TEXT,
  what TEXT NOT NULL,
  due_at TEXT NOT NULL,
  opened_seq INTEGER NOT NULL
);
CREATE INDEX duty_due ON duty (due_at);
CREATE INDEX duty_household ON duty (household, due_at);
CREATE INDEX duty_referral ON duty (referral);
CREATE INDEX duty_owner_account ON duty (owner_account, due_at);
