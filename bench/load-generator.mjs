/**
 * The load, in a process of its own: N clients in a closed loop (each sends its next request when it has the answer to the
 * last), or open pages beside an open loop (`stream-load.mjs`), started and told what to do by `load.mjs`.
 */
import { AnsweredIds } from './answered-ids.mjs';
import { HttpConnection } from './http-connection.mjs';
import { idIn, idMarkOf, pickAccounts, requestOf } from './requests.mjs';
import { percentile } from './statistics.mjs';
import { runStream } from './stream-load.mjs';

/** Longer than any server here lets a request wait. */
const GIVE_UP_AFTER_MS = 30_000;

/**
 * @typedef {object} Target what transfers are sent to
 * @property {number} port
 * @property {string} path
 * @property {string} [streamPath] where open pages listen; GET
 * @property {string} [ratesPath] where current rates are; GET
 * @property {{ path: string, amountJson: string }} [quotes] where prices are asked for
 * @property {{ path: string, headers: string[] }} [page] an account's page, and its owner's session as a cookie; GET
 * @property {string} debitField name of the debited account in the body
 * @property {string} creditField
 * @property {string} amountJson the body's other fields, as JSON without braces
 * @property {string} idField where the answer's body has the transfer's id
 * @property {{ debit: string, credit: string, headers: string[] }[]} accounts how each is named as debited and as
 *   credited, and the headers (its owner's session) that a debit needs
 *
 * @typedef {object} Load
 * @property {import('./options.mjs').Row} row
 * @property {number} clients
 * @property {number} rampMs
 * @property {number} measuredMs
 * @property {string} idsFile ids of all transfers answered with 2xx are appended, one a line
 *
 * @typedef {object} LoadResult
 * @property {number} perSecond answers with the expected status
 * @property {number | null} p50Ms
 * @property {number | null} p95Ms
 * @property {number | null} p99Ms
 * @property {Record<string, number>} errors whatever wasn't that, by status or message, the ramp's too
 * @property {Pick<LoadResult, 'perSecond' | 'p50Ms' | 'p95Ms' | 'p99Ms'>} [notifications] of the row `stream`: those of inboxes
 */

/**
 * @param {Target} target
 * @param {Load} load
 * @returns {Promise<LoadResult>}
 */
async function run(target, load) {
  const latenciesMs = [];
  /** @type {Record<string, number>} */
  const errors = {};
  const ids = new AnsweredIds();
  const idMark = idMarkOf(target);
  const isTransfer = load.row === 'random' || load.row === 'hot';
  const expectedStatus = load.row === 'rates' || load.row === 'page' ? 200 : 201;
  const from = performance.now() + load.rampMs;
  const until = from + load.measuredMs;
  const connections = Array.from({ length: load.clients }, () => new HttpConnection(target.port));
  const watch = setInterval(() => connections.forEach((one) => one.giveUpAfter(GIVE_UP_AFTER_MS)), 1_000);

  await Promise.all(
    connections.map(async (connection) => {
      for (let sentAt = performance.now(); sentAt < until; sentAt = performance.now()) {
        try {
          const { status, body } = await connection.exchange(
            requestOf(target, load.row, pickAccounts(target, load.row)),
          );
          const at = performance.now();
          if (isTransfer && status < 300) ids.add(idIn(body, idMark));
          if (status !== expectedStatus) errors[status] = (errors[status] ?? 0) + 1;
          else if (at >= from && at < until) latenciesMs.push(at - sentAt);
          // A refused client that asks again at once would only measure how fast it is refused.
          if (status >= 400) await new Promise((resolve) => setTimeout(resolve, 50));
        } catch (error) {
          const { message } = /** @type {Error} */ (error);
          errors[message] = (errors[message] ?? 0) + 1;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      connection.close();
    }),
  );
  clearInterval(watch);
  ids.appendTo(load.idsFile);
  const sorted = Float64Array.from(latenciesMs).sort();
  return {
    perSecond: sorted.length / (load.measuredMs / 1_000),
    p50Ms: percentile(sorted, 50),
    p95Ms: percentile(sorted, 95),
    p99Ms: percentile(sorted, 99),
    errors,
  };
}

/** @type {Map<string, Target>} */
const targets = new Map();

process.on('message', async (/** @type {any} */ message) => {
  if (message.target) {
    targets.set(message.name, message.target);
    return;
  }
  const target = /** @type {Target} */ (targets.get(message.name));
  process.send?.(await (message.load.row === 'stream' ? runStream : run)(target, message.load));
});
process.on('disconnect', () => process.exit(0));
