import 'reflect-metadata';
import type { TransferRequest } from '@kopeck/contracts';
import type { Outgoing } from '@kopeck/kafka';
import { ManagerOnPostgresql, meaningsOf, type Replica } from '../testing/manager-on-postgresql.js';
import { account, request, resultOf } from './testing/sample-transfers.js';

const FOLLOW_UP_MS = 5_000;
const LEASE_MS = 10_000;

describe('forwarding again', () => {
  let manager: ManagerOnPostgresql;
  let replica: Replica;
  const [anna, boris] = [account(), account()];

  beforeAll(async () => {
    manager = await ManagerOnPostgresql.create();
    replica = manager.replica({ TRANSFER_FOLLOW_UP_AFTER_MS: FOLLOW_UP_MS });
  }, 30_000);

  beforeEach(() => manager.settleAll());

  afterAll(() => manager?.drop());

  async function accepted(count = 1): Promise<TransferRequest[]> {
    const asked = Array.from({ length: count }, () =>
      request(anna, boris, { reference: 'Rent', endToEndId: 'E2E-1' }),
    );
    await replica.accept(...asked);
    return asked;
  }

  /** One round of a replica. @returns what it sent. */
  async function round(by: Replica = replica): Promise<TransferRequest[]> {
    const sent: Outgoing[] = [];
    await by.reforward(async (messages) => void sent.push(...messages));
    return meaningsOf(sent).commands;
  }

  it('sends nothing before it is due, and the registered command then', async () => {
    const asked = await accepted();
    expect(await round()).toEqual([]);
    await manager.pass(FOLLOW_UP_MS);
    expect(await round()).toEqual(asked);
    expect(await manager.rowOf(asked[0]!.transferId)).toMatchObject({ forward_count: 2 });
  });

  it('leaves alone what has its result', async () => {
    const [settled, waiting] = await accepted(2);
    await replica.follow(resultOf(settled!, boris));
    await manager.pass(FOLLOW_UP_MS);
    expect(await round()).toEqual([waiting]);
  });

  it('waits longer each time, and remembers when it was', async () => {
    const [asked] = await accepted();
    const pauses: number[] = [];
    for (let repeat = 1; repeat <= 4; repeat++) {
      await manager.pass(72_000);
      expect(await round()).toHaveLength(1);
      expect(await round()).toEqual([]);
      const { next_forward_at } = await manager.rowOf(asked!.transferId);
      pauses.push(next_forward_at!.getTime() - Date.now());
    }
    [10_000, 20_000, 40_000, 60_000].forEach((pause, index) => {
      expect(pauses[index]).toBeGreaterThan(pause * 0.8 - 2_000);
      expect(pauses[index]).toBeLessThan(pause * 1.2 + 2_000);
    });
    const steps = await replica.reading.steps({ transferId: asked!.transferId });
    expect(steps).toMatchObject([
      { type: 'requested' },
      { type: 'accepted' },
      { type: 'forwarded' },
      ...Array.from({ length: 4 }, () => ({ type: 'reforwarded', detail: 'no result had come' })),
    ]);
  });

  it('holds no lock while the broker is asked: the result is written down meanwhile', async () => {
    const [asked] = await accepted();
    await manager.pass(FOLLOW_UP_MS);
    await replica.reforward(() => replica.follow(resultOf(asked!, boris)));
    expect(await manager.rowOf(asked!.transferId)).toMatchObject({
      status: 'completed',
      forward_count: 2,
      next_forward_at: null,
    });
    await manager.pass(72_000);
    expect(await round()).toEqual([]);
  });

  it('leaves what could not be sent to come due when the lease ends', async () => {
    const asked = await accepted();
    await manager.pass(FOLLOW_UP_MS);
    const away = new Error('The broker is away');
    await expect(replica.reforward(() => Promise.reject(away))).rejects.toBe(away);
    expect(await manager.rowOf(asked[0]!.transferId)).toMatchObject({ forward_count: 1 });
    expect(await round()).toEqual([]);
    await manager.pass(LEASE_MS);
    expect(await round()).toEqual(asked);
  });

  it('takes the longest due first, and no more than one produce request carries', async () => {
    const early = await accepted(250);
    await manager.pass(1_000);
    const late = await accepted(260);
    await manager.pass(FOLLOW_UP_MS);
    const first = new Set((await round()).map(({ transferId }) => transferId));
    expect(first.size).toBe(500);
    expect(early.every(({ transferId }) => first.has(transferId))).toBe(true);
    const rest = (await round()).map(({ transferId }) => transferId);
    expect(rest.sort()).toEqual(
      late
        .map(({ transferId }) => transferId)
        .filter((id) => !first.has(id))
        .sort(),
    );
  });

  it('sends each once in a round of several replicas', async () => {
    const replicas = [replica, await manager.anotherReplica(), await manager.anotherReplica()];
    for (let turn = 0; turn < 8; turn++) {
      await manager.settleAll();
      const asked = await accepted(700);
      await manager.pass(FOLLOW_UP_MS);
      const sent = (await Promise.all(replicas.map((each) => round(each)))).flat();
      const ids = sent.map(({ transferId }) => transferId);
      expect(new Set(ids).size).toBe(ids.length);
      // What one replica had in its hands, another passed over; it isn't due again before its lease ends.
      const rest = (await round()).map(({ transferId }) => transferId);
      expect([...ids, ...rest].sort()).toEqual(asked.map(({ transferId }) => transferId).sort());
    }
  }, 60_000);

  it('passes over what another one is taking at this moment', async () => {
    const [held, free] = await accepted(2);
    await manager.pass(FOLLOW_UP_MS);
    await manager.database.transaction(async (tx) => {
      await tx.query('SELECT FROM transaction_manager.pending WHERE transfer_id = $1 FOR UPDATE', [
        held!.transferId,
      ]);
      expect(await round()).toEqual([free]);
    });
    expect(await round()).toEqual([held]);
  });

  it('writes fifty repeats down one by one, and tells the total', async () => {
    const [asked] = await accepted();
    await manager.temporary.query('UPDATE transaction_manager.pending SET forward_count = 49');
    for (let repeat = 0; repeat < 4; repeat++) {
      await manager.pass(72_000);
      await round();
    }
    const rows = await manager.temporary.query<{ attempt: number }>(
      'SELECT attempt FROM transaction_manager.reforward ORDER BY attempt',
    );
    expect(rows.map(({ attempt }) => attempt)).toEqual([49, 50]);
    const steps = await replica.reading.steps({ transferId: asked!.transferId });
    expect(steps).toMatchObject([
      { type: 'requested' },
      { type: 'accepted' },
      { type: 'forwarded' },
      { type: 'reforwarded', detail: 'no result had come' },
      { type: 'reforwarded', detail: 'no result had come; sent again 52 times in all' },
    ]);
  });
});
