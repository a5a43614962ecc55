/**
 * The row `stream`: open pages that listen, and transfers beside them in an open loop, one every two milliseconds whether the
 * ones before are answered or not. What is measured is an event's way from its decision in the ledger to each page.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AnsweredIds } from './answered-ids.mjs';
import { HttpConnection } from './http-connection.mjs';
import { OpenPage } from './open-page.mjs';
import { idIn, idMarkOf, pickAccounts, requestOf } from './requests.mjs';
import { percentile } from './statistics.mjs';

const TRANSFERS_PER_SECOND = 500;
/**
 * Requests under way; where these aren't enough the system doesn't keep up, and each further one is an error. Fewer than
 * a server's backlog of 511, since all of them may have to connect at once.
 */
const MAX_UNDER_WAY = 400;
const GIVE_UP_AFTER_MS = 30_000;
/** Events of answered transfers that haven't come so long after the last answer are missing. */
const LAST_EVENTS_WITHIN_MS = 5_000;
const TICK_MS = 2;

/** Where an event says when it happened. */
const HAPPENED_AT = { transfer: '"settledAt":"', notification: '"occurredAt":"' };
const INSTANT_LENGTH = 24;

/**
 * @typedef {import('./requests.mjs').Target} Target
 * @typedef {import('./load-generator.mjs').Load} Load
 * @typedef {import('./load-generator.mjs').LoadResult} LoadResult
 */

/**
 * @param {Target} target
 * @param {Load} load `clients` are open pages
 * @returns {Promise<LoadResult>} per second: transfers answered 201
 */
export async function runStream(target, load) {
  const errors = new Errors();
  const owners = [...new Set(target.accounts.map(({ headers: [authorization] }) => authorization))];
  const readers = new Readers(target, owners, load.clients, errors);
  await readers.opened();
  const from = Date.now() + load.rampMs;
  const window = { from, until: from + load.measuredMs };
  const transfers = new Transfers(target, load.idsFile, window, errors, (owner) => readers.expect(owner));
  await transfers.send();
  await readers.close();
  const { answered } = transfers;
  const [ofTransfers, ofInboxes] = ['transfer', 'notification'].map((name) =>
    readers.latencies(name, window),
  );
  return {
    ...percentilesOf(ofTransfers),
    perSecond: answered / (load.measuredMs / 1_000),
    errors: errors.counts,
    ...(ofInboxes.length > 0 && {
      notifications: {
        ...percentilesOf(ofInboxes),
        perSecond: ofInboxes.length / (load.measuredMs / 1_000),
      },
    }),
  };
}

/** @param {number[]} latenciesMs */
function percentilesOf(latenciesMs) {
  const sorted = Float64Array.from(latenciesMs).sort();
  return { p50Ms: percentile(sorted, 50), p95Ms: percentile(sorted, 95), p99Ms: percentile(sorted, 99) };
}

class Errors {
  /** @type {Record<string, number>} */
  counts = {};

  /** @param {string | number} what @param {number} [count] */
  add(what, count = 1) {
    this.counts[what] = (this.counts[what] ?? 0) + count;
  }
}

/** The pages of all customers, as many for each as the number of pages allows. */
class Readers {
  /** @type {Map<string, number>} pages by owner */
  #pagesOf = new Map();
  /** @type {{ name: string, happenedAt: number, latencyMs: number }[]} */
  #seen = [];
  #expected = 0;
  #transfers = 0;

  /** @param {Target} target @param {string[]} owners @param {number} count @param {Errors} errors */
  constructor(target, owners, count, errors) {
    this.errors = errors;
    this.pages = Array.from({ length: count }, (_, index) => {
      const owner = owners[index % owners.length];
      this.#pagesOf.set(owner, (this.#pagesOf.get(owner) ?? 0) + 1);
      return new OpenPage(target, owner, {
        onEvent: (event) => this.#take(event),
        onError: (message) => errors.add(`open page: ${message}`),
      });
    });
  }

  async opened() {
    await Promise.all(this.pages.map(({ opened }) => opened));
  }

