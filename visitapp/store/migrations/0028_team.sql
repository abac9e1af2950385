-- What a team's figures are counted from. All derived: one narrow row for each thing that is counted, found by family and day.

-- A visit made or tried. The places are sleeps that were recorded, by how it is known where the child slept; `unplaced` is how many of them
-- nobody could say. `answered` is how many questions had an answer; `left_open` is a JSON list of those that had none: measure, why, how often.
CREATE TABLE visit_counted (
  submission TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  kind TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  outcome TEXT,
  seen INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  told INTEGER NOT NULL,
  told_by_agency INTEGER NOT NULL,
  unplaced INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  left_open TEXT NOT NULL
);
CREATE INDEX visit_counted_household ON visit_counted (household, occurred_on);

-- A contact that every child is to have, and whom of the children it was with: `seen` is 1 or 0, and NULL where there was nobody to see yet
-- or nobody said. `person` is empty where no child was named.
CREATE TABLE contact_made (
  submission TEXT NOT NULL,
  person TEXT NOT NULL,
  household TEXT NOT NULL,
  contact TEXT NOT NULL,
  on_date TEXT NOT NULL,
  author TEXT NOT NULL,
  seen INTEGER,
  PRIMARY KEY (submission, person)
);
CREATE INDEX contact_made_person ON contact_made (person, household);
CREATE INDEX contact_made_household ON contact_made (household, person);

-- The newest judged visit of a family on each form: what its findings are read from.
CREATE TABLE newest_visit (
  household TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  submission TEXT NOT NULL,
  assessment TEXT NOT NULL,
  kind TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (household, form)
);

-- A referral's way in one row. `answered_at` is the first answer of any kind, `outcome` what was decided.
CREATE TABLE referral_course (
  referral TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  destination TEXT NOT NULL,
  level INTEGER NOT NULL,
  state TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  sent_at TEXT,
  delivered_at TEXT,
  answered_at TEXT,
  decided_at TEXT,
  outcome TEXT
);
CREATE INDEX referral_course_household ON referral_course (household, proposed_at);
CREATE INDEX referral_course_sent ON referral_course (household, sent_at);

CREATE TABLE agreed_now (
  household TEXT PRIMARY KEY,
  level INTEGER NOT NULL
);

-- What a visit that took place found of the home or of a child's care, from level 2 up; of each area and severity the highest level.
CREATE TABLE care_found (
  submission TEXT NOT NULL,
  area TEXT NOT NULL,
  severity TEXT NOT NULL,
  household TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  level INTEGER NOT NULL,
  PRIMARY KEY (submission, area, severity)
);
CREATE INDEX care_found_household ON care_found (household, occurred_on);
