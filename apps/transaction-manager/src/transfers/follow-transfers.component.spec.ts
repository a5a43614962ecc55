import 'reflect-metadata';
import type { AccountFacts } from '../accounts/account-facts.js';
import {
  anotherAttempt,
  ManagerOnPostgresql,
  meaningsOf,
  outcomeOf,
  type Replica,
} from '../testing/manager-on-postgresql.js';
import { account, request, resultOf } from './testing/sample-transfers.js';

describe('following transfers to their end', () => {
  let manager: ManagerOnPostgresql;
  let replica: Replica;
  let anna: AccountFacts;
  let boris: AccountFacts;

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    replica = manager.replica();
    [anna, boris] = [account(), account()];
  }, 30_000);

  afterAll(() => manager?.drop());

  it('does nothing for nothing', async () => {
    await replica.follow();
  });

  it('writes the result down, and nothing is due any more', async () => {
    const asked = request(anna, boris);
    await replica.accept(asked);
    const result = resultOf(asked, boris);
    await replica.follow(result);
    const row = await manager.rowOf(asked.transferId);
    expect(row).toMatchObject({
      status: 'completed',
      reason: null,
      decided_by_ledger: true,
      next_forward_at: null,
      credit_account_id: result.creditAccountId,
      credit_customer_id: boris.customerId,
      settled_at: new Date(result.decidedAt),
    });
  });

  it("keeps the ledger's refusal from the recipient, who must not see it", async () => {
    const asked = request(anna, boris);
    await replica.accept(asked);
    await replica.follow(resultOf(asked, boris, { status: 'failed', reason: 'insufficient_funds' }));
    expect(await manager.rowOf(asked.transferId)).toMatchObject({
      status: 'failed',
      reason: 'insufficient_funds',
      decided_by_ledger: true,
    });
    const seenBy = (customerId: string) => replica.reading.read({ transferId: asked.transferId, customerId });
    expect(await seenBy(anna.customerId!)).toMatchObject({ status: 'failed' });
    expect(await seenBy(boris.customerId!)).toMatchObject({ refused: true, code: 'not_found' });
  });

  it('counts the first result only, in one batch or in two', async () => {
    const [asked, another] = [request(anna, boris), request(anna, boris)];
    await replica.accept(asked, another);
    const late = { status: 'failed', reason: 'account_frozen' } as const;
    await replica.follow(resultOf(asked, boris), resultOf(asked, boris, late), resultOf(another, boris));
    await replica.follow(resultOf(another, boris, late));
    for (const { transferId } of [asked, another]) {
      expect(await manager.rowOf(transferId)).toMatchObject({ status: 'completed', reason: null });
    }
  });

  it('takes an id in capitals for the same', async () => {
    const asked = request(anna, boris);
    await replica.accept(asked);
    const loud = resultOf({ ...asked, transferId: asked.transferId.toUpperCase() }, boris);
    await replica.follow(loud, resultOf(asked, boris));
    expect(await manager.rowOf(asked.transferId)).toMatchObject({ status: 'completed' });
  });

  describe('of which no request came here', () => {
    it('enters it as the ledger decided it', async () => {
      const asked = request(anna, boris, { reference: 'Rent' });
      const result = resultOf(asked, boris);
      await replica.follow(result);
      expect(await manager.rowOf(asked.transferId)).toMatchObject({
        status: 'completed',
        decided_by_ledger: true,
        forward_count: 0,
      });
      expect(await replica.reading.steps({ transferId: asked.transferId })).toMatchObject([
        { type: 'requested' },
        { type: 'accepted' },
        { type: 'completed', service: 'transaction' },
      ]);
    });

    it('enters what was refused on arrival as just that', async () => {
      const asked = request(anna, boris);
      const refused = { status: 'failed', reason: 'limit_exceeded', chain: null } as const;
      await replica.follow(resultOf(asked, null, refused));
      expect(await manager.rowOf(asked.transferId)).toMatchObject({
        status: 'failed',
        decided_by_ledger: false,
      });
      expect(await replica.reading.steps({ transferId: asked.transferId })).toMatchObject([
        { type: 'requested' },
        { type: 'accepted' },
        { type: 'refused', service: 'transaction-manager' },
      ]);
    });

    it('takes the request, when it comes, for a repeat', async () => {
      const asked = request(anna, boris);
      const result = resultOf(asked, boris);
      await replica.follow(result);
      const late = anotherAttempt(asked);
      const { commands, answers } = meaningsOf(await replica.accept(late));
      expect(commands).toEqual([]);
      expect(answers).toEqual([
        { requestId: late.requestId, outcome: 'finished', result: outcomeOf(result) },
      ]);
    });

    it('enters those among others', async () => {
      const [known, unknown] = [request(anna, boris), request(anna, boris)];
      await replica.accept(known);
      await replica.follow(resultOf(unknown, boris), resultOf(known, boris));
      for (const { transferId } of [known, unknown]) {
        expect(await manager.rowOf(transferId)).toMatchObject({ status: 'completed' });
      }
    });
  });

  it('shows no deadlock when two replicas settle the same transfers in opposite order', async () => {
    const replicas = [await manager.anotherReplica(), await manager.anotherReplica()];
    const before = await deadlocks();
    for (let round = 0; round < 15; round++) {
      const asked = Array.from({ length: 200 }, () => request(anna, boris));
      // Every third one is unknown, and entered.
      await replica.accept(...asked.filter((_, index) => index % 3));
      const results = asked.map((each) => resultOf(each, boris));
      await Promise.all([replicas[0]!.follow(...results), replicas[1]!.follow(...results.toReversed())]);
    }
    expect(await deadlocks()).toBe(before);
    const [left] = await manager.temporary.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM transaction_manager.pending',
    );
    expect(left!.count).toBe(0);
  }, 60_000);

  async function deadlocks(): Promise<number> {
    const [row] = await manager.temporary.query<{ deadlocks: number }>(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    return row!.deadlocks;
  }
});
