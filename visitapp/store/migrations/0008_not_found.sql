-- What one judgement looked for and did not find, all of it in one row: it is most of what there is to keep, and nothing asks for one of it.
-- `findings` is a JSON list in the form's order: code, area, severity, level, row, person, and the answers that ruled it out.

CREATE TABLE not_found (
  seq {seq},
  assessment TEXT NOT NULL UNIQUE REFERENCES assessment (id),
  submission TEXT NOT NULL,
  findings TEXT NOT NULL
);
CREATE INDEX not_found_submission ON not_found (submission, seq);
{append_only:not_found};
