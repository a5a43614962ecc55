import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything that `npm start` makes and `--reset` throws away. */
export const STATE = join(ROOT, '.kopeck');

/** Downloads that a reset keeps: Kafka's jars, Redis' binary. */
export const DOWNLOADS = join(ROOT, '.kopeck', 'downloads');

/** What services are told about their infrastructure, see .env.example. */
export const RUNTIME_ENV = join(STATE, 'runtime.env');

/** Node 24, whatever runs this script. */
export const NODE = join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** What V8 made of the services' code, for their next start; a build throws it away. */
export const COMPILED = join(ROOT, 'dist', 'compiled');

/** Every service that `npm start` runs, in the order in which the table shows them. */
export const SERVICES = /** @type {const} */ ([
  'gateway',
  'customer',
  'transaction-manager',
  'transaction',
  'currency-converter',
  'notification',
]);

/** @param {string} service */
export function entryOf(service) {
  return join(ROOT, 'dist', 'apps', service, 'main.js');
}
