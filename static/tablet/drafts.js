// @ts-check
// A visit that is being written. Every change is on the disk as soon as the disk can take it: one write at a time, and always the
// newest state next, so that fast typing neither queues up nor waits. What changed is written with it, in the same step.

import { Noting } from "./history.js";

/** @import { Body, Bundle, Change, Draft, KeptFamily, Question, Row } from "./types" */
/** @import { Records } from "./records.js" */

/** @param {string | null} of @param {KeptFamily} family */
export const membersOf = (of, family) => family.people.filter((person) => (person.role === "child") === (of === "child"));

/** Whoever the form asks about row by row stands there already. @param {Question} question @param {KeptFamily} family @param {() => string} newId @returns {Row[]} */
const rowsFor = (question, family, newId) => membersOf(question.of, family).map(({ id }) => ({ id: newId(), person: id, answers: {} }));

/**
 * A blank visit for one family under one version of one form: it can never be opened for another.
 * @param {{ family: KeptFamily, bundle: Bundle, today: string, now: string, newId: () => string }} given @returns {Draft}
 */
export function newDraft({ family, bundle, today, now, newId }) {
  const questions = bundle.sections.flatMap((section) => section.questions).filter((question) => question.kind === "rows" && question.of);
  const answers = Object.fromEntries(questions.map((question) => [question.id, { rows: rowsFor(question, family, newId), complete: false }]));
  /** @type {Body} */
  const body = {
    v: 1, household: family.household, form: bundle.name, form_version: bundle.version, occurred_on: today,
    answers, calls: [], unasked_reasons: [],
  };
  const bound = { household: family.household, form: bundle.name, form_version: bundle.version, form_hash: bundle.hash };
  return { id: newId(), ...bound, began_at: now, saved_at: now, body, aside: {}, typed: {}, ways: {}, told: [] };
}

/** Writes one draft, and tells what became of each write. */
export class Autosave {
  /**
   * @param {Records} records @param {Draft} draft @param {number} revision
   * @param {{ saving: () => void, saved: (at: string) => void, failed: (error: unknown) => void }} tell @param {() => number} now
   */
  constructor(records, draft, revision, tell, now) {
    this.records = records;
    this.draft = draft;
    this.revision = revision;
    this.tell = tell;
    this.now = now;
    this.noting = new Noting(draft, now);
    this.queued = false;
    /** @type {unknown} */
    this.fault = null;
    this.changed = false;
    /** @type {Promise<void> | null} */
    this.writing = null;
  }

  /**
   * Something changed. What one tap changes here and there is one change: it is looked at when the tap has been dealt with.
   * @param {string} [stay] the field that is being typed in @param {Pick<Change, "undo" | "back">} [why]
   */
  touch(stay = "", why = {}) {
    if (!this.queued) queueMicrotask(() => ((this.queued = false), this.noting.note(stay, why)));
    this.queued = true;
    this.changed = true;
    if (!this.writing) this.tell.saving();
    this.writing ??= this.#write();
  }

  /** Waits until everything up to now is on the disk; throws when it is not. */
  async settled() {
    while (this.writing) await this.writing;
    if (this.changed) throw this.fault;
  }

  async #write() {
    await null; // until what was touched is noted
    try {
      while (this.changed) await this.#once();
    } catch (error) {
      this.fault = error;
      this.changed = true; // it is still only on the screen: the next change tries again, and so does whoever presses the red bar
      this.tell.failed(error);
    } finally {
      this.writing = null;
    }
  }

  async #once() {
    this.changed = false;
    this.draft.saved_at = new Date(this.now()).toISOString();
    const { rows, kept, failed } = this.noting.unwritten(this.records);
    try {
      this.revision = await this.records.put("draft", this.draft.id, this.draft, this.revision, rows);
    } catch (error) {
      failed();
      throw error;
    }
    kept();
    if (!this.changed) this.tell.saved(this.draft.saved_at); // what was typed meanwhile is not on the disk yet
  }
}
