import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { TransferRequest } from '@kopeck/contracts';
import { HEADERS, type Outgoing } from '@kopeck/kafka';
import fc from 'fast-check';
import type { AccountFacts } from '../accounts/account-facts.js';
import {
  anotherAttempt,
  ManagerOnPostgresql,
  meaningsOf,
  outcomeOf,
  type Replica,
} from '../testing/manager-on-postgresql.js';
import { account, request, resultOf } from './testing/sample-transfers.js';

describe('accepting transfers', () => {
  let manager: ManagerOnPostgresql;
  let replica: Replica;
  let anna: AccountFacts;
  let boris: AccountFacts;

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    replica = manager.replica();
    anna = await manager.knownAccount();
    boris = await manager.knownAccount();
  }, 30_000);

  afterAll(() => manager?.drop());

  const accept = async (...requests: TransferRequest[]) => meaningsOf(await replica.accept(...requests));

  it('does nothing for nothing', async () => {
    expect(await replica.accept()).toEqual([]);
  });

  it('registers a new transfer and sends its command', async () => {
    const asked = request(anna, boris, { reference: 'Счёт № 7 🏦', endToEndId: 'E2E-1' });
    expect(await accept(asked)).toEqual({ commands: [asked], results: [], answers: [] });
    const row = await manager.rowOf(asked.transferId);
    expect(row).toMatchObject({ status: 'pending', request_id: asked.requestId, forward_count: 1 });
    expect(row.next_forward_at!.getTime()).toBeGreaterThan(Date.now());
  });

  it('sends commands of a batch in order of arrival', async () => {
    const batch = Array.from({ length: 30 }, () => request(anna, boris));
    expect((await accept(...batch)).commands).toEqual(batch);
  });

  it('lets what the copy does not know pass: the ledger has the last word', async () => {
    const asked = request(account(), account({ currency: 'USD' }));
    expect((await accept(asked)).commands).toEqual([asked]);
  });

  describe('at a repeat', () => {
    it('sends the registered request again while it is pending, not the new attempt', async () => {
      const asked = request(anna, boris, { reference: 'Rent', endToEndId: 'E2E-2' });
      await accept(asked);
      const again = anotherAttempt(asked, { customerId: randomUUID() });
      // Whoever asks under this id with this payload gets on with what was registered.
      expect(await accept(again)).toEqual({
        commands: [asked],
        results: [],
        answers: [],
      });
    });

    it('answers the attempt with the stored result once it is final, and sends nothing else', async () => {
      const asked = request(anna, boris);
      await accept(asked);
      const result = resultOf(asked, boris);
      await replica.follow(result);
      const again = anotherAttempt(asked);
      expect(await accept(again)).toEqual({
        commands: [],
        results: [],
        answers: [{ requestId: again.requestId, outcome: 'finished', result: outcomeOf(result) }],
      });
    });

    it('rejects another payload, pending or final, and leaves what was registered', async () => {
      const asked = request(anna, boris);
      await accept(asked);
      for (const outcome of ['pending', 'completed']) {
        const other = anotherAttempt(asked, { amountMinor: '9' });
        const { commands, results, answers } = await accept(other);
        expect([commands, results]).toEqual([[], []]);
        expect(answers).toEqual([
          expect.objectContaining({
            requestId: other.requestId,
            outcome: 'rejected',
            code: 'idempotency_key_reused',
          }),
        ]);
        expect(await manager.rowOf(asked.transferId)).toMatchObject({
          status: outcome,
          request_id: asked.requestId,
        });
        await replica.follow(resultOf(asked, boris));
      }
    });

    it('in the same batch takes the first as new and the second as its repeat', async () => {
      const asked = request(anna, boris);
      const other = anotherAttempt(asked, { amountMinor: '9' });
      const { commands, answers } = await accept(asked, anotherAttempt(asked), other);
      expect(commands).toEqual([asked, asked]);
      expect(answers).toEqual([expect.objectContaining({ requestId: other.requestId, outcome: 'rejected' })]);
    });

    it('knows an id in capitals, and answers under the ids that were asked with', async () => {
      const asked = request(anna, boris);
      await accept(asked);
      await replica.follow(resultOf(asked, boris));
      const requestId = randomUUID().toUpperCase();
      const loud = anotherAttempt(asked, {
        requestId,
        transferId: asked.transferId.toUpperCase(),
        customerId: asked.customerId.toUpperCase(),
        debitAccountId: asked.debitAccountId.toUpperCase(),
      });
      const [message] = await replica.accept(loud);
      expect(message).toMatchObject({
        key: requestId,
        headers: { [HEADERS.correlationId]: requestId },
        value: { requestId, outcome: 'finished' },
      });
    });
  });

  describe('what must be refused', () => {
    it('is stored as final and published, and never forwarded', async () => {
      const asked = request(anna, boris, { customerId: boris.customerId! });
      const { commands, results, answers } = await accept(asked);
      expect([commands, answers]).toEqual([[], []]);
      expect(results).toEqual([
        expect.objectContaining({ status: 'failed', reason: 'account_not_found', chain: null }),
      ]);
      const row = await manager.rowOf(asked.transferId);
      expect(row).toMatchObject({
        status: 'failed',
        reason: 'account_not_found',
        forward_count: 0,
        decided_by_ledger: false,
        next_forward_at: null,
      });
      expect(row.settled_at).toEqual(new Date(results[0]!.decidedAt));
    });

    it('stays refused for later attempts, which alone are answered', async () => {
      const asked = request(anna, anna);
      const [result] = (await accept(asked)).results;
      const again = anotherAttempt(asked);
      expect(await accept(again)).toEqual({
        commands: [],
        results: [],
        answers: [{ requestId: again.requestId, outcome: 'finished', result: outcomeOf(result!) }],
      });
    });

    it('is published again when the same message comes again: the crash may have come before', async () => {
      const asked = request(anna, anna);
      const { results } = await accept(asked);
      expect((await accept(asked)).results).toEqual(results);
    });

    it('never yields a command, in any batch', async () => {
      const yen = await manager.knownAccount({ currency: 'JPY', customerId: anna.customerId });
      const orders = fc.array(
        fc.record({
          from: fc.constantFrom(anna, boris, yen),
          to: fc.constantFrom(anna, boris, yen),
          owner: fc.constantFrom(anna.customerId!, boris.customerId!),
          amountMinor: fc.constantFrom('1', '100000000000', '100000000001'),
        }),
        { minLength: 1, maxLength: 20 },
      );
      await fc.assert(
        fc.asyncProperty(orders, async (made) => {
          const batch = made.map(({ from, to, owner, amountMinor }) =>
            request(from, to, { customerId: owner, amountMinor }),
          );
          const { commands, results } = await accept(...batch);
          const idsOf = (all: readonly { transferId: string }[]) => all.map(({ transferId }) => transferId);
          // Each request leads to exactly one of both.
          expect([...idsOf(commands), ...idsOf(results)].sort()).toEqual(idsOf(batch).sort());
          for (const { debitAccountId, customerId, amountMinor } of commands) {
            expect(amountMinor).not.toBe('100000000001');
            expect(customerId).toBe(debitAccountId === boris.accountId ? boris.customerId : anna.customerId);
          }
        }),
        { numRuns: 30 },
      );
    }, 30_000);
  });

  describe('when a batch comes again', () => {
    const mixed = () => {
      const repeated = request(anna, boris);
      return [
        request(anna, boris),
        request(anna, anna),
        request(anna, boris, { customerId: boris.customerId! }),
        repeated,
        anotherAttempt(repeated),
        anotherAttempt(repeated, { amountMinor: '7' }),
        request(account(), boris),
      ];
    };

    it('sends messages of the same meaning, from this process or another', async () => {
      const batch = mixed();
      const first = await accept(...batch);
      for (const other of [replica, manager.replica()]) {
        const again = meaningsOf(await other.accept(...batch));
        expect(again.commands).toEqual(first.commands);
        expect(again.results).toEqual(first.results);
        expect(again.answers).toEqual(expect.arrayContaining(first.answers));
      }
    });

    it('gives two replicas that take it at the same time commands for the same transfers', async () => {
      const replicas = [await manager.anotherReplica(), await manager.anotherReplica()];
      for (let round = 0; round < 10; round++) {
        const batch = Array.from({ length: 40 }, () => request(anna, boris));
        const [one, other] = (await Promise.all([
          replicas[0]!.accept(...batch),
          replicas[1]!.accept(...batch.toReversed()),
        ])) as [Outgoing[], Outgoing[]];
        expect(meaningsOf(one).commands).toEqual(batch);
        expect(meaningsOf(other).commands).toEqual(batch.toReversed());
      }
    }, 30_000);
  });
});
