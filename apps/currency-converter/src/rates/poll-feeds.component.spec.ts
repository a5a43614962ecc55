import 'reflect-metadata';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TOPICS, type NotificationRequest } from '@kopeck/contracts';
import { ConverterOnPostgresql, type Replica } from '../testing/converter-on-postgresql.js';
import type { PollFeedsService } from './poll-feeds.service.js';
import { rateTextOf } from './rate-text.js';

const SAMPLES = new URL('../feeds/samples/', import.meta.url);
const HISTORY = readFileSync(new URL('ecb-history.xml', SAMPLES), 'utf8');
/** As if the sample were today's. */
const DAILY = readFileSync(new URL('ecb-daily.xml', SAMPLES), 'utf8').replace(
  '2026-09-30',
  new Date().toISOString().slice(0, 10),
);

describe('asking a feed', () => {
  let converter: ConverterOnPostgresql;
  let replica: Replica;
  let polling: PollFeedsService;
  let server: Server;
  let answers: { status: number; body: string };
  let asked: (string | undefined)[];

  beforeEach(async () => {
    asked = [];
    answers = { status: 200, body: DAILY };
    server = createServer(({ url, headers }, response) => {
      if (url === '/history') return void response.end(HISTORY);
      asked.push(headers['if-none-match']);
      if (answers.body === DAILY && headers['if-none-match'] === '"1"')
        return void response.writeHead(304).end();
      response.writeHead(answers.status, answers.body === DAILY ? { etag: '"1"' } : {}).end(answers.body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    converter = await ConverterOnPostgresql.create();
    replica = converter.replica({
      RATE_SOURCES: 'ecb',
      RATES_ECB_URL: `${url}/daily`,
      RATES_ECB_HISTORY_URL: `${url}/history`,
      RATES_SNAPSHOT: 'never',
    });
    await replica.feeds.ensure(['ecb']);
    polling = replica.polling();
  }, 30_000);

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await converter?.drop();
  }, 30_000);

  /** One round, as soon as it's due. */
  async function round(): Promise<void> {
    await converter.temporary.query('UPDATE fx.feed SET next_attempt_at = clock_timestamp()');
    await polling.pollDue();
  }

  const dollar = async () => rateTextOf((await replica.current.pair('EUR', 'USD')).exact);
  const told = () =>
    converter
      .valuesOf<NotificationRequest>(TOPICS.notificationRequests.name)
      .map(({ type, data }) => [type, data.source, data.problem]);

  it('puts what it says in force, and days before it in the history', async () => {
    await round();
    expect(await dollar()).toBe('1.1355000000');
    const [days] = await converter.temporary.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM fx.bulletin WHERE status = 'accepted'`,
    );
    expect(days!.count).toBe(277);
    expect(told()).toEqual([]);
  }, 20_000);

  it('asks for what is new only, and takes "nothing new" for a confirmation', async () => {
    await round();
    await converter.temporary.query(`UPDATE fx.feed SET confirmed_at = now() - interval '20 hours'`);
    await round();
    expect(asked).toEqual([undefined, '"1"']);
    const { confirmedAt } = await replica.current.pair('EUR', 'USD');
    expect(Date.now() - Date.parse(confirmedAt)).toBeLessThan(60_000);
  }, 20_000);

  it.each([
    ['a page of HTML', 200, '<html><body>Maintenance</body></html>', 'it is <html>, not <Envelope>'],
    ['half a file', 200, DAILY.slice(0, 600), /not whole XML/],
    ['an error', 503, 'busy', 'the server answers 503'],
    ['an absurd rate', 200, DAILY.replace("rate='1.1355'", "rate='0.0000000001'"), /USD costs an absurd/],
    ['a day gone by', 200, DAILY.replace(/time='[\d-]+'/, "time='2026-09-01'"), /known already/],
  ])(
    'changes nothing for %s, and tells operators once',
    async (_, status, body, problem) => {
      await round();
      answers = { status, body };
      await round();
      await round();
      expect(await dollar()).toBe('1.1355000000');
      expect(told()).toEqual([
        ['feed_problem', 'ecb', typeof problem === 'string' ? problem : expect.stringMatching(problem)],
      ]);
      const [feed] = await replica.watching.list();
      expect(feed).toMatchObject({ status: 'failing', consecutiveFailures: 2 });
      expect(Date.parse(feed!.nextAttemptAt!)).toBeGreaterThan(Date.now() + 300_000);
      answers = { status: 200, body: DAILY };
      await round();
      expect((await replica.watching.list())[0]).toMatchObject({
        status: 'up',
        consecutiveFailures: 0,
        lastError: null,
      });
    },
    30_000,
  );

  it('is not due again before its time', async () => {
    await polling.pollDue();
    await polling.pollDue();
    expect(asked).toHaveLength(1);
  }, 20_000);
});
