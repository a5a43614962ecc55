import { randomInt } from 'node:crypto';
import { TOPICS, type InboxPushes } from '@kopeck/contracts';
import pg from 'pg';
import { fundedAccount, newCustomer, signIn } from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { RawKafka, type SeenMessage } from '../support/raw-kafka.js';
import { startSystem, type RunningSystem } from '../support/system.js';
import { TransferLoad, type Party } from '../support/transfer-load.js';

const CLIENTS = 12;
const PARTIES = 6;
/** Little enough that some transfers are refused: that is news too. */
const START_BALANCE = '40.00';
/** `KOPECK_KILLS=20` is the long series. */
const KILLS = Number(process.env.KOPECK_KILLS ?? 2);
/** A bound, not an aim: a quick bank answers a thousand a second, and a replica takes seconds to start. */
const MAX_INTENTIONS = 12_000 * KILLS;
const BETWEEN_KILLS = { min: 100, max: 250 };
/** A dead consumer holds its partitions for one session timeout (10 s); the rest is room on a slow machine. */
const RECOVERY_MS = 60_000;

interface StoredNotification {
  readonly id: string;
  readonly customer_id: string;
  readonly ordinal: string;
  readonly type: string;
  readonly transfer_id: string | null;
}

describe('kill -9 of the notification service under load', () => {
  let system: RunningSystem;
  let database: pg.Pool;
  let kafka: RawKafka;
  let pushed: SeenMessage[];
  let parties: Party[];

  beforeAll(async () => {
    system = await startSystem({ replicas: { notification: 2 } });
    database = new pg.Pool({ connectionString: system.databaseUrl, max: 2 });
    kafka = await RawKafka.connect(system.brokers);
    pushed = await kafka.watch(TOPICS.notificationInbox.name);
    const operator = await signIn(system.url, system.operator.email, system.operator.password);
    parties = await Promise.all(
      Array.from({ length: PARTIES }, async (_, n) => {
        const client = await newCustomer(system.url, `Party ${n}`);
        return { client, account: await fundedAccount(client, operator, 'EUR', START_BALANCE) };
      }),
    );
  }, 120_000);

  afterAll(async () => {
    await kafka?.close();
    await database?.end();
    await system?.leave();
  }, 60_000);

  it(
    'loses no news, tells none twice, and pushes all of it',
    async () => {
      const load = new TransferLoad(parties, CLIENTS, MAX_INTENTIONS);
      for (let kill = 0; kill < KILLS; kill += 1) {
        await moreFinalAnswers(load);
        await system.kill('notification');
        await moreFinalAnswers(load);
        await system.start('notification');
      }
      await moreFinalAnswers(load);
      await load.stop();
      await load.settleAll(RECOVERY_MS);
      const expected = await expectedNews(load);
      await eventually(async () => expect(newsIn(await stored())).toHaveLength(expected.length), {
        withinMs: RECOVERY_MS,
        everyMs: 500,
      });
      const notifications = await stored();
      expect(newsIn(notifications).sort()).toEqual(expected.sort());
      expectNoGaps(notifications);
      await eventually(() => expectPushed(notifications), { withinMs: RECOVERY_MS, everyMs: 500 });
    },
    (4 + KILLS) * 60_000,
  );

  /** Who must be told what: `<customer> <type> <transfer>`. */
  async function expectedNews(load: TransferLoad): Promise<string[]> {
    const { rows } = await database.query<{ id: string; customer_id: string }>(
      'SELECT id, customer_id FROM ledger.account WHERE id = ANY($1)',
      [parties.map(({ account }) => account.id)],
    );
    const ownerOf = new Map(rows.map((row) => [row.id, row.customer_id]));
    const cash = await database.query<{ id: string; customer_id: string }>(
      `SELECT t.id, a.customer_id FROM ledger.transfer t JOIN ledger.account a ON a.id = t.credit_account_id
        WHERE t.kind = 'cash_deposit' AND a.id = ANY($1)`,
      [parties.map(({ account }) => account.id)],
    );
    const transfers = load.intentions.flatMap(({ ids, final, sender, recipient }) => {
      const [id] = ids;
      const [from, to] = [ownerOf.get(sender.account.id), ownerOf.get(recipient.account.id)];
      if (final!.status !== 201) return [`${from} transfer_refused ${id}`];
      return [`${from} transfer_sent ${id}`, `${to} transfer_received ${id}`];
    });
    const opened = rows.map((row) => `${row.customer_id} account_opened null`);
    const deposits = cash.rows.map((row) => `${row.customer_id} transfer_received ${row.id}`);
    return [...transfers, ...opened, ...deposits];
  }

  async function stored(): Promise<StoredNotification[]> {
    const { rows } = await database.query<StoredNotification>(
      `SELECT id, customer_id, ordinal, type, data->>'transferId' AS transfer_id FROM notification.notification
        WHERE customer_id IN (SELECT customer_id FROM ledger.account WHERE id = ANY($1)) ORDER BY customer_id, ordinal`,
      [parties.map(({ account }) => account.id)],
    );
    return rows;
  }

  /** Who signed in is another story. */
  function newsIn(notifications: readonly StoredNotification[]): string[] {
    return notifications
      .filter(({ type }) => type !== 'sign_in')
      .map(({ customer_id, type, transfer_id }) => `${customer_id} ${type} ${transfer_id}`);
  }

  function expectNoGaps(notifications: readonly StoredNotification[]): void {
    const lastOrdinals = new Map<string, number>();
    for (const { customer_id, ordinal } of notifications) {
      expect(Number(ordinal)).toBe((lastOrdinals.get(customer_id) ?? 0) + 1);
      lastOrdinals.set(customer_id, Number(ordinal));
    }
    expect(lastOrdinals.size).toBe(PARTIES);
  }

  function expectPushed(notifications: readonly StoredNotification[]): void {
    const seen = new Map(
      pushed
        .flatMap(({ value }) => (JSON.parse(value!.toString()) as Partial<InboxPushes>).pushes ?? [])
        .map(({ customerId, item }) => [item.notificationId, `${customerId} ${item.ordinal}`] as const),
    );
    const missing = notifications.filter(
      ({ id, customer_id, ordinal }) => seen.get(id) !== `${customer_id} ${ordinal}`,
    );
    expect(missing).toEqual([]);
  }
});

async function moreFinalAnswers(load: TransferLoad): Promise<void> {
  const enough = load.finalCount + randomInt(BETWEEN_KILLS.min, BETWEEN_KILLS.max);
  await eventually(() => expect(load.finalCount).toBeGreaterThan(enough), {
    withinMs: RECOVERY_MS,
    everyMs: 10,
  });
}
