-- Short messages by e-mail that name nobody: what is to be said to whom, and every attempt to hand one over.

CREATE TABLE notice_message (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  to_account TEXT,
  to_address TEXT,
  household TEXT,
  referral TEXT,
  said TEXT NOT NULL,
  until TEXT
);
CREATE INDEX notice_message_to_account ON notice_message (to_account, seq);
CREATE INDEX notice_message_to_address ON notice_message (to_address, seq);
{append_only:notice_message};

CREATE TABLE notice_attempt (
  seq {seq},
  message TEXT NOT NULL REFERENCES notice_message (id),
  transport TEXT NOT NULL,
  address TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  proof TEXT NOT NULL
);
CREATE INDEX notice_attempt_message ON notice_attempt (message, seq);
{append_only:notice_attempt};

-- Derived: messages that nobody has taken, and after which nothing reached the same people either.
CREATE TABLE notice_unsent (
  id TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  to_account TEXT,
  to_address TEXT,
  household TEXT,
  referral TEXT,
  attempts INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  address TEXT NOT NULL
);
CREATE INDEX notice_unsent_to ON notice_unsent (to_account, to_address);
