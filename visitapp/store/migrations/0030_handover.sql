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
