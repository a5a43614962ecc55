import { readFileSync } from 'node:fs';

/** Ids a query looks for at once. */
const CHUNK = 20_000;

/**
 * @typedef {object} Ledger where and how to look
 * @property {import('pg').Pool} database
 * @property {string} balances SQL: currency, sum (of all balances, the bank's own too)
 * @property {string} completed SQL: completed (how many of the ids $1 are completed transfers)
 * @property {string} entries SQL: entries (how many entries the transfers $1 have)
 * @property {string} total SQL: total (all completed transfers there are)
 *
 * @typedef {object} CheckResult
 * @property {string[]} faults empty when all is well
 * @property {string} summary
 */

/**
 * After the load: money is neither made nor lost, and each 2xx answer is exactly one transfer, posted once.
 *
 * @param {string} name
 * @param {Ledger} ledger
 * @param {string} idsFile ids of all transfers answered with 2xx
 * @param {number} before completed transfers before the load
 * @returns {Promise<CheckResult>}
 */
export async function checkLedger(name, ledger, idsFile, before) {
  const answered = readFileSync(idsFile, 'latin1').split('\n').filter(Boolean);
  const ids = [...new Set(answered)];
  const faults = [];
  for (const { currency, sum } of (await ledger.database.query(ledger.balances)).rows) {
    if (sum !== '0') faults.push(`Σ balances in ${currency} is ${sum}, not 0`);
  }
  if (ids.length !== answered.length) {
    faults.push(`${answered.length - ids.length} 2xx answers name a transfer that another one named`);
  }
  const completed = await countIn(ledger, ledger.completed, 'completed', ids);
  if (completed !== ids.length)
    faults.push(`${ids.length - completed} transfers answered with 2xx are not in the ledger`);
  const entries = await countIn(ledger, ledger.entries, 'entries', ids);
  if (entries !== 2 * ids.length)
    faults.push(`${ids.length} transfers have ${entries} entries, not two each`);
  const total = (await countTransfers(ledger)) - before;
  return {
    faults: faults.map((fault) => `${name}: ${fault}`),
    summary: `${name}: Σ balances 0 per currency, ${answered.length} answers 2xx, ${completed} of them in the ledger with ${entries} entries, ${total - completed} posted without an answer`,
  };
}

/** @param {Ledger} ledger */
export async function countTransfers(ledger) {
  return (await ledger.database.query(ledger.total)).rows[0].total;
}

/** @param {Ledger} ledger @param {string} sql @param {string} column @param {string[]} ids */
async function countIn(ledger, sql, column, ids) {
  let count = 0;
  for (let at = 0; at < ids.length; at += CHUNK) {
    count += (await ledger.database.query(sql, [ids.slice(at, at + CHUNK)])).rows[0][column];
  }
  return count;
}
