import { SERVICES } from '../paths.mjs';
import { PlainError } from '../plain-error.mjs';

/** A service's replicas share the partitions of its topics: one more would have nothing to do. */
export const MAX_REPLICAS = 6;
const DEFAULT_PORT = 3000;

export const USAGE = `npm start -- [options]

  --port N             the gateway's port (${DEFAULT_PORT}, or PORT of .env)
  --scale SERVICE=N    N replicas of a service, such as transaction=3; may be repeated
  --reset              throw all data away first
  --no-seed            no demo customers and money
  --help               this text
`;

/**
 * @typedef {(typeof SERVICES)[number]} Service
 *
 * @typedef {object} StartOptions
 * @property {number} port
 * @property {Record<Service, number>} replicas
 * @property {boolean} reset
 * @property {boolean} seed
 * @property {boolean} help
 */

/**
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} [environment]
 * @returns {StartOptions}
 */
export function readOptions(args, environment = {}) {
  /** @type {StartOptions} */
  const options = {
    port: environment.PORT ? readPort('PORT', environment.PORT) : DEFAULT_PORT,
    replicas: /** @type {Record<Service, number>} */ (Object.fromEntries(SERVICES.map((name) => [name, 1]))),
    reset: false,
    seed: environment.NODE_ENV !== 'production',
    help: false,
  };
  const rest = args.flatMap((arg) => (/^--\w+=/.test(arg) ? splitOnce(arg) : [arg]));
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '--port') options.port = readPort(name, rest.shift());
    else if (name === '--scale') Object.assign(options.replicas, readScale(rest.shift()));
    else if (name === '--reset') options.reset = true;
    else if (name === '--no-seed') options.seed = false;
    else if (name === '--help' || name === '-h') options.help = true;
    else throw new PlainError(`npm start knows no "${name}".\n\n${USAGE}`);
  }
  return options;
}

/** @param {string} arg `--scale=transaction=3` is `--scale transaction=3` */
function splitOnce(arg) {
  const at = arg.indexOf('=');
  return [arg.slice(0, at), arg.slice(at + 1)];
}

/**
 * @param {string} name
 * @param {string | undefined} text
 */
function readPort(name, text = '') {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new PlainError(
    `${name} needs a port from 1 to 65535, such as ${name} 3001${text && `, not "${text}"`}.`,
  );
}

/** @param {string | undefined} text */
function readScale(text = '') {
  const [, service = '', digits = ''] = /^([a-z-]+)=(\d+)$/.exec(text) ?? [];
  if (!service) throw new PlainError('--scale needs a service and a number, such as --scale transaction=3.');
  if (!SERVICES.some((name) => name === service))
    throw new PlainError(`There is no service "${service}". There are ${SERVICES.join(', ')}.`);
  const replicas = Number(digits);
  if (replicas < 1 || replicas > MAX_REPLICAS)
    throw new PlainError(
      `${service} can have 1 to ${MAX_REPLICAS} replicas: they share ${MAX_REPLICAS} partitions, and one more would have nothing to do.`,
    );
  return { [service]: replicas };
}
