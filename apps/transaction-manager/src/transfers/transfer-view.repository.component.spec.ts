import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { ManagerOnPostgresql } from '../testing/manager-on-postgresql.js';
import { TransferViewRepository, type ListFilter } from './transfer-view.repository.js';

/** With as many transfers as a page must not read. */
const SETTLED = 40_000;

describe('lists of a full register', () => {
  let manager: ManagerOnPostgresql;

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    await manager.temporary.query(FILL, [SETTLED]);
    await manager.temporary.query('VACUUM ANALYZE transaction_manager.transfer');
  }, 60_000);

  afterAll(() => manager?.drop());

  const anything: ListFilter = {
    customerId: null,
    status: null,
    pendingForSeconds: null,
    below: 2n ** 63n - 1n,
    limit: 51,
  };

  it.each<[string, Partial<ListFilter>, string[]]>([
    ['everything', {}, ['transfer_pending', 'transfer_final']],
    ['what is pending', { status: 'pending' }, ['transfer_pending']],
    ['what has been pending for long', { pendingForSeconds: 600 }, ['transfer_pending']],
    ['what failed', { status: 'failed' }, ['transfer_failed']],
    ['what was completed', { status: 'completed' }, ['transfer_final']],
    [
      'what a customer has part in',
      { customerId: randomUUID() },
      ['transfer_of_customer', 'transfer_to_customer'],
    ],
  ])('of %s read no further than the page, in a plan for all values', async (_, filter, indexes) => {
    const plan = await planOf({ ...anything, ...filter });
    expect(plan).not.toMatch(/Seq Scan|Bitmap/);
    const used = [...plan.matchAll(/Index Scan Backward using (\w+)/g)].map(([, index]) => index);
    expect(used).toEqual(indexes);
  });

  /** The plan of the statement that a list runs. */
  async function planOf(filter: ListFilter): Promise<string> {
    const asked: string[] = [];
    const query = async (sql: string) => {
      asked.push(sql);
      return [];
    };
    await new TransferViewRepository({ query } as never).list(filter);
    const rows = await manager.temporary.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (GENERIC_PLAN) ${asked[0]}`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }
});

/** Mostly completed transfers among a thousand customers, a hundredth of them failed, a hundred pending. */
const FILL = `
  INSERT INTO transaction_manager.transfer
    (id, request_id, customer_id, kind, payload_hash, debit_account_id, credit_account_number, credit_customer_id,
     amount_minor, currency, status, reason, requested_at, forward_count, next_forward_at, result, decided_by_ledger)
  SELECT gen_random_uuid(), gen_random_uuid(), md5((n % 1000)::text)::uuid, 'transfer', sha256(n::text::bytea),
         gen_random_uuid(), 'QP76KPCK000012345678',
         CASE WHEN s.status = 'completed' THEN md5((n % 999)::text)::uuid END, 1, 'EUR', s.status,
         CASE WHEN s.status = 'failed' THEN 'insufficient_funds' END, now(), 1,
         CASE WHEN s.status = 'pending' THEN now() END,
         CASE WHEN s.status <> 'pending' THEN '{}' END, s.status <> 'pending'
    FROM generate_series(1, $1 + 100) AS n,
         LATERAL (SELECT CASE WHEN n > $1 THEN 'pending' WHEN n % 100 = 0 THEN 'failed' ELSE 'completed' END) AS s (status)`;
