import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { ManagerOnPostgresql } from '../testing/manager-on-postgresql.js';
import { fillRegister } from '../testing/full-register.js';
import { TransferViewRepository, type ListFilter } from './transfer-view.repository.js';

/** With as many transfers as a page must not read. */
const SETTLED = 40_000;
const PENDING = 5_000;

describe('lists of a full register', () => {
  let manager: ManagerOnPostgresql;

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    await fillRegister(manager, SETTLED, PENDING);
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
    ['everything', {}, ['transfer_ordinal']],
    ['what is pending', { status: 'pending' }, ['pending_ordinal']],
    ['what has been pending for long', { pendingForSeconds: 600 }, ['pending_ordinal']],
    ['what failed', { status: 'failed' }, ['settlement_failed']],
    ['what was completed', { status: 'completed' }, ['transfer_ordinal']],
    [
      'what a customer has part in',
      { customerId: randomUUID() },
      ['transfer_of_customer', 'settlement_to_customer'],
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
