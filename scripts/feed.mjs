/**
 * `npm run feed`: both sources' feeds in their own formats on this machine, with rates that move, for demonstrations and
 * trials without internet. Starts from the real rates of 30 September 2026, dated today.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './paths.mjs';
import { fail, PlainError } from './plain-error.mjs';

const SAMPLES = join(ROOT, 'apps', 'currency-converter', 'src', 'feeds', 'samples');
const KINDS = ['none', 'html', 'truncated', '500', 'slow', 'absurd'];
const SLOW_MS = 60_000;

const USAGE = `npm run feed [-- options]
  --port N     where to listen on 127.0.0.1 (default 3399)
  --every S    seconds between moves (default 5; 0: only when told to)
  --move P     most percent that a rate moves at once (default 0.3)
While it runs:
  curl -X POST http://127.0.0.1:3399/move -d '{"currency":"USD","percent":5}'
  curl -X POST http://127.0.0.1:3399/fault -d '{"kind":"html"}'      (${KINDS.join(', ')})`;

/** What moves: a factor for each currency, against the rouble, so that both feeds tell one story. */
class Market {
  /** @type {Map<string, number>} */
  #factors = new Map();

  /** @param {string} currency */
  factorOf(currency) {
    return this.#factors.get(currency) ?? 1;
  }

  /** @param {string} currency @param {number} percent */
  move(currency, percent) {
    this.#factors.set(currency, this.factorOf(currency) * (1 + percent / 100));
  }

  /** @param {readonly string[]} currencies @param {number} most */
  moveAll(currencies, most) {
    for (const currency of currencies) this.move(currency, (Math.random() * 2 - 1) * most);
  }
}

const today = () => new Date().toISOString().slice(0, 10);

/** @param {string} xml @param {Market} market */
function russian(xml, market) {
  const date = today().split('-').reverse().join('.');
  return xml
    .replace(/Date="[\d.]+"/, `Date="${date}"`)
    .replace(/(<CharCode>(\w+)<\/CharCode>.*?<Value>)([\d,]+)/g, (_, head, currency, value) => {
      const moved = Number(value.replace(',', '.')) * market.factorOf(currency);
      return head + moved.toFixed(4).replace('.', ',');
    });
}

/** @param {string} xml @param {Market} market */
function european(xml, market) {
  return xml
    .replace(/time='[\d-]+'/, `time='${today()}'`)
    .replace(/currency='(\w+)' rate='([\d.]+)'/g, (_, currency, rate) => {
      const moved = (Number(rate) * market.factorOf('EUR')) / market.factorOf(currency);
      return `currency='${currency}' rate='${moved.toPrecision(6).replace(/e.*/, '')}'`;
    });
}

/** @param {string} text @param {string} fault */
function spoiled(text, fault) {
  if (fault === 'html') return '<!doctype html><html><body><h1>Maintenance</h1></body></html>';
  if (fault === 'truncated') return text.slice(0, text.length / 2);
  if (fault === 'absurd') return text.replace(/(<Value>|rate=')[\d.,]+/, '$10');
  return text;
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '3399' },
        every: { type: 'string', default: '5' },
        move: { type: 'string', default: '0.3' },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    const every = Number(values.every);
    const move = Number(values.move);
    const isUsable =
      Number.isInteger(port) &&
      port >= 0 &&
      port < 65_536 &&
      every >= 0 &&
      every <= 86_400 &&
      move > 0 &&
      move <= 50;
    if (values.help || !isUsable) throw new Error(USAGE);
    return { port, everyMs: every * 1_000, move };
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    fail(new PlainError(message === USAGE ? USAGE : `${message}\n\n${USAGE}`));
  }
}

const { port, everyMs, move } = options();
const market = new Market();
let fault = 'none';
const samples = {
  russian: new TextDecoder('windows-1251').decode(readFileSync(join(SAMPLES, 'bank-of-russia-daily.xml'))),
  european: readFileSync(join(SAMPLES, 'ecb-daily.xml'), 'utf8'),
  history: readFileSync(join(SAMPLES, 'ecb-history.xml'), 'utf8'),
};
const currencies = [...samples.russian.matchAll(/<CharCode>(\w+)</g)].map(([, code]) => code ?? '');

/** @type {Readonly<Record<string, () => string>>} */
const FEEDS = {
  // Names are left in Latin letters: windows-1251 and UTF-8 agree on those.
  '/bank-of-russia.xml': () =>
    russian(samples.russian, market).replace(/<Name>.*?<\/Name>/g, '<Name>-</Name>'),
  '/ecb.xml': () => european(samples.european, market),
  '/ecb-history.xml': () => samples.history,
};

/** @param {import('node:http').IncomingMessage} request */
async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 1_000) throw new Error('The body is too long');
  }
  return JSON.parse(text);
}

/** @param {import('node:http').IncomingMessage} request */
async function control(request) {
  const body = await bodyOf(request);
  if (request.url === '/fault') {
    if (!KINDS.includes(body.kind)) throw new Error(`kind must be one of ${KINDS.join(', ')}`);
    fault = body.kind;
    return `Feeds are now: ${fault}\n`;
  }
  if (request.url !== '/move') throw new Error('POST /move or /fault');
  if (!currencies.includes(body.currency) || !(Math.abs(body.percent) <= 90)) {
    throw new Error('Send {"currency":"USD","percent":5}');
  }
  market.move(body.currency, body.percent);
  return `${body.currency} moved by ${body.percent} %\n`;
}

const server = createServer(async (request, response) => {
  if (request.method === 'POST') {
    await control(request)
      .then((said) => response.end(said))
      .catch((error) => response.writeHead(422).end(`${error.message}\n`));
    return;
  }
  const feed = FEEDS[request.url ?? ''];
  if (!feed) return void response.writeHead(404).end('Not a feed\n');
  if (fault === '500') return void response.writeHead(500).end();
  if (fault === 'slow') return void setTimeout(() => response.end(), SLOW_MS).unref();
  const text = spoiled(feed(), fault);
  const etag = `"${createHash('sha1').update(text).digest('hex').slice(0, 16)}"`;
  response.setHeader('etag', etag);
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
  response.setHeader('content-type', 'application/xml');
  response.end(text);
});
server.on('error', (error) => {
  fail(
    new PlainError(`The feed can't listen on port ${port}: ${error.message}. Choose another with --port.`),
  );
});
server.listen(port, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  console.log(`Rates move at ${url}. Let Kopeck read them:

  RATES_BANK_OF_RUSSIA_URL=${url}/bank-of-russia.xml \\
  RATES_ECB_URL=${url}/ecb.xml RATES_ECB_HISTORY_URL=${url}/ecb-history.xml \\
  RATES_POLL_SECONDS=1 npm start

Ctrl-C ends it.`);
});
if (everyMs > 0) setInterval(() => market.moveAll(currencies, move), everyMs);
