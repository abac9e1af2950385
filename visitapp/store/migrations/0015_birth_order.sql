-- Of children born together, which came first: 1, 2, 3. Nobody else has one.

ALTER TABLE person_detail ADD COLUMN birth_order INTEGER;
ALTER TABLE person_now ADD COLUMN birth_order INTEGER;
