import 'reflect-metadata';
import type { AccountState } from '@kopeck/contracts';
import fc from 'fast-check';
import { ManagerOnPostgresql } from '../testing/manager-on-postgresql.js';
import { account, cashAccount, stateOf } from '../transfers/testing/sample-transfers.js';

describe('the copy of accounts', () => {
  let manager: ManagerOnPostgresql;

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
  }, 30_000);

  afterAll(() => manager?.drop());

  async function stored(accountId: string): Promise<{ status: string; revision: string } | undefined> {
    const [row] = await manager.temporary.query<{ status: string; revision: string }>(
      'SELECT status, revision FROM transaction_manager.account_copy WHERE account_id = $1',
      [accountId],
    );
    return row;
  }

  it('knows whose an account is, by id and by number', async () => {
    const [anna, cash] = [account(), cashAccount()];
    const replica = manager.replica();
    await replica.copies.copy([stateOf(anna), stateOf(cash)]);
    const known = await replica.copies.know([anna.accountId], [cash.number, account().number]);
    expect(known.byId(anna.accountId)).toEqual(anna);
    expect(known.byNumber(cash.number)).toEqual(cash);
    expect(known.byId(account().accountId)).toBeUndefined();
  });

  it('takes nothing for nothing', async () => {
    await manager.replica().copies.copy([]);
  });

  it('keeps the highest revision of each, in whatever order and how often they come', async () => {
    const revisions = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(revisions, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 7 }),
        async (ofEach, size) => {
          const accounts = ofEach.map(() => account());
          const states = ofEach.flatMap((numbers, index) =>
            numbers.map((revision) => revised(accounts[index]!, revision)),
          );
          const { copies } = manager.replica();
          for (let at = 0; at < states.length; at += size) await copies.copy(states.slice(at, at + size));
          for (const [index, numbers] of ofEach.entries()) {
            const { status, revision } = revised(accounts[index]!, Math.max(...numbers));
            expect(await stored(accounts[index]!.accountId)).toEqual({ status, revision });
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);

  it('lets two replicas copy the same accounts at the same time, new ones too, in opposite order', async () => {
    const replicas = [await manager.anotherReplica(), await manager.anotherReplica()];
    for (let round = 0; round < 10; round++) {
      const accounts = Array.from({ length: 200 }, () => account());
      for (let revision = 1; revision <= 3; revision++) {
        const states = accounts.map((each) => revised(each, revision));
        await Promise.all([
          replicas[0]!.copies.copy(states),
          replicas[1]!.copies.copy(revision % 2 ? states : states.toReversed()),
        ]);
      }
      expect(await stored(accounts[0]!.accountId)).toMatchObject({ revision: '3' });
    }
  }, 30_000);
});

/** The status tells the revision, so that a mixture would show. */
function revised(facts: Parameters<typeof stateOf>[0], revision: number): AccountState {
  return stateOf(facts, {
    status: revision % 2 ? 'active' : 'frozen',
    revision: revision.toString(),
  });
}
