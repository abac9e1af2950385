-- Finding a family: what it can be found by stands beside the team that may find it, so that a common name never reads the whole service.

DROP TABLE search_term;

-- Derived. `team` is that of the family's named practitioner, and empty where it has none; `person` is empty for the family itself.
CREATE TABLE search_term (
  team TEXT NOT NULL,
  kind TEXT NOT NULL,
  term TEXT NOT NULL,
  household TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (household, kind, term, person)
);
CREATE INDEX search_term_team ON search_term (team, kind, term, household, person);

-- Which questions of a form are answered in somebody's own words, as JSON lists of their ids: those that the team may read, and those that
-- stand apart. Written before the first visit on that form is read.
CREATE TABLE form_text (
  seq {seq},
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  plain TEXT NOT NULL,
  apart TEXT NOT NULL,
  UNIQUE (form, form_version)
);
{append_only:form_text};

-- Derived: the different words of what somebody wrote, for the engine's own full-text search. `id` is the seq of the fact with four bits for
-- its parts; `source` is its table and `subject` its id or seq there; `team` is the team's name as a word, which each word
-- is kept behind.
CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  subject TEXT NOT NULL,
  household TEXT NOT NULL,
  author TEXT NOT NULL,
  apart INTEGER NOT NULL,
  team TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX note_household ON note (household, id);
{full_text:note};

-- Who looked at a family, newest first: reads are few beside all that the journal holds.
CREATE INDEX journal_read ON journal (household, seq) WHERE kind >= 'read.' AND kind < 'read/';

-- What was made of a record for others, to the byte: `kind` is chronology, or copy with the `request` that it answers.
CREATE TABLE paper (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  kind TEXT NOT NULL,
  request TEXT,
  first_on TEXT NOT NULL,
  last_on TEXT NOT NULL,
  pages INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  bytes {bytes} NOT NULL
);
CREATE INDEX paper_household ON paper (household, seq);
{append_only:paper};

-- A parent's request for a copy of the record, what happened to it, and what was decided of each entry: the newest for an entry stands.
-- `as_of` is the newest journal line that the copy is made from; `marks` is JSON, what is taken out of the entry and why, by its items.
CREATE TABLE record_request (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL,
  person TEXT NOT NULL,
  received_on TEXT NOT NULL,
  identity TEXT NOT NULL,
  words TEXT NOT NULL,
  as_of INTEGER NOT NULL
);
CREATE INDEX record_request_household ON record_request (household, seq);
{append_only:record_request};

CREATE TABLE record_request_event (
  seq {seq},
  request TEXT NOT NULL REFERENCES record_request (id),
  household TEXT NOT NULL,
  event TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX record_request_event_request ON record_request_event (request, seq);
{append_only:record_request_event};

CREATE TABLE record_entry (
  seq {seq},
  request TEXT NOT NULL REFERENCES record_request (id),
  household TEXT NOT NULL,
  entry INTEGER NOT NULL,
  marks TEXT NOT NULL
);
CREATE INDEX record_entry_request ON record_entry (request, entry, seq);
{append_only:record_entry};
