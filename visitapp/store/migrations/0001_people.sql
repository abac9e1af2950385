-- People, where they live and with whom, and who looks after whom: facts by date, none of which is ever changed.
-- Words and tokens: docs/storage.md. Columns named person, household, account, team hold ids.

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  household TEXT,
  detail TEXT NOT NULL,
  sha256 TEXT NOT NULL
);
CREATE INDEX journal_household ON journal (household, seq);
CREATE INDEX journal_actor ON journal (actor, seq);
{append_only:journal};

CREATE TABLE person (
  seq {seq},
  id TEXT NOT NULL UNIQUE
);
{append_only:person};

CREATE TABLE person_detail (
  seq {seq},
  person TEXT NOT NULL REFERENCES person (id),
  given_names TEXT NOT NULL,
  family_name TEXT NOT NULL,
  born_on TEXT,
  due_on TEXT,
  gestation_days INTEGER,
  birth_weight_g INTEGER,
  nhs_number TEXT,
  nhs_number_absent_why TEXT,
  phone TEXT,
  language TEXT,
  interpreter INTEGER
);
CREATE INDEX person_detail_person ON person_detail (person, seq);
{append_only:person_detail};

CREATE TABLE household (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);
{append_only:household};

CREATE TABLE residence (
  seq {seq},
  household TEXT NOT NULL REFERENCES household (id),
  address TEXT NOT NULL,
  postcode TEXT NOT NULL,
  area TEXT NOT NULL,
  from_on TEXT NOT NULL
);
CREATE INDEX residence_household ON residence (household, from_on, seq);
{append_only:residence};

CREATE TABLE membership (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  person TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  from_on TEXT NOT NULL,
  care_role TEXT
);
CREATE INDEX membership_household ON membership (household, seq);
CREATE INDEX membership_person ON membership (person, seq);
{append_only:membership};

CREATE TABLE membership_end (
  seq {seq},
  membership TEXT NOT NULL UNIQUE REFERENCES membership (id),
  on_date TEXT NOT NULL,
  reason TEXT NOT NULL
);
{append_only:membership_end};

CREATE TABLE parental_responsibility (
  seq {seq},
  child TEXT NOT NULL REFERENCES person (id),
  holder TEXT NOT NULL REFERENCES person (id),
  from_on TEXT NOT NULL,
  basis TEXT NOT NULL
);
CREATE INDEX parental_responsibility_child ON parental_responsibility (child, seq);
{append_only:parental_responsibility};

CREATE TABLE team (
  seq {seq},
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  area TEXT NOT NULL,
  phone TEXT NOT NULL
);
CREATE INDEX team_id ON team (id, seq);
{append_only:team};

CREATE TABLE receiving_team (
  seq {seq},
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  area TEXT NOT NULL,
  kind TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  phone_out_of_hours TEXT NOT NULL,
  review_on TEXT NOT NULL
);
CREATE INDEX receiving_team_id ON receiving_team (id, seq);
CREATE INDEX receiving_team_area ON receiving_team (area, kind, seq);
{append_only:receiving_team};

CREATE TABLE account (
  seq {seq},
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  team TEXT,
  receiving_team TEXT,
  phone TEXT,
  email TEXT
);
CREATE INDEX account_id ON account (id, seq);
{append_only:account};

CREATE TABLE account_secret (
  seq {seq},
  account TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX account_secret_account ON account_secret (account, seq);
{append_only:account_secret};

CREATE TABLE named_practitioner (
  seq {seq},
  household TEXT NOT NULL REFERENCES household (id),
  account TEXT NOT NULL,
  capacity TEXT NOT NULL,
  from_on TEXT NOT NULL
);
CREATE INDEX named_practitioner_household ON named_practitioner (household, capacity, from_on, seq);
CREATE INDEX named_practitioner_account ON named_practitioner (account, seq);
{append_only:named_practitioner};

CREATE TABLE planned_visit (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  what TEXT NOT NULL,
  on_date TEXT NOT NULL
);
CREATE INDEX planned_visit_household ON planned_visit (household, on_date, seq);
{append_only:planned_visit};

-- Working: what a running service needs and may forget.

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL
);
CREATE INDEX session_account ON session (account);

CREATE TABLE device (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  label TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  revoked_at TEXT
);
CREATE INDEX device_account ON device (account);

CREATE TABLE sign_in_attempt (
  username_hash TEXT NOT NULL,
  address_hash TEXT NOT NULL,
  at TEXT NOT NULL,
  succeeded INTEGER NOT NULL
);
CREATE INDEX sign_in_attempt_username ON sign_in_attempt (username_hash, at);
CREATE INDEX sign_in_attempt_address ON sign_in_attempt (address_hash, at);

-- Derived: dropped and rebuilt from the facts by `visitapp rebuild`.

CREATE TABLE person_now (
  person TEXT PRIMARY KEY,
  given_names TEXT NOT NULL,
  family_name TEXT NOT NULL,
  born_on TEXT,
  due_on TEXT,
  gestation_days INTEGER,
  birth_weight_g INTEGER,
  nhs_number TEXT,
  nhs_number_absent_why TEXT,
  phone TEXT,
  language TEXT,
  interpreter INTEGER
);
CREATE INDEX person_now_nhs_number ON person_now (nhs_number);

CREATE TABLE member_now (
  membership TEXT PRIMARY KEY,
  household TEXT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  care_role TEXT,
  from_on TEXT NOT NULL
);
CREATE INDEX member_now_household ON member_now (household);
CREATE INDEX member_now_person ON member_now (person);

CREATE TABLE account_now (
  account TEXT PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  team TEXT,
  receiving_team TEXT,
  phone TEXT,
  email TEXT
);

CREATE TABLE household_now (
  household TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  team TEXT,
  practitioner TEXT,
  address TEXT,
  postcode TEXT,
  area TEXT,
  level_at_least INTEGER,
  level_could_be INTEGER,
  last_visit_on TEXT,
  last_seen_child_on TEXT
);
CREATE INDEX household_now_team ON household_now (team, name, household);
CREATE INDEX household_now_practitioner ON household_now (practitioner, name, household);

CREATE TABLE search_term (
  term TEXT NOT NULL,
  kind TEXT NOT NULL,
  household TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (household, person, kind, term)
);
CREATE INDEX search_term_term ON search_term (kind, term, household);
