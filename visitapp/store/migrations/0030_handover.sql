-- What happens to a record: a loss that was recorded in error, and reminders that may go again after a loss.

CREATE TABLE life_event_error (
  seq {seq},
  event INTEGER NOT NULL UNIQUE REFERENCES life_event (seq),
  household TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX life_event_error_household ON life_event_error (household, seq);
{append_only:life_event_error};

CREATE TABLE reminders_resumed (
  seq {seq},
  household TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX reminders_resumed_household ON reminders_resumed (household, seq);
{append_only:reminders_resumed};

-- Derived: a child who died, a baby who was stillborn, a pregnancy that ended; `event` is the life event's seq, and `stopped` is 1 while
-- reminders and letters to the family stand still because of it.
CREATE TABLE loss (
  event INTEGER PRIMARY KEY,
  household TEXT NOT NULL,
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  on_date TEXT NOT NULL,
  words TEXT NOT NULL,
  stopped INTEGER NOT NULL
);
CREATE INDEX loss_household ON loss (household, event);
CREATE INDEX loss_person ON loss (person, kind);

-- A family offered by whoever is named to somebody of a team, or to the team; `summary` is what the next one must know, as JSON, and `duty`
-- the subject of the duty to answer. How it ended is a fact of its own; after a refusal another may follow.
CREATE TABLE handover (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  from_account TEXT NOT NULL,
  to_account TEXT,
  to_team TEXT NOT NULL,
  words TEXT NOT NULL,
  safe TEXT NOT NULL,
  summary TEXT NOT NULL,
  duty TEXT NOT NULL
);
CREATE INDEX handover_household ON handover (household, seq);
{append_only:handover};

CREATE TABLE handover_ended (
  seq {seq},
  handover TEXT NOT NULL REFERENCES handover (id),
  household TEXT NOT NULL,
  how TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (handover, how)
);
{append_only:handover_ended};

-- Somebody works here no more: they sign in no more and are in no team, and their name stands beside what they wrote.
CREATE TABLE account_ended (
  seq {seq},
  account TEXT NOT NULL UNIQUE,
  on_date TEXT NOT NULL,
  why TEXT NOT NULL
);
{append_only:account_ended};
ALTER TABLE account_now ADD COLUMN ended_on TEXT;

-- Derived: offers that nobody accepted, took back or kept; `refused` 1 where the answer was no.
CREATE TABLE handover_open (
  id TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  from_account TEXT NOT NULL,
  to_account TEXT,
  to_team TEXT NOT NULL,
  duty TEXT NOT NULL,
  opened_seq INTEGER NOT NULL,
  opened_at TEXT NOT NULL,
  refused INTEGER NOT NULL
);
CREATE INDEX handover_open_household ON handover_open (household);
CREATE INDEX handover_open_to_account ON handover_open (to_account, opened_seq);
CREATE INDEX handover_open_to_team ON handover_open (to_team, opened_seq);

-- A visit that was entered in error for a family: it stands in another's record (`belongs_to`), or in none. Its bytes stay as they came.
CREATE TABLE visit_error (
  seq {seq},
  submission TEXT NOT NULL REFERENCES submission (id),
  household TEXT NOT NULL,
  belongs_to TEXT,
  why TEXT NOT NULL
);
CREATE INDEX visit_error_submission ON visit_error (submission, seq);
CREATE INDEX visit_error_household ON visit_error (household, seq);
{append_only:visit_error};

-- Two records of one family: `duplicate` is its past from now on, and stands by itself no more. `moved` is JSON: memberships that ended there,
-- and those that began here in their place.
CREATE TABLE record_joined (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  duplicate TEXT NOT NULL,
  why TEXT NOT NULL,
  moved TEXT NOT NULL
);
CREATE INDEX record_joined_household ON record_joined (household, seq);
CREATE INDEX record_joined_duplicate ON record_joined (duplicate, seq);
{append_only:record_joined};

CREATE TABLE record_joined_error (
  seq {seq},
  joined TEXT NOT NULL UNIQUE REFERENCES record_joined (id),
  household TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX record_joined_error_household ON record_joined_error (household, seq);
{append_only:record_joined_error};

-- What was put right of two records, said in the chronology of each: joined, joined in error, split.
CREATE TABLE record_put_right (
  seq {seq},
  household TEXT NOT NULL,
  other TEXT NOT NULL,
  what TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX record_put_right_household ON record_put_right (household, seq);
{append_only:record_put_right};

-- Derived: in whose record a visit that was ever entered in error stood, from one seq to another; a row without an end is where it stands.
CREATE TABLE visit_filed (
  submission TEXT NOT NULL,
  household TEXT NOT NULL,
  from_seq INTEGER NOT NULL,
  until_seq INTEGER,
  PRIMARY KEY (submission, from_seq)
);
CREATE INDEX visit_filed_household ON visit_filed (household, submission);

-- Derived: the record that one was joined to, NULL for one that stands by itself.
ALTER TABLE household_now ADD COLUMN joined_to TEXT;
