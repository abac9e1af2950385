-- What is agreed for a family and by whom it is carried: plans and their triggers, duties and how each ended, the agencies, meetings, help,
-- the agreed level, what joins two records of one family, and what happened to a person. All facts; docs/storage.md.

ALTER TABLE finding ADD COLUMN under TEXT NOT NULL DEFAULT '';
ALTER TABLE owed ADD COLUMN backup_account TEXT;
ALTER TABLE owed ADD COLUMN finding TEXT;
ALTER TABLE duty ADD COLUMN backup_account TEXT;
ALTER TABLE duty ADD COLUMN finding TEXT;

-- How a duty ended: done (with evidence), declined by whoever was asked (with their reference), excused (by a supervisor, with a reason),
-- visit (a later visit was itself the thing that was owed). A duty is open while its newest `owed` is newer than its newest closing.
CREATE TABLE duty_closed (
  seq {seq},
  subject TEXT NOT NULL,
  household TEXT NOT NULL,
  how TEXT NOT NULL,
  evidence TEXT NOT NULL,
  reference TEXT NOT NULL
);
CREATE INDEX duty_closed_subject ON duty_closed (subject, seq);
CREATE INDEX duty_closed_household ON duty_closed (household, seq);
CREATE INDEX owed_household ON owed (household, seq);
{append_only:duty_closed};

-- `actions` is a JSON list in the order of the rungs: what, owner, owner_account, backup, backup_account, hours, after_declined.
CREATE TABLE plan (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  source TEXT NOT NULL,
  agreed_on TEXT NOT NULL,
  agreed_by TEXT NOT NULL,
  trigger_kind TEXT NOT NULL,
  trigger_words TEXT NOT NULL,
  trigger_count INTEGER,
  trigger_days INTEGER,
  actions TEXT NOT NULL,
  review_on TEXT
);
CREATE INDEX plan_household ON plan (household, seq);
{append_only:plan};

CREATE TABLE plan_ended (
  seq {seq},
  plan TEXT NOT NULL UNIQUE REFERENCES plan (id),
  household TEXT NOT NULL,
  on_date TEXT NOT NULL,
  reason TEXT NOT NULL
);
{append_only:plan_ended};

-- `cause` is what met it, once: a submission's id, `day:YYYY-MM-DD` for a clock, or an id of its own where a person said so.
CREATE TABLE trigger_met (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  plan TEXT NOT NULL REFERENCES plan (id),
  household TEXT NOT NULL,
  cause TEXT NOT NULL,
  on_date TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE UNIQUE INDEX trigger_met_once ON trigger_met (plan, cause);
CREATE INDEX trigger_met_household ON trigger_met (household, seq);
{append_only:trigger_met};

-- Another agency that works with the family; `told` says told, replied or not_told, each with its day.
CREATE TABLE agency (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  knows TEXT NOT NULL,
  from_on TEXT NOT NULL
);
CREATE INDEX agency_household ON agency (household, seq);
{append_only:agency};

CREATE TABLE agency_told (
  seq {seq},
  agency TEXT NOT NULL REFERENCES agency (id),
  household TEXT NOT NULL,
  how TEXT NOT NULL,
  on_date TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX agency_told_agency ON agency_told (agency, seq);
CREATE INDEX agency_told_household ON agency_told (household, seq);
{append_only:agency_told};

-- The agency's own closure, with what we still find unresolved: it ends their part and nothing of ours.
CREATE TABLE agency_closed (
  seq {seq},
  agency TEXT NOT NULL UNIQUE REFERENCES agency (id),
  household TEXT NOT NULL,
  on_date TEXT NOT NULL,
  reason TEXT NOT NULL,
  unresolved TEXT NOT NULL
);
CREATE INDEX agency_closed_household ON agency_closed (household, seq);
{append_only:agency_closed};

CREATE TABLE lead_professional (
  seq {seq},
  household TEXT NOT NULL REFERENCES household (id),
  name TEXT NOT NULL,
  account TEXT,
  agency TEXT,
  from_on TEXT NOT NULL
);
CREATE INDEX lead_professional_household ON lead_professional (household, seq);
{append_only:lead_professional};

-- `decisions` is a JSON list: what, owner, owner_account, due_on.
CREATE TABLE meeting (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  on_date TEXT NOT NULL,
  attended TEXT NOT NULL,
  agencies INTEGER NOT NULL,
  decisions TEXT NOT NULL
);
CREATE INDEX meeting_household ON meeting (household, on_date, seq);
{append_only:meeting};

-- Help that a family needs; `step` is ordered, delivered, seen_in_use or no_longer_needed.
CREATE TABLE help_order (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  what TEXT NOT NULL,
  person TEXT,
  words TEXT NOT NULL,
  needed_on TEXT NOT NULL
);
CREATE INDEX help_order_household ON help_order (household, seq);
{append_only:help_order};

CREATE TABLE help_step (
  seq {seq},
  help_order TEXT NOT NULL REFERENCES help_order (id),
  household TEXT NOT NULL,
  step TEXT NOT NULL,
  on_date TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX help_step_order ON help_step (help_order, seq);
CREATE INDEX help_step_household ON help_step (household, seq);
{append_only:help_step};

-- The level that people agreed. One that is lower than what stood before (`from_level`) stands only once a second person has answered.
CREATE TABLE level_agreed (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  level INTEGER NOT NULL,
  from_level INTEGER,
  reason TEXT NOT NULL
);
CREATE INDEX level_agreed_household ON level_agreed (household, seq);
{append_only:level_agreed};

CREATE TABLE level_answer (
  seq {seq},
  level_agreed TEXT NOT NULL UNIQUE REFERENCES level_agreed (id),
  household TEXT NOT NULL,
  agrees INTEGER NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX level_answer_household ON level_answer (household, seq);
{append_only:level_answer};

-- Somebody confirmed that an earlier household is this family's own past: its history counts from here on.
CREATE TABLE earlier_household (
  seq {seq},
  household TEXT NOT NULL REFERENCES household (id),
  earlier TEXT NOT NULL REFERENCES household (id),
  why TEXT NOT NULL
);
CREATE UNIQUE INDEX earlier_household_once ON earlier_household (household, earlier);
{append_only:earlier_household};

-- What happened to a person: home_from_hospital, into_hospital.
CREATE TABLE life_event (
  seq {seq},
  person TEXT NOT NULL REFERENCES person (id),
  household TEXT NOT NULL REFERENCES household (id),
  kind TEXT NOT NULL,
  on_date TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX life_event_household ON life_event (household, seq);
CREATE INDEX life_event_person ON life_event (person, seq);
{append_only:life_event};