  /** A transfer was answered: each page of a party is to hear of it. @param {Set<string>} parties */
  expect(parties) {
    for (const owner of parties) this.#expected += this.#pagesOf.get(owner) ?? 0;
  }

  async close() {
    const until = Date.now() + LAST_EVENTS_WITHIN_MS;
    while (this.#transfers < this.#expected && Date.now() < until) await sleep(TICK_MS);
    if (this.#transfers < this.#expected) {
      this.errors.add('event missing', this.#expected - this.#transfers);
    }
    for (const page of this.pages) page.close();
  }

  /** Of what happened in the measured time. @param {string} name @param {{ from: number, until: number }} window */
  latencies(name, { from, until }) {
    return this.#seen
      .filter((one) => one.name === name && one.happenedAt >= from && one.happenedAt < until)
      .map(({ latencyMs }) => latencyMs);
  }

  /** @param {import('./open-page.mjs').SeenEvent} event */
  #take({ name, text }) {
    if (name !== 'transfer' && name !== 'notification') return;
    if (name === 'transfer') this.#transfers++;
    const at = text.indexOf(HAPPENED_AT[name]);
    if (at < 0) return;
    const start = at + HAPPENED_AT[name].length;
    const happenedAt = Date.parse(text.slice(start, start + INSTANT_LENGTH));
    const latencyMs = performance.timeOrigin + performance.now() - happenedAt;
    this.#seen.push({ name, happenedAt, latencyMs });
  }
}

/** Sends one transfer after another by the clock. */
class Transfers {
  answered = 0;
  #underWay = 0;
  #ids = new AnsweredIds();
  /** @type {HttpConnection[]} */
  #idle = [];
  /** @type {HttpConnection[]} */
  #all = [];

  /**
   * @param {Target} target
   * @param {string} idsFile
   * @param {{ from: number, until: number }} window
   * @param {Errors} errors
   * @param {(parties: Set<string>) => void} onAnswer
   */
  constructor(target, idsFile, window, errors, onAnswer) {
    this.target = target;
    this.idsFile = idsFile;
    this.idMark = idMarkOf(target);
    this.window = window;
    this.errors = errors;
    this.onAnswer = onAnswer;
  }

  /** Until the measured time is over and all is answered. */
  async send() {
    const startedAt = Date.now();
    const watch = setInterval(() => this.#all.forEach((one) => one.giveUpAfter(GIVE_UP_AFTER_MS)), 1_000);
    for (let sent = 0; Date.now() < this.window.until; await sleep(TICK_MS)) {
      const due = ((Date.now() - startedAt) * TRANSFERS_PER_SECOND) / 1_000;
      for (; sent < due; sent++) this.#sendOne();
    }
    while (this.#underWay > 0) await sleep(TICK_MS);
    clearInterval(watch);
    for (const connection of this.#all) connection.close();
    this.#ids.appendTo(this.idsFile);
  }

  #sendOne() {
    if (this.#underWay >= MAX_UNDER_WAY) return this.errors.add('too many under way');
    this.#underWay++;
    const connection = this.#idle.pop() ?? this.#open();
    const accounts = pickAccounts(this.target, 'random');
    void this.#exchange(connection, accounts).finally(() => {
      this.#underWay--;
      this.#idle.push(connection);
    });
  }

  /** @param {HttpConnection} connection @param {Target['accounts']} accounts */
  async #exchange(connection, accounts) {
    const sentAt = Date.now();
    try {
      const { status, body } = await connection.exchange(requestOf(this.target, 'stream', accounts));
      if (status < 300) this.#ids.add(idIn(body, this.idMark));
      if (status !== 201) return this.errors.add(status);
      this.onAnswer(new Set(accounts.map(({ headers: [owner] }) => owner)));
      if (sentAt >= this.window.from) this.answered++;
    } catch (error) {
      this.errors.add(/** @type {Error} */ (error).message);
    }
  }

  #open() {
    const connection = new HttpConnection(this.target.port);
    this.#all.push(connection);
    return connection;
  }
}
