import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Bank of Russia's lines of the bank's currencies: units that one price is for, and the price in roubles. */
const BANK_OF_RUSSIA: Readonly<Record<string, readonly [nominal: number, value: string]>> = {
  GBP: [1, '111,8742'],
  USD: [1, '84,5085'],
  EUR: [1, '96,0000'],
  KZT: [100, '19,1528'],
  CNY: [1, '12,5986'],
  JPY: [100, '53,6639'],
};
const ECB = { USD: '1.1355', JPY: '178.27', GBP: '0.85463', CNY: '7.613', CHF: '0.9478', SEK: '11.331' };

/** Both sources' feeds in their own formats, on this machine, saying what a test wants them to say. */
export class RateFeed {
  private readonly values = new Map(Object.entries(BANK_OF_RUSSIA));

  private constructor(
    private readonly server: Server,
    private readonly today: string,
  ) {
    server.on('request', (request, response) => {
      const isEcb = request.url?.startsWith('/ecb') === true;
      response.setHeader('content-type', 'application/xml');
      response.end(isEcb ? this.ecb() : this.bankOfRussia());
    });
  }

  static async start(): Promise<RateFeed> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RateFeed(server, new Date().toISOString().slice(0, 10));
  }

  /** For the system under test: asks these feeds each second. */
  get environment(): Record<string, string> {
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return {
      RATES_BANK_OF_RUSSIA_URL: `${url}/bank-of-russia`,
      RATES_ECB_URL: `${url}/ecb`,
      RATES_ECB_HISTORY_URL: `${url}/ecb-history`,
      RATES_POLL_SECONDS: '1',
    };
  }

  /** @param rate roubles for one unit (a hundred yen or tenge), with a point. */
  set(currency: string, rate: string): void {
    const [nominal] = this.values.get(currency)!;
    this.values.set(currency, [nominal, rate.replace('.', ',')]);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  /** The real one is in windows-1251; what is here is ASCII, which is the same in both. */
  private bankOfRussia(): string {
    const [year, month, day] = this.today.split('-');
    const lines = [...this.values].map(
      ([code, [nominal, value]]) =>
        `<Valute ID="R0"><NumCode>000</NumCode><CharCode>${code}</CharCode><Nominal>${nominal}</Nominal><Name>${code}</Name><Value>${value}</Value></Valute>`,
    );
    return `<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="${day}.${month}.${year}" name="Foreign Currency Market">${lines.join('')}</ValCurs>`;
  }

  private ecb(): string {
    const cubes = Object.entries(ECB).map(([code, rate]) => `<Cube currency='${code}' rate='${rate}'/>`);
    return `<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time='${this.today}'>${cubes.join('')}</Cube></Cube></gesmes:Envelope>`;
  }
}
