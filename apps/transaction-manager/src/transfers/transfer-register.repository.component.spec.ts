import 'reflect-metadata';
import { fillRegister } from '../testing/full-register.js';
import { ManagerOnPostgresql } from '../testing/manager-on-postgresql.js';
import { account, request, resultOf } from './testing/sample-transfers.js';
import { TransferRegisterRepository } from './transfer-register.repository.js';

describe('batches in a full register', () => {
  let manager: ManagerOnPostgresql;
  const batch = Array.from({ length: 200 }, () => request(account(), account()));

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    // As when the ledger has been away for a while: much is pending.
    await fillRegister(manager, 20_000, 20_000);
  }, 60_000);

  afterAll(() => manager?.drop());

  it.each<[string, (register: TransferRegisterRepository) => Promise<unknown>]>([
    ['repeats', (register) => register.find(batch.map(({ transferId }) => transferId))],
    ['results', (register) => register.settle(batch.map((asked) => resultOf(asked, null)))],
  ])('of %s find their rows by id, whatever else is pending', async (_, work) => {
    const plans: string[] = [];
    const query = async (sql: string, params: readonly unknown[]) => {
      const rows = await manager.database.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, params);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return [];
    };
    await work(new TransferRegisterRepository({ query } as never));
    expect(plans[0]).not.toMatch(/Seq Scan/);
    const used = [...plans[0]!.matchAll(/Scan (?:using|on) (\w+_(?:pkey|\w+))/g)].map(([, index]) => index);
    expect(used.filter((index) => !/^(transfer|pending|settlement)_pkey$/.test(index!))).toEqual([]);
  });

  it('are planned one by one: a plan from when the table was small would stay', async () => {
    expect(await manager.database.query('SHOW plan_cache_mode')).toEqual([
      { plan_cache_mode: 'force_custom_plan' },
    ]);
  });
});
