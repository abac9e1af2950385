-- What was found years ago is asked for at every judgement: only what is present, which is little of all that was looked for.

CREATE INDEX finding_present ON finding (assessment, code) WHERE state = 'present';
