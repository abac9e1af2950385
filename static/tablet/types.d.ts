// The shapes that pass between the tablet's modules, and between the tablet and the service. Types only: nothing here is sent.
import type { IDBPDatabase } from "idb";

export type Instant = string; // 2026-11-22T10:40:00.000Z
export type Day = string; // 2026-11-22

export type Value = string | string[] | number | boolean;
export type Answer = { value: Value; known?: string; since?: Day } | { absent: string } | RowsAnswer; // since: established on that day, confirmed at this visit
export type RowsAnswer = { rows: Row[]; complete: boolean };
export type Answers = { [question: string]: Answer };
export type Row = { id: string; person: string | null; answers: Answers };
export type Call = { id: string; at: Instant; who: string; number: string; reached: boolean; spoke_to: string; said: string };
export type Reason = { finding: string; row: string; reason: string };
export type Body = {
  v: 1; household: string; form: string; form_version: number; occurred_on: Day;
  adds_to?: string; // of an addition: the visit that it stands beside
  answers: Answers; calls: Call[]; unasked_reasons: Reason[];
  photographs?: Photographs;
};
export type Taken = {
  id: string; sha256: string; size: number; place: string; caption: string; taken_at: Instant;
  lost?: true; // it could not be read on this tablet any more when the visit was sealed
};
export type Consent = { who: string; agreed: boolean; at: Instant | null };
export type Photographs = { consent: Consent; taken: Taken[] };

export type Question = {
  id: string; kind: string; label: string; show_if: any; of: string | null; row_title: string | null;
  questions: Question[]; minimum: number | null; maximum: number | null; units: string | null; known: string[]; absent: string[];
  options: { code: string; label: string }[]; measure: string | null; confidential: boolean; carry?: boolean | string[]; layout?: string | null;
};
export type Section = { id: string; area: string; title: string; questions: Question[] };
export type DutyRule = { what: string; within: string; kind: "do" | "see" | "tell"; owner: "practitioner" | "supervisor" };
export type FindingRule = {
  code: string; area: string; wording: string; ask: string; severity: string; level: number; judgement: boolean; source: string;
  stands_for: string[]; duties: DutyRule[];
};
export type ScoreRule = {
  id: string; title: string; measure: string | null; rows: string | null; max: number; source: string; when: any;
  of: { [question: string]: { [code: string]: number } };
};
export type Bundle = {
  lang: number; name: string; version: number; hash: string; title: string; kind: string;
  sections: Section[]; findings: FindingRule[]; scores: ScoreRule[]; asked_properly: any; levels: any;
  prompts_shown: number; // the most things to ask next
};
export type Finding = {
  finding: string; area: string; row: string; person: string; state: string; // present, absent or cannot_tell
  severity: string; level: number; because: string[]; missing: string[];
  under: string; // the graver finding that says it already; empty when it stands for itself
};
export type Score = { id: string; measure: string | null; row: string; person: string; at_least: number; could_be: number };
export type Ask = { finding: string; row: string; person: string; paths: string[]; could_reach: number };
export type Level = { at_least: number; could_be: number; because: string[] };

export type AsOf = { seq: number; at: Instant };
export type Person = {
  id: string; given_names: string; family_name: string; role: string; born_on: Day | null; due_on: Day | null;
  gestation_days: number | null; birth_order?: number | null; nhs_number: string | null; phone: string | null;
};
export type Contact = { who: string; number: string; when: "always" | "in_hours" | "out_of_hours"; second?: boolean }; // second: can send a second worker
export type OfficeHours = { opens: string; closes: string; holidays: Day[] };
export type Earlier = {
  submission: string; occurred_on: Day; title: string; author: string; outcome: string; kind?: string;
  level: { at_least: number; could_be: number } | null;
  findings: { area: string; state: string; severity: string; said: string; about: string; under?: string }[];
};
export type Known = { value: Value; known: string; on: Day; by: string }; // the last answer about a measure: how it was known, when, and to whom
export type Plan = { words: string; met: number; done: number; actions: number; lines: string[] };
export type Duty = { what: string; due_at: Instant; owner: string };
export type CoursePoint = { on: Day; value: number; could_be: number; announced: boolean | null };
export type Course = { area: string; title: string; points: CoursePoint[]; best: number; worst: number };
export type Reply = { team: string; at: Instant; by: string; outcome: string; reason: string; next_step: string; next_on: Day | ""; contact: string; whose: string };
export type Referral = { id: string; state: string; words: string; at: Instant; graver?: boolean; answer?: Reply | null }; // answer: what the team that has it said last
export type Risk = {
  kind: string; words: string; known: string; on: Day; until: Day; source: string; protected: boolean;
  stands: boolean; // false: past its day, and nobody said whether it still is so
};
export type Second = { id: string; at: Instant; by: string; state: "asked" | "goes" | "nobody"; who: string; words: string };
export type Tap = {
  household: string; id: string; asked_from: "door" | "tablet"; asked_at: Instant; // as it is sent
  sent: boolean; refused?: string; // refused: why the service did not take it
  answer?: Second; // what the service last said of it
};
export type Help = { code: string; found: string; tries: string[]; source: string; findings: string[] };
export type Family = {
  household: string; name: string; address: string; postcode: string; area: string;
  due: { what: string; on: Day }[]; people: Person[]; given: any; contacts: Contact[]; earlier: Earlier[];
  referrals: Referral[];
  phones?: { person: string; whose: string; number: string; words: string; never: boolean }[]; // person "": of somebody else
  losses?: string[]; // a child who died, a pregnancy that ended
  memory?: { lines: string[]; courses: Course[] }; plans?: Plan[]; duties?: Duty[];
  risks?: Risk[]; second?: Second | null; talk?: { on: Day; changes: string } | null; curious?: string[];
  established?: { [person: string]: { [measure: string]: Known } }; // "" is the family as a whole
};
export type FormEntry = { name: string; version: number; hash: string; title: string; kind: string; page: string; bundle: string };
export type ServiceKey = { id: string; jwk: JsonWebKey };
export type AskedBack = { id: string; words: string; by: string; at: Instant; answer: string | null };
export type Review = {
  submission: string; household: string; family: string; occurred_on: Day; title: string; at: Instant; questions: AskedBack[];
  not_agreed: { said: string; reason: string; by: string }[]; signed: { by: string; at: Instant; words: string } | null;
};
export type CaseloadHead = {
  as_of: AsOf; account: { id: string; name: string; role: string }; service_key: ServiceKey;
  forms: FormEntry[]; office_hours: OfficeHours; help?: Help[]; opens_offline?: number; taken_at: Instant; // opens_offline: days
  news?: string; // the mark of what this practitioner knows with it
  reviews?: Review[]; // what a second person said of this practitioner's own visits
  handovers?: { id: string; words: string }[]; // families offered to whoever this is
  clock_offset_ms: number; clock_told?: boolean; // told: the answer carried the service's time
};
export type Caseload = CaseloadHead & { families: Family[] };
export type KeptFamily = Family & { as_of: AsOf };

