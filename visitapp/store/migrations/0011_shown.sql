-- What a tablet could show, judged again from the tablet's own facts: a check on it, of which nobody asks for one finding, so all of it is in
-- one row. `findings` is a JSON list in the form's order: code, area, severity, level, row, person, state, the answers behind it, those that
-- are missing, what it stands under, and its words. Judgements of earlier versions have a row of `finding` for each instead.

CREATE TABLE shown (
  seq {seq},
  assessment TEXT NOT NULL UNIQUE REFERENCES assessment (id),
  submission TEXT NOT NULL,
  findings TEXT NOT NULL
);
CREATE INDEX shown_submission ON shown (submission, seq);
{append_only:shown};
