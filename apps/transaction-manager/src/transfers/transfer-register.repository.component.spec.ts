import 'reflect-metadata';
import { fillRegister } from '../testing/full-register.js';
import { ManagerOnPostgresql } from '../testing/manager-on-postgresql.js';
import { account, request, resultOf } from './testing/sample-transfers.js';
import type { TransferRequest } from '@kopeck/contracts';
import { payloadHashOf } from './payload-hash.js';
import { TransferRegisterRepository, type Registration } from './transfer-register.repository.js';

const PRIMARY_KEYS = /^(transfer|pending|settlement)_pkey$/;

function indexesIn(plan: string): string[] {
  return [...plan.matchAll(/Scan (?:using|on) (\w+_(?:pkey|\w+))/g)].map(([, index]) => index!);
}

function registrationOf(asked: TransferRequest): Registration {
  return { request: asked, payloadHash: payloadHashOf(asked), result: undefined };
}

/** What a repository asks for, without asking. */
async function statementsOf(
  work: (register: TransferRegisterRepository) => Promise<unknown>,
): Promise<string[]> {
  const statements: string[] = [];
  const query = async (sql: string) => {
    statements.push(sql);
    return [];
  };
  await work(new TransferRegisterRepository({ query } as never));
  return statements;
}

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
    expect(indexesIn(plans[0]!).filter((index) => !PRIMARY_KEYS.test(index))).toEqual([]);
  });
});

describe('batches in an empty register', () => {
  let manager: ManagerOnPostgresql;
  const batch = [request(account(), account())];

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
  }, 30_000);

  afterAll(() => manager?.drop());

  it.each<[string, (register: TransferRegisterRepository) => Promise<unknown>]>([
    ['requests', (register) => register.register(batch.map(registrationOf), 5_000)],
    ['results', (register) => register.settle(batch.map((asked) => resultOf(asked, null)))],
  ])('of %s get a plan that will do when it is full', async (_, work) => {
    const [sql] = await statementsOf(work);
    const parameters = Math.max(...[...sql!.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)));
    const rows = await manager.database.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (GENERIC_PLAN) ${sql}`,
      Array.from({ length: parameters }, () => null),
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toMatch(/Seq Scan/);
    expect(indexesIn(plan).filter((index) => !PRIMARY_KEYS.test(index))).toEqual([]);
  });
});
