import { randomUUID } from 'node:crypto';

/**
 * @typedef {import('./load-generator.mjs').Target} Target
 * @typedef {import('./load-generator.mjs').Load} Load
 */

/** @param {number} below */
const random = (below) => Math.floor(Math.random() * below);

/**
 * `random`: any account to any other. `hot`: the first account takes part in every transfer, as debited or as credited.
 *
 * @param {Target} target
 * @param {Load['row']} row
 */
export function pickAccounts({ accounts }, row) {
  const one = row === 'hot' ? 0 : random(accounts.length);
  const other = (one + 1 + random(accounts.length - 1)) % accounts.length;
  return Math.random() < 0.5 ? [accounts[one], accounts[other]] : [accounts[other], accounts[one]];
}

/**
 * @param {Target} target
 * @param {Load['row']} row
 * @param {Target['accounts']} accounts the debited one and the credited one
 */
export function requestOf(target, row, [debited, credited]) {
  if (row === 'rates') return `GET ${target.ratesPath} HTTP/1.1\r\nHost: 127.0.0.1:${target.port}\r\n\r\n`;
  const { path, amountJson } = row === 'quotes' && target.quotes ? target.quotes : target;
  const body = `{"${target.debitField}":"${debited.debit}","${target.creditField}":"${credited.credit}",${amountJson}}`;
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${target.port}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    `Idempotency-Key: ${randomUUID()}`,
    ...debited.headers,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** What stands before a transfer's id in an answer. @param {Target} target */
export const idMarkOf = (target) => `"${target.idField}":"`;

/** @param {string} body @param {string} mark */
export function idIn(body, mark) {
  const at = body.indexOf(mark);
  return at < 0 ? 'no id in the answer' : body.slice(at + mark.length, at + mark.length + 36);
}
