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
