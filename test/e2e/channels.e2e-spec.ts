import { randomUUID } from 'node:crypto';
import { OUTSIDE_CHANNELS, SERVICE_NAMES } from '@kopeck/contracts';
import { expected, PASSWORD, signIn, transferBody, type BankClient } from '../support/bank-client.js';
import { EventStream } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { RateFeed } from '../support/rate-feed.js';
import { Outside, ReachablePerson } from '../support/reachable-person.js';
import { HANGS } from '../support/receivers/http-receiver.js';
import { logOf, startSystem, type RunningSystem } from '../support/system.js';

/** From a feed's change to whoever wants to know of it. */
const RATE_WITHIN_MS = 2_000;
const ATTEMPT_TIMEOUT_MS = 8_000;
const BOT_NAME = 'kopeck_test_bot';

describe('what leaves the bank', () => {
  let system: RunningSystem;
  let feed: RateFeed;
  let outside: Outside;
  let operator: BankClient;
  let anna: ReachablePerson;
  let boris: ReachablePerson;

  beforeAll(async () => {
    feed = await RateFeed.start();
    outside = await Outside.start();
    system = await startSystem({
      settings: {
        'currency-converter': feed.environment,
        notification: {
          ...outside.environment,
          TELEGRAM_BOT_NAME: BOT_NAME,
          DELIVERY_RETRY_SCALE: '0.01',
          DELIVERY_ATTEMPT_TIMEOUT_MS: String(ATTEMPT_TIMEOUT_MS),
        },
      },
    });
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    const join = (name: string, language: 'en' | 'ru') =>
      ReachablePerson.join(system.url, outside, operator, { name, language });
    [anna, boris] = [await join('Anna', 'en'), await join('Борис', 'ru')];
  }, 180_000);

  afterAll(async () => {
    await system?.leave();
    await Promise.all([feed?.stop(), outside?.stop(), anna?.receiver.stop(), boris?.receiver.stop()]);
  }, 60_000);

  const send = async (amount: string): Promise<any> =>
    anna.client.transfer(transferBody(anna.account, boris.account, amount));

  it('tells both sides of a transfer over every channel, each in their own language', async () => {
    const { id } = expected(201, await send('12.30'));
    const [sent, received] = [await anna.hears(/12\.30/), await boris.hears(/12,30|"amountMinor":"1230"/)];
    for (const channel of ['email', 'telegram', 'sms'] as const) {
      expect(sent[channel]).not.toMatch(/[а-я]{3}/i);
      expect(received[channel]).toMatch(/[а-я]{3}/i);
    }
    expect(sent.email).toContain(`/transfers/${id}`);
    expect(sent.telegram).toContain(`/transfers/${id}`);
    const told = anna.webhooks().filter(({ data }) => data['transferId'] === id);
    expect(told.map(({ type }) => type)).toEqual(['transfer_sent']);
  });

  it('tells of a transfer that was refused', async () => {
    expect((await send('99999.00')).status).toBe(422);
    await anna.hears(/99,999\.00|"amountMinor":"9999900"/);
    for (const said of Object.values(boris.heard())) expect(said.join()).not.toMatch(/99.?999/);
  });

  it('tells of a new sign-in', async () => {
    const count = (person: ReachablePerson) =>
      person.webhooks().filter(({ type }) => type === 'sign_in').length;
    const before = count(boris);
    await signIn(system.url, boris.email, PASSWORD);
    await eventually(() => expect(count(boris)).toBe(before + 1));
    await boris.hears(/sign_in|вход|вошли/i);
  });

  it('tells of a rate that is reached, and of one that moves within two seconds', async () => {
    const page = await EventStream.listen(anna.client);
    const alert = { base: 'EUR', quote: 'RUB', kind: 'at_or_above', rate: '97' };
    const headers = { 'idempotency-key': randomUUID() };
    expected(201, await anna.client.send('POST', '/rate-alerts', { body: alert, headers }));
    // As soon as the feed was asked and says something else: its rounds are a second apart.
    feed.set('EUR', '97.5000');
    const changedAtMs = Date.now();
    const seen = await eventually(() => {
      const found = page.notifications.find(({ data }) => data.type === 'rate_change');
      if (!found) throw new Error('the change of the rate is not told yet');
      return found;
    });
    expect(seen.seenAtMs - changedAtMs).toBeLessThan(RATE_WITHIN_MS);
    await eventually(() =>
      expect(page.notifications.filter(({ data }) => data.type === 'rate_alert')).toHaveLength(1),
    );
    await anna.hears(/97\.5|"rate":"97\.5/);
    page.close();
  });

  it('keeps one that is dead and one that hangs from delaying the others', async () => {
    outside.smtp.refuse = () => 451;
    anna.receiver.reply = () => HANGS;
    const startedAtMs = Date.now();
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.push(expected(201, await send('1.01')).id as string);
    await eventually(() => {
      const { telegram, sms } = anna.heard();
      for (const id of ids) expect(telegram.some((text) => text.includes(id))).toBe(true);
      expect(sms.filter((text) => text.includes('1.01'))).toHaveLength(5);
    });
    // Nobody has waited for the webhook's deadline.
    expect(Date.now() - startedAtMs).toBeLessThan(ATTEMPT_TIMEOUT_MS);
    // Their owner sees what waits, and why.
    await eventually(async () => {
      const answer = await anna.client.get('/notifications/deliveries?status=waiting&limit=200');
      const waiting: { channel: string; lastError: string | null }[] = expected(200, answer).data;
      expect(waiting.some(({ channel, lastError }) => channel === 'email' && lastError !== null)).toBe(true);
      expect(waiting.map(({ channel }) => channel)).not.toContain('telegram');
    });
    outside.smtp.refuse = () => undefined;
    anna.receiver.reply = () => ({ status: 204 });
    // What had to wait comes in the end, under the ids it had.
    await eventually(
      () => {
        const { email } = anna.heard();
        const hooked = anna.webhooks().map(({ data }) => data['transferId']);
        for (const id of ids) {
          expect(email.some((mail) => mail.includes(id))).toBe(true);
          expect(hooked).toContain(id);
        }
      },
      { withinMs: 60_000 },
    );
  }, 120_000);

  it('never carries a secret or a whole account number, nor do the logs', async () => {
    const secrets = [
      PASSWORD,
      anna.webhookSecret,
      boris.webhookSecret,
      anna.client.token!,
      process.env.SEALING_KEY!,
    ];
    const numbers = [anna.account.number, boris.account.number];
    const said = [anna, boris].flatMap((person) => Object.values(person.heard()).flat());
    expect(said.length).toBeGreaterThan(OUTSIDE_CHANNELS.length * 4);
    const logs = SERVICE_NAMES.map((service) => logOf(`${service}-1`));
    for (const text of [...said, ...logs]) {
      for (const secret of [...secrets, ...numbers, outside.telegram.token])
        expect(text).not.toContain(secret);
    }
  });
});
