-- Our work with a family is to end: asked for with a reason, and so only once a second person has agreed.
CREATE TABLE closing (
  seq {seq},
  id TEXT NOT NULL UNIQUE,
  household TEXT NOT NULL REFERENCES household (id),
  reason TEXT NOT NULL
);
CREATE INDEX closing_household ON closing (household, seq);
{append_only:closing};

CREATE TABLE closing_answer (
  seq {seq},
  closing TEXT NOT NULL UNIQUE REFERENCES closing (id),
  household TEXT NOT NULL,
  agrees INTEGER NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX closing_answer_household ON closing_answer (household, seq);
{append_only:closing_answer};
