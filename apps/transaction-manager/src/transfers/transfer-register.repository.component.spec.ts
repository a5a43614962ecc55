import 'reflect-metadata';
import type { TransferRequest } from '@kopeck/contracts';
import { fillRegister } from '../testing/full-register.js';
import { ManagerOnPostgresql } from '../testing/manager-on-postgresql.js';
import { payloadHashOf } from './payload-hash.js';
import { account, request, resultOf } from './testing/sample-transfers.js';
import { TransferRegisterRepository, type Registration } from './transfer-register.repository.js';

type Work = (register: TransferRegisterRepository) => Promise<unknown>;

function registrationOf(asked: TransferRequest): Registration {
  return { request: asked, payloadHash: payloadHashOf(asked), result: undefined };
}

/** How PostgreSQL would carry out what the work asks for first. @param how of EXPLAIN. */
async function planOf(
  { database }: ManagerOnPostgresql,
  work: Work,
  how: string,
  given = (params: readonly unknown[]) => params,
): Promise<string> {
  const plans: string[] = [];
  const query = async (sql: string, params: readonly unknown[]) => {
    const rows = await database.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${how} ${sql}`, given(params));
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    return [];
  };
  await work(new TransferRegisterRepository({ query } as never));
  return plans[0]!;
}

function expectPrimaryKeysOnly(plan: string): void {
  expect(plan).not.toMatch(/Seq Scan/);
  const used = [...plan.matchAll(/Scan (?:using|on) (\w+_(?:pkey|\w+))/g)].map(([, index]) => index);
  expect(used.filter((index) => !/^(transfer|pending|settlement)_pkey$/.test(index!))).toEqual([]);
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

  it.each<[string, Work]>([
    ['repeats', (register) => register.find(batch.map(({ transferId }) => transferId))],
    ['results', (register) => register.settle(batch.map((asked) => resultOf(asked, null)))],
  ])('of %s find their rows by id, whatever else is pending', async (_, work) => {
    expectPrimaryKeysOnly(await planOf(manager, work, ''));
  });
});

describe('batches in an empty register', () => {
  let manager: ManagerOnPostgresql;
  const batch = [request(account(), account())];

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
  }, 30_000);

  afterAll(() => manager?.drop());

  it.each<[string, Work]>([
    ['requests', (register) => register.register(batch.map(registrationOf), 5_000)],
    ['results', (register) => register.settle(batch.map((asked) => resultOf(asked, null)))],
  ])('of %s get a plan that will do when it is full', async (_, work) => {
    const noneOf = (params: readonly unknown[]) => params.map(() => null);
    expectPrimaryKeysOnly(await planOf(manager, work, '(GENERIC_PLAN)', noneOf));
  });
});
