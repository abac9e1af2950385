-- Unfinished visits that a practitioner's devices hand to each other. Working tables: revisions come, are dropped and are forgotten. What is
-- in a revision is encrypted under a key that the service does not have, so nothing here names a family, a form or an answer, and nothing
-- that judges reads it. `content` is the exact request, and NULL once a newer revision named this one as its parent.

CREATE TABLE draft (
  account TEXT NOT NULL,
  draft TEXT NOT NULL,
  ended_at TEXT,
  ended_how TEXT,
  ended_device TEXT,
  PRIMARY KEY (account, draft)
);
CREATE INDEX draft_ended_at ON draft (ended_at);

CREATE TABLE draft_revision (
  account TEXT NOT NULL,
  draft TEXT NOT NULL,
  revision TEXT NOT NULL,
  parents TEXT NOT NULL,
  device TEXT NOT NULL,
  at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  size INTEGER NOT NULL,
  content {bytes},
  PRIMARY KEY (account, draft, revision)
);
