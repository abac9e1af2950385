// Chance that can be had again: the same seed makes the same decisions.

export class Chance {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1 (mulberry32). */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0, below this one. @param {number} limit */
  below = (limit) => Math.floor(this.next() * limit);

  /** @template T @param {T[]} list @returns {T} */
  one = (list) => list[this.below(list.length)];

  /** @param {number} share of all times */
  happens = (share) => this.next() < share;

  /** A name, each as often as its number says. @param {Record<string, number>} often */
  named(often) {
    let left = this.next() * Object.values(often).reduce((sum, one) => sum + one, 0);
    for (const [name, share] of Object.entries(often)) if ((left -= share) < 0) return name;
    return Object.keys(often)[0];
  }
}
