-- Where a family lives and how it is reached, recorded at the desk: an address that was recorded in error, whether the address is kept back
-- from others, numbers with whose each is and when it is safe, and a child's second home that may have no record of its own.

CREATE TABLE residence_error (
  seq {seq},
  residence INTEGER NOT NULL UNIQUE REFERENCES residence (seq),
  household TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX residence_error_household ON residence_error (household, seq);
{append_only:residence_error};

CREATE TABLE address_kept_back (
  seq {seq},
  household TEXT NOT NULL,
  kept_back INTEGER NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX address_kept_back_household ON address_kept_back (household, seq);
{append_only:address_kept_back};

CREATE TABLE phone_number (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  person TEXT,
  whose TEXT NOT NULL,
  number TEXT NOT NULL,
  safe TEXT NOT NULL,
  times TEXT NOT NULL
);
CREATE INDEX phone_number_household ON phone_number (household, seq);
{append_only:phone_number};

CREATE TABLE phone_number_ended (
  seq {seq},
  phone_number TEXT NOT NULL UNIQUE REFERENCES phone_number (id),
  household TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX phone_number_ended_household ON phone_number_ended (household, seq);
{append_only:phone_number_ended};

-- `membership`: by which the child belongs to that home's own record too, where it has one.
CREATE TABLE second_home (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  person TEXT NOT NULL,
  address TEXT NOT NULL,
  with_whom TEXT NOT NULL,
  days TEXT NOT NULL,
  from_on TEXT NOT NULL,
  membership TEXT
);
CREATE INDEX second_home_household ON second_home (household, seq);
CREATE INDEX second_home_person ON second_home (person, seq);
{append_only:second_home};

CREATE TABLE second_home_ended (
  seq {seq},
  second_home TEXT NOT NULL UNIQUE REFERENCES second_home (id),
  household TEXT NOT NULL,
  on_date TEXT NOT NULL,
  why TEXT NOT NULL
);
CREATE INDEX second_home_ended_household ON second_home_ended (household, seq);
{append_only:second_home_ended};
