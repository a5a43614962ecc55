import { once } from 'node:events';
import { createServer } from 'node:http';

/** Roubles for so many units, as the Bank of Russia wrote them for 30.09.2026. */
const RATES = [
  ['GBP', 1, '111,8742'],
  ['USD', 1, '84,5085'],
  ['EUR', 1, '96,0077'],
  ['KZT', 100, '19,1528'],
  ['CNY', 1, '12,5986'],
  ['JPY', 100, '53,6639'],
];

/** The bench prices nothing by the world's rates, nor by a snapshot, which production refuses: a feed of its own. */
export class RateFeed {
  #server = createServer((_, response) => {
    const [year, month, day] = new Date().toISOString().slice(0, 10).split('-');
    const lines = RATES.map(
      ([code, nominal, value]) =>
        `<Valute><CharCode>${code}</CharCode><Nominal>${nominal}</Nominal><Value>${value}</Value></Valute>`,
    );
    response.setHeader('content-type', 'application/xml');
    response.end(
      `<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="${day}.${month}.${year}">${lines.join('')}</ValCurs>`,
    );
  });

  static async start() {
    const feed = new RateFeed();
    feed.#server.listen(0, '127.0.0.1');
    await once(feed.#server, 'listening');
    return feed;
  }

  /** For the converter. */
  get environment() {
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    return {
      RATE_SOURCES: 'bank-of-russia',
      RATES_BANK_OF_RUSSIA_URL: `http://127.0.0.1:${port}/`,
      RATES_SNAPSHOT: 'never',
    };
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
