-- What queries ask for by name is little of what a visit measures: only that is a row each. What a form carries to the next visit is a row a
-- person. All else stays in the reading, where history finds it.

DELETE FROM visit_measure WHERE measure NOT IN ('child.seen', 'child.seen_at_door');
ALTER TABLE visit_measure DROP COLUMN since;

-- Derived. `measures` is a JSON list: measure, value, how it is known, and the day since when it stands.
CREATE TABLE visit_carried (
  submission TEXT NOT NULL,
  person TEXT NOT NULL,
  household TEXT NOT NULL,
  occurred_on TEXT NOT NULL,
  measures TEXT NOT NULL,
  PRIMARY KEY (submission, person)
);
CREATE INDEX visit_carried_household ON visit_carried (household, occurred_on);
