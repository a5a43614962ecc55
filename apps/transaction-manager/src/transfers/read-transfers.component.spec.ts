import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { isRefusal, type ListTransfers, type Page, type TransferView } from '@kopeck/contracts';
import type { AccountFacts } from '../accounts/account-facts.js';
import { ManagerOnPostgresql, type Replica } from '../testing/manager-on-postgresql.js';
import { account, request, resultOf } from './testing/sample-transfers.js';

describe('reading transfers', () => {
  let manager: ManagerOnPostgresql;
  let replica: Replica;
  const anna = account();
  const savings = account({ customerId: anna.customerId });
  const boris = account();

  /** Sends and settles one after another, so that the order is known. */
  async function sent(
    debit: AccountFacts,
    credit: AccountFacts,
    outcome: 'completed' | 'failed' | 'pending',
  ): Promise<string> {
    const asked = request(debit, credit);
    await replica.accept(asked);
    const refused = { status: 'failed', reason: 'insufficient_funds' } as const;
    if (outcome !== 'pending')
      await replica.follow(resultOf(asked, credit, outcome === 'failed' ? refused : {}));
    return asked.transferId;
  }

  /** In the order they were made; each customer's part of it is known by what was made. */
  const made: { id: string; from: AccountFacts; to: AccountFacts; outcome: string }[] = [];

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    replica = manager.replica();
    const pairs = [
      [anna, boris],
      [boris, anna],
      [anna, savings],
      [boris, account()],
    ] as const;
    for (const outcome of ['completed', 'failed', 'pending', 'completed'] as const) {
      for (const [from, to] of pairs) made.push({ id: await sent(from, to, outcome), from, to, outcome });
    }
  }, 30_000);

  afterAll(() => manager?.drop());

  async function page(asked: Partial<ListTransfers>): Promise<Page<TransferView>> {
    const answer = await replica.reading.list({ limit: 50, ...asked });
    if (isRefusal(answer)) throw new Error(`${answer.code}: ${answer.detail}`);
    return answer;
  }

  const idsOf = async (asked: Partial<ListTransfers>) =>
    (await page(asked)).data.map(({ transferId }) => transferId);

  /** What a customer should see, newest first: what they sent, and what has arrived. */
  const seenBy = (customerId: string | null) =>
    made
      .filter(({ from, to, outcome }) => {
        const isSender = from.customerId === customerId;
        return customerId === null || isSender || (to.customerId === customerId && outcome === 'completed');
      })
      .map(({ id }) => id)
      .reverse();

  describe('in lists', () => {
    it.each([
      ['the sender and recipient', anna.customerId],
      ['another one', boris.customerId],
    ])('shows %s what they sent and what has arrived, newest first', async (_, customerId) => {
      expect(await idsOf({ customerId: customerId! })).toEqual(seenBy(customerId));
    });

    it('shows an operator everything', async () => {
      expect(await idsOf({})).toEqual(seenBy(null));
    });

    it('shows a stranger nothing', async () => {
      expect(await page({ customerId: randomUUID() })).toEqual({ data: [], nextCursor: null });
    });

    it.each([anna.customerId, boris.customerId, null])(
      'gives each once, in pages of any size, to %p',
      async (customerId) => {
        for (const limit of [1, 2, 3, 7, 16]) {
          const collected: string[] = [];
          let cursor: string | undefined;
          do {
            const next = await page({ limit, ...(customerId && { customerId }), ...(cursor && { cursor }) });
            expect(next.data.length).toBeLessThanOrEqual(limit);
            collected.push(...next.data.map(({ transferId }) => transferId));
            cursor = next.nextCursor ?? undefined;
          } while (cursor);
          expect(collected).toEqual(seenBy(customerId));
        }
      },
    );

    it('goes on where a page ended, whatever has come since', async () => {
      const first = await page({ limit: 5 });
      const late = await sent(account(), account(), 'pending');
      const second = await page({ limit: 50, cursor: first.nextCursor! });
      const ids = [...first.data, ...second.data].map(({ transferId }) => transferId);
      expect(ids).toEqual(seenBy(null));
      await manager.forget(late);
    });

    it.each(['pending', 'completed', 'failed'] as const)('filters by status %p', async (status) => {
      const wanted = new Set(made.filter(({ outcome }) => outcome === status).map(({ id }) => id));
      for (const customerId of [null, anna.customerId, boris.customerId]) {
        expect(await idsOf({ status, ...(customerId && { customerId }) })).toEqual(
          seenBy(customerId).filter((id) => wanted.has(id)),
        );
      }
    });

    it('filters by how long it has been pending', async () => {
      const pending = made.filter(({ outcome }) => outcome === 'pending').map(({ id }) => id);
      const [old, ...rest] = pending;
      await manager.temporary.query(
        `UPDATE transaction_manager.transfer SET accepted_at = accepted_at - interval '1 hour' WHERE id = $1`,
        [old],
      );
      expect(await idsOf({ pendingForSeconds: 600 })).toEqual([old]);
      expect(await idsOf({ pendingForSeconds: 600, status: 'pending' })).toEqual([old]);
      expect(await idsOf({ pendingForSeconds: 600, customerId: anna.customerId! })).toEqual([old]);
      expect(await idsOf({ pendingForSeconds: 0 })).toEqual([...rest.reverse(), old]);
      expect(await idsOf({ pendingForSeconds: 0, status: 'completed' })).toEqual([]);
    });

    it('refuses a cursor that is none', async () => {
      expect(await replica.reading.list({ limit: 5, cursor: 'somewhere' })).toMatchObject({
        refused: true,
        code: 'invalid_cursor',
      });
    });

    it('takes an id in capitals for the same', async () => {
      const customerId = anna.customerId!;
      expect(await page({ customerId: customerId.toUpperCase() })).toEqual(await page({ customerId }));
    });
  });

  describe('one by one', () => {
    const notFound = expect.objectContaining({ refused: true, code: 'not_found' });

    it('shows both parties and an operator their side', async () => {
      const transferId = made[0]!.id;
      const read = (customerId?: string) =>
        replica.reading.read({ transferId, ...(customerId && { customerId }) });
      expect(await read(anna.customerId!)).toMatchObject({ transferId, direction: 'outgoing' });
      expect(await read(boris.customerId!)).toMatchObject({ direction: 'incoming', debitAccountId: null });
      expect(await read()).toEqual(await read(anna.customerId!));
      const [loud, quiet] = await Promise.all(
        [transferId.toUpperCase(), transferId].map((id) =>
          replica.reading.read({ transferId: id, customerId: anna.customerId!.toUpperCase() }),
        ),
      );
      expect(loud).toEqual(quiet);
      expect(loud).toEqual(await read(anna.customerId!));
    });

    it('keeps it from strangers, and from the recipient what has not arrived', async () => {
      for (const { id: transferId, outcome } of made.filter(({ from }) => from === anna)) {
        const stranger = { transferId, customerId: randomUUID() };
        expect(await replica.reading.read(stranger)).toEqual(notFound);
        expect(await replica.reading.steps(stranger)).toEqual(notFound);
        const recipient = { transferId, customerId: boris.customerId! };
        if (outcome !== 'completed') expect(await replica.reading.read(recipient)).toEqual(notFound);
      }
      expect(await replica.reading.read({ transferId: randomUUID() })).toEqual(notFound);
    });

    it('tells the steps, but not the recipient how often it was tried', async () => {
      const transferId = made[0]!.id;
      await manager.temporary.query('INSERT INTO transaction_manager.reforward VALUES ($1, 1)', [transferId]);
      const types = async (customerId: string | null) => {
        const steps = await replica.reading.steps({
          transferId: transferId.toUpperCase(),
          ...(customerId && { customerId: customerId.toUpperCase() }),
        });
        if (isRefusal(steps)) throw new Error(steps.detail);
        return steps.map(({ type }) => type);
      };
      const all = ['requested', 'accepted', 'forwarded', 'reforwarded', 'completed'];
      expect(await types(anna.customerId)).toEqual(all);
      expect(await types(null)).toEqual(all);
      expect(await types(boris.customerId)).toEqual(all.filter((type) => type !== 'reforwarded'));
    });
  });
});
