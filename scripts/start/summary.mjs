import { relative } from 'node:path';
import { join } from 'node:path';
import { DEMO_CUSTOMERS, DEMO_PASSWORD } from '../seed/demo-data.mjs';
import { ROOT, STATE } from '../paths.mjs';

/**
 * What people want to know when everything is up.
 *
 * @param {object} options
 * @param {readonly { service: string, instance: string, port: number }[]} options.replicas
 * @param {Record<string, string>} options.environment
 * @param {string} [options.mailUrl] where caught mail is shown
 * @param {boolean} options.isSeeded
 * @param {number} options.tookMs
 */
export function summaryOf({ replicas, environment, mailUrl, isSeeded, tookMs }) {
  const gateways = replicas.filter(({ service }) => service === 'gateway');
  const base = urlOf(gateways[0]?.port ?? 0);
  const addresses = [
    ['the bank', base],
    ['REST API', `${base}/api/v1`],
    ['API documents', `${base}/docs`],
    ['health', `${base}/health/ready`],
    ...gateways.slice(1).map(({ instance, port }) => [instance, `${urlOf(port)}/api/v1`]),
    ...(mailUrl ? [['mail', mailUrl]] : []),
    ['logs', `${relative(ROOT, join(STATE, 'logs'))}/`],
  ];
  const people = isSeeded ? DEMO_CUSTOMERS.map(({ email }) => ['customer', email, DEMO_PASSWORD]) : [];
  const operator = environment.OPERATOR_EMAIL
    ? [
        [
          'operator',
          environment.OPERATOR_EMAIL,
          isSeeded ? (environment.OPERATOR_PASSWORD ?? '') : 'OPERATOR_PASSWORD',
        ],
      ]
    : [];
  return [
    '',
    `Kopeck is up after ${(tookMs / 1_000).toFixed(1)} s: ${replicas.length} processes.`,
    '',
    ...table(addresses),
    '',
    ...table([...people, ...operator]),
    '',
    'Ctrl-C stops all of it and keeps the data; npm start -- --reset begins anew.',
  ].join('\n');
}

/** @param {number} port */
function urlOf(port) {
  return `http://127.0.0.1:${port}`;
}

/** @param {readonly (readonly string[])[]} rows */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
