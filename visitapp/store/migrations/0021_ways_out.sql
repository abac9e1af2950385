-- Which way a receiving team takes letters, when a letter began to be handed over, and what came back afterwards.

-- Empty: by the service's first way, to the team's address. `mesh` goes to its mailbox; `portal` is typed by hand into its own form.
ALTER TABLE receiving_team ADD COLUMN transport TEXT;
ALTER TABLE receiving_team ADD COLUMN mailbox TEXT;
ALTER TABLE receiving_team ADD COLUMN portal TEXT;

-- A letter may come back after it was sent, and arrive the second time: both may happen again in one round.
DROP INDEX referral_event_once;
CREATE UNIQUE INDEX referral_event_once ON referral_event (referral, round, event) WHERE event NOT IN ('news', 'delivered', 'bounced');

-- Kept before anything is handed over: an attempt with no delivery of the same number may have been taken before the worker died.
CREATE TABLE delivery_begun (
  seq {seq},
  letter TEXT NOT NULL REFERENCES letter (id),
  recipient TEXT,
  transport TEXT NOT NULL,
  attempt INTEGER NOT NULL
);
CREATE INDEX delivery_begun_letter ON delivery_begun (letter, attempt);
{append_only:delivery_begun};

-- `letter` is the id that the letter or message it is about travelled under, where it names one of ours. `owner` is who must look at it.
CREATE TABLE returned (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  letter TEXT,
  referral TEXT,
  household TEXT,
  owner TEXT,
  proof TEXT NOT NULL
);
CREATE INDEX returned_referral ON returned (referral, seq);
{append_only:returned};

CREATE TABLE returned_settled (
  seq {seq},
  returned TEXT NOT NULL UNIQUE REFERENCES returned (id),
  household TEXT,
  what TEXT NOT NULL
);
{append_only:returned_settled};

-- Derived: what came back and waits for somebody to look at it.
CREATE TABLE returned_open (
  id TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  referral TEXT,
  household TEXT,
  owner TEXT NOT NULL,
  opened_seq INTEGER NOT NULL
);

-- Derived: letters that lie in a mailbox of MESH and that nobody is known to have collected.
CREATE TABLE uncollected (
  recipient TEXT PRIMARY KEY,
  letter TEXT NOT NULL,
  referral TEXT NOT NULL,
  household TEXT NOT NULL,
  sent_seq INTEGER NOT NULL
);

-- Working: when each mailbox that things come back to was last read, and since when it could not be.
CREATE TABLE mailbox_read (
  source TEXT PRIMARY KEY,
  read_at TEXT,
  failed_since TEXT
);