export type Draft = {
  id: string; household: string; form: string; form_version: number; form_hash: string;
  began_at: Instant; saved_at: Instant; body: Body;
  aside: Answers; // answers to questions that are hidden for now, by path
  typed: { [path: string]: string }; // what was typed where it is not yet a valid answer
  ways?: { [row: string]: string }; // how the last answer in each row was known
  told: string[]; // findings for which the sheet with numbers has been shown
  adds?: { title: string; occurred_on: Day }; // of an addition: what the visit is called to which it adds
  changes?: number; // the number of the last change that was kept
};
export type Cells = Map<string, any>; // see changes.js
export type Change = {
  number: number; at: Instant;
  cells: { [key: string]: [any, any] }; // what was there and what is there; null for nothing
  undo?: number; // the change that this one took back
  back?: Instant; // the moment that this one brought back
  from?: string; // the device whose branch was taken
};
export type Discarded = Draft & {
  discarded_at: Instant;
  told_at: Instant; // the newest time the service had told when it was discarded
  from?: Instant; // the first time that the service told afterwards
};

export type CarryingWrap = { salt: string; rounds: number; iv: string; data: string }; // base64url, as it travels
export type RevisionHead = { draft: string; revision: string; parents: string[]; device: string; at: Instant };
export type RevisionRow = RevisionHead & { v: 1; wrap: CarryingWrap; iv: string; data: string };
export type RevisionContent = { draft: Draft; changes: Change[] | null }; // null: they are too many to travel
export type ToldHead = { revision: string; parents: string[]; device: string; label: string | null; at: Instant; received_at: Instant; size: number };
export type Ended = { how: "finished" | "discarded"; at: Instant; device: string | null; label: string | null };
export type ToldDraft = { draft: string; ended: Ended | null; heads: ToldHead[]; past: string[][] }; // past: a revision and its parents
export type Tried = { revision: string; kept: number; words: string }; // kept: the draft's revision on the disk; words: the salt of those it opens with
export type Carried = {
  draft: string;
  parents: string[]; // what the next revision takes the place of
  pending: Tried[]; // sent, and not known to have come
  sent: (Tried & { at: Instant }) | null; // the newest that the service has
  others: (ToldHead & { ahead: boolean })[]; // heads that are not this device's own
  ended: Ended | null;
  resume?: boolean; // discarded elsewhere, and somebody goes on here
  refused?: { code: string; kept: number };
};

export type Wrap = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };
export type AccountRow = {
  account: string; salt: Uint8Array<ArrayBuffer>; rounds: number; passphrase: Wrap; recovery: Wrap | null;
  device: { id: string; secret: string } | null;
  met?: Instant; // when the service last answered this account
  seen?: Instant; // the newest time that the clock has shown
  revoked?: boolean; // the service said that this tablet was taken out of use
};
export type RecordRow = { account: string; store: string; id: string; revision: number; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };
export type Trouble = { code: string; at: Instant };
export type SealedRow = {
  id: string; account: string; sealed_at: Instant; sha256: string;
  envelope: string; epk: string; iv: string; sealed: string;
  attempts: number; next_at: Instant; trouble: Trouble | null;
};
export type WaitingPhotograph = {
  id: string; visit: string; account: string; sealed_at: Instant; sha256: string; receipt: null;
  envelope: string; epk: string; iv: string; pieces: string[]; // the names of its pieces, in order
  attempts: number; next_at: Instant; trouble: Trouble | null;
};
export type SentPhotograph = { id: string; visit: string; account: string; sealed_at: Instant; receipt: Receipt };
export type PhotographRow = WaitingPhotograph | SentPhotograph;
export type Piece = { photograph: string; number: number; bytes: Uint8Array<ArrayBuffer> };
export type Unsealed = { id: string; taken: Taken[] }; // of a finished visit, photographs that there was no room to seal with it
export type Receipt = { id: string; seq: number; sha256: string; received_at: Instant };
export type ReceiptRow = Receipt & { account: string };
export type SentNote = { id: string; household: string; title: string; occurred_on: Day; sealed_at: Instant; adds_to?: string };
export type Result = {
  submission: string; state: "not_yet" | "assessed" | "quarantined"; level: { at_least: number; could_be: number } | null;
  urgency: string | null; destination: { code: string; words: string } | null;
  findings?: (Finding & { said: string })[]; changed?: (Finding & { said: string; was: string })[];
  referral: { id: string; state: string; words: string; url: string } | null;
};

export type Database = IDBPDatabase<any>;
