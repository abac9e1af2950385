-- The answers to a council's own form, as they stood when the letter was written: what the practitioner copies into it by hand. `portal` is
-- the form and its version; `answers` is a JSON list of what is asked, what answers it, and how many characters its field takes.

CREATE TABLE portal_sheet (
  seq {seq},
  recipient TEXT NOT NULL UNIQUE REFERENCES recipient (id),
  letter TEXT NOT NULL REFERENCES letter (id),
  household TEXT NOT NULL,
  portal TEXT NOT NULL,
  answers TEXT NOT NULL
);
{append_only:portal_sheet};
