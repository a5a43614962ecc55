import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { DEFAULT_CHANNELS, isRefusal, type ChangePreferences } from '@kopeck/contracts';
import { NotificationOnPostgresql, type Replica } from '../testing/notification-on-postgresql.js';
import { personOf } from '../testing/sample-events.js';

describe('preferences on PostgreSQL', () => {
  let bank: NotificationOnPostgresql;
  let replica: Replica;

  beforeAll(async () => {
    bank = await NotificationOnPostgresql.create();
    replica = bank.replica();
  }, 30_000);

  afterAll(() => bank?.drop());

  async function changeOf(
    customerId: string,
    more: Partial<ChangePreferences> = {},
  ): Promise<ChangePreferences> {
    const view = await replica.preferences.read(customerId);
    return { ...view, customerId, ...more } as ChangePreferences;
  }

  it('are the defaults of the language until something is chosen', async () => {
    const customerId = randomUUID();
    expect(await replica.preferences.read(customerId)).toMatchObject({
      revision: '0',
      language: 'en',
      timeZone: 'UTC',
    });
    await replica.recipients.copy([personOf(customerId, { language: 'ru' })]);
    expect(await replica.preferences.read(customerId)).toEqual({
      revision: '0',
      language: 'ru',
      timeZone: 'Europe/Moscow',
      quietHours: null,
      channels: DEFAULT_CHANNELS,
      rateDigest: 'immediate',
      rateCurrencies: [],
      minimumAmounts: [],
    });
  });

  it('are kept as they were chosen, and count their changes', async () => {
    const customerId = randomUUID();
    const chosen = {
      language: 'ru' as const,
      timeZone: 'Asia/Tokyo',
      quietHours: { from: '23:00', to: '06:30' },
      channels: { ...DEFAULT_CHANNELS, rate_alert: ['sms' as const] },
      rateDigest: 'daily' as const,
      rateCurrencies: ['USD', 'EUR'],
      minimumAmounts: [{ currency: 'RUB', amountMinor: '100000' }],
    };
    const changed = await replica.preferences.change(await changeOf(customerId, chosen));
    expect(changed).toEqual({ revision: '1', ...chosen });
    expect(await replica.preferences.read(customerId)).toEqual(changed);
    const again = await replica.preferences.change(await changeOf(customerId, { quietHours: null }));
    expect(again).toEqual({ ...changed, revision: '2', quietHours: null });
  });

  it('are not changed on the base of what they no longer are', async () => {
    const customerId = randomUUID();
    const stale = await changeOf(customerId);
    await replica.preferences.change(stale);
    for (const revision of ['0', '2', '7']) {
      expect(await replica.preferences.change({ ...stale, revision })).toMatchObject({
        code: 'stale_version',
      });
    }
    expect(await replica.preferences.read(customerId)).toMatchObject({ revision: '1' });
  });

  it('are changed by one of twenty who saw the same', async () => {
    const other = await bank.anotherReplica();
    const change = await changeOf(randomUUID());
    for (const revision of ['0', '1']) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 ? other : replica).preferences.change({ ...change, revision }),
        ),
      );
      expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
    }
  });

  it('stay as they are when a change has a fault', async () => {
    const customerId = randomUUID();
    const faulty = await changeOf(customerId, { timeZone: 'Mars/Base' });
    expect(await replica.preferences.change(faulty)).toMatchObject({
      code: 'validation_failed',
      pointer: '/timeZone',
    });
    expect(await replica.preferences.read(customerId)).toMatchObject({ revision: '0', timeZone: 'UTC' });
  });
});
