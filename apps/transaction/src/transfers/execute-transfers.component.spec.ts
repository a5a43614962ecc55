import 'reflect-metadata';
import { jest } from '@jest/globals';
import { openDatabase, type Database } from '@kopeck/database';
import { eventually } from '@kopeck/kafka';
import fc from 'fast-check';
import { deposit, LedgerOnPostgresql, transfer, type TestAccount } from '../testing/ledger-on-postgresql.js';
import type { ExecuteTransfersService } from './execute-transfers.service.js';
import type { ChainedInstruction } from './transfer-batch.js';

describe('the ledger on PostgreSQL', () => {
  let ledger: LedgerOnPostgresql;
  let executor: ExecuteTransfersService;

  beforeAll(async () => {
    ledger = await LedgerOnPostgresql.create();
    executor = ledger.executor();
  }, 30_000);

  afterEach(async () => {
    expect(await ledger.faults()).toEqual([]);
    for (const check of await ledger.checkChains()) expect(check).toMatchObject({ intact: true });
  });

  afterAll(() => ledger?.drop());

  it('books a deposit and a transfer', async () => {
    const [anna, boris] = await ledger.openAccounts(2);
    const results = await executor.execute([deposit(anna!, 1_000n), transfer(anna!, boris!, 300n)]);
    expect(results.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(await ledger.balanceOf(anna!)).toBe(700n);
    expect(await ledger.balanceOf(boris!)).toBe(300n);
  });

  it('does nothing for nothing', async () => {
    expect(await executor.execute([])).toEqual([]);
  });

  it('answers repeats with the bytes of the first time: at once, later, from another process, in any order', async () => {
    const [anna, boris] = await ledger.openAccounts(2, 'EUR', 500n);
    const batch = [
      transfer(anna!, boris!, 200n, { reference: 'Счёт № 7 🏦', endToEndId: 'E2E-1' }),
      transfer(anna!, boris!, 900n),
      transfer(anna!, { ...boris!, number: 'QP76KPCK000012345678' }, 1n),
      transfer({ ...anna!, customerId: boris!.customerId }, boris!, 1n),
      transfer({ ...anna!, accountId: boris!.customerId }, boris!, 1n, { chain: 1 }),
      deposit(boris!, 5n),
    ];
    const first = await executor.execute([...batch, batch[0]!]);
    expect(first.map(({ reason }) => reason)).toEqual([
      null,
      'insufficient_funds',
      'recipient_not_found',
      'account_not_found',
      'account_not_found',
      null,
      null,
    ]);
    const bytes = first.slice(0, batch.length).map((result) => JSON.stringify(result));
    await executor.execute([deposit(anna!, 10_000n)]);
    for (const replica of [executor, ledger.executor()]) {
      const again = await replica.execute([...batch].reverse());
      expect(again.map((result) => JSON.stringify(result)).reverse()).toEqual(bytes);
    }
    expect(await ledger.balanceOf(anna!)).toBe(10_300n);
  });

  it('keeps a new attempt at a decided transfer from changing what was decided', async () => {
    const [anna, boris] = await ledger.openAccounts(2, 'EUR', 500n);
    const order = transfer(anna!, boris!, 100n);
    const [first] = await executor.execute([order]);
    const other = transfer(anna!, boris!, 400n, { transferId: first!.transferId });
    expect(await executor.execute([other])).toEqual([first]);
    expect(await ledger.balanceOf(anna!)).toBe(400n);
  });

  describe('with what it remembers', () => {
    const LOCKED = ['BEGIN', 'lock', 'find', 'write', 'COMMIT'];
    /** A statement that is alone is a transaction by itself. */
    const FROM_MEMORY = ['write'];
    let warm: ExecuteTransfersService;
    let anna: TestAccount;
    let boris: TestAccount;

    beforeEach(async () => {
      [anna, boris] = (await ledger.openAccounts(2, 'EUR', 1_000n)) as [TestAccount, TestAccount];
      warm = ledger.executor();
      await warm.execute([transfer(anna, boris, 1n)]);
    });

    const stepsOf = async (batch: ChainedInstruction[], by = warm) =>
      (await statementsOf(ledger.database, () => by.execute(batch))).map(stepOf);

    it('writes a batch at once, whatever its size', async () => {
      const accounts = await ledger.openAccounts(20, 'EUR', 100n);
      const batchOf = (size: number) =>
        Array.from({ length: size }, (_, index) =>
          transfer(accounts[index % 20]!, accounts[(index + 7) % 20]!, 1n, { chain: index % 3 }),
        );
      const cold = ledger.executor();
      await cold.execute(batchOf(60));
      expect(await stepsOf(batchOf(400), cold)).toEqual(FROM_MEMORY);
    });

    it('reads the accounts that it has not seen yet, and locks none', async () => {
      const [clara] = await ledger.openAccounts(1);
      const batch = [transfer(anna, clara!, 10n), transfer(anna, boris, 10n)];
      expect(await stepsOf(batch)).toEqual(['BEGIN', 'read', 'write', 'COMMIT']);
      expect(await ledger.balanceOf(clara!)).toBe(10n);
      expect(await stepsOf([transfer(clara!, anna, 10n)])).toEqual(FROM_MEMORY);
    });

    it('refuses nothing on what it remembers', async () => {
      await ledger.executor().execute([deposit(anna, 9_000n)]);
      const [paid] = await warm.execute([transfer(anna, boris, 5_000n)]);
      expect(paid).toMatchObject({ status: 'completed' });
      expect(await stepsOf([transfer(anna, boris, 50_000n)])).toEqual(LOCKED);
    });

    it('notices that another process has posted, and begins again', async () => {
      await ledger.executor().execute([transfer(anna, boris, 999n, { chain: 1 })]);
      const batch = [transfer(anna, boris, 1n)];
      expect(await stepsOf(batch)).toEqual([...FROM_MEMORY, ...LOCKED]);
      const [again] = await warm.execute(batch);
      expect(again).toMatchObject({ status: 'failed', reason: 'insufficient_funds' });
      expect(await ledger.balanceOf(anna)).toBe(0n);
    });

    it.each([
      ['sender', () => anna, 'account_frozen'],
      ['recipient', () => boris, 'recipient_frozen'],
    ])('notices that the %s was frozen', async (_, who, reason) => {
      await ledger.freeze(who());
      const [refused] = await warm.execute([transfer(anna, boris, 1n)]);
      expect(refused).toMatchObject({ status: 'failed', reason });
      expect(await ledger.balanceOf(boris)).toBe(1_001n);
    });

    it('finds what was decided before, also where it could be decided again', async () => {
      const order = transfer(anna, boris, 100n);
      const [first] = await warm.execute([order]);
      const [fresh, again] = await warm.execute([transfer(anna, boris, 1n), order]);
      expect(fresh).toMatchObject({ status: 'completed' });
      expect(JSON.stringify(again)).toBe(JSON.stringify(first));
      expect(await ledger.balanceOf(anna)).toBe(898n);
    });

    it('goes by locks for a while when memory has misled it', async () => {
      await ledger.executor().execute([transfer(anna, boris, 1n, { chain: 1 })]);
      await warm.execute([transfer(anna, boris, 1n)]);
      expect(await stepsOf([transfer(anna, boris, 1n)])).toEqual(LOCKED);
    });

    it('puts an account’s entries in the order of their times, whoever posts them', async () => {
      const others = [warm, ledger.executor(), ledger.executor()];
      for (let round = 0; round < 30; round++) {
        const by = others[Math.floor(round / 3) % 3]!;
        await by.execute([transfer(anna, boris, 1n, { chain: round % 2 })]);
      }
      const times = await ledger.entryTimesOf(anna);
      expect(times).toEqual([...times].sort((one, other) => one - other));
    });

    it('reads the clock with an account that it has not seen yet: somebody may have posted later than its own says', async () => {
      const [clara] = await ledger.openAccounts(1, 'EUR', 100n);
      const readMs = Date.now();
      const stopped = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
      try {
        await warm.execute([transfer(anna, boris, 1n)]);
        await eventually(() => expect(Date.now()).toBeGreaterThan(readMs + 50));
        await ledger.executor().execute([transfer(clara!, boris, 1n, { chain: 1 })]);
        await warm.execute([transfer(anna, clara!, 1n)]);
      } finally {
        stopped.mockRestore();
      }
      const times = await ledger.entryTimesOf(clara!);
      expect(times).toEqual([...times].sort((one, other) => one - other));
    });
  });

  it('keeps its promises under any sequence of transfers, batches and redeliveries', async () => {
    const accounts = await Promise.all([
      ...[0n, 100n, 1_000n].map((money) => ledger.openAccount('EUR', money)),
      ...[0n, 1_000n].map((money) => ledger.openAccount('JPY', money)),
    ]);
    const orders = fc.array(
      fc.record({
        from: fc.constantFrom(...accounts),
        to: fc.constantFrom(...accounts),
        amountMinor: fc.bigInt({ min: 1n, max: 400n }),
      }),
      { minLength: 1, maxLength: 30 },
    );
    const other = ledger.executor();
    await fc.assert(
      fc.asyncProperty(
        orders,
        fc.integer({ min: 1, max: 30 }),
        fc.nat({ max: 2 }),
        async (made, size, by) => {
          const batch = made.map(({ from, to, amountMinor }) =>
            transfer(from, to, amountMinor, { chain: accounts.indexOf(from) % 3 }),
          );
          const replicas = [executor, other, ledger.executor()];
          const first = await executor.execute(batch.slice(0, size));
          // The redelivered part overlaps with new work, as after a crash between commit and offset.
          const whole = await replicas[by]!.execute(batch);
          expect(whole.slice(0, size)).toEqual(first);
          expect(await ledger.faults()).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  describe('with several writers', () => {
    let others: Database[];

    beforeAll(async () => {
      others = await Promise.all([1, 2, 3].map(() => openDatabase('transaction', 'ledger')));
    });

    afterAll(() => Promise.all(others.map((database) => database.onApplicationShutdown())));

    it('shows no deadlock when they pay each other in a ring', async () => {
      const ring = await ledger.openAccounts(8, 'EUR', 1_000n);
      const replicas = others.map((database) => ledger.executor(database));
      const work = replicas.flatMap((replica, chain) =>
        Array.from({ length: 25 }, () => replica.execute(ringPayments(ring, chain))),
      );
      const results = (await Promise.all(work)).flat();
      expect(results).toHaveLength(3 * 25 * 16);
      const balances = await Promise.all(ring.map((account) => ledger.balanceOf(account)));
      expect(balances.reduce((sum, balance) => sum + balance, 0n)).toBe(8_000n);
      expect(others.map(({ statistics }) => statistics.restarts['40P01'] ?? 0)).toEqual([0, 0, 0]);
    }, 60_000);

    it('lets one of two win when both believe that a chain is theirs; the other goes on from there', async () => {
      const [anna, boris] = await ledger.openAccounts(2, 'EUR', 1_000n);
      const [owner, zombie] = others.map((database) => ledger.executor(database));
      const restartsBefore = others[1]!.statistics.restarts['40001'] ?? 0;
      await zombie!.execute([transfer(anna!, boris!, 1n, { chain: 3 })]);
      await owner!.execute([transfer(anna!, boris!, 1n, { chain: 3 })]);
      // The zombie's head is outdated by now: it's fenced, reads the head and decides again.
      const [late] = await zombie!.execute([transfer(anna!, boris!, 1n, { chain: 3 })]);
      expect(late).toMatchObject({ status: 'completed', chain: { chain: 3, sequence: '3' } });
      expect(others[1]!.statistics.restarts['40001']).toBe(restartsBefore + 1);
      expect(await ledger.balanceOf(anna!)).toBe(997n);
    });

    it('fences a zombie that has only refusals to write, and no balance', async () => {
      const [anna, boris] = await ledger.openAccounts(2, 'EUR', 1_000n);
      const [owner, zombie] = others.map((database) => ledger.executor(database));
      const [first] = await zombie!.execute([transfer(anna!, boris!, 1n, { chain: 4 })]);
      const [second] = await owner!.execute([transfer(anna!, boris!, 1n, { chain: 4 })]);
      const [late] = await zombie!.execute([transfer(anna!, boris!, 5_000n, { chain: 4 })]);
      expect(late).toMatchObject({ status: 'failed', reason: 'insufficient_funds' });
      expect([first, second, late].map((result) => result!.chain!.sequence)).toEqual(['1', '2', '3']);
      expect(late!.chain!.previousHash).toBe(second!.chain!.hash);
    });

    it('executes once what two processes get at the same time, and gives both the same results', async () => {
      const [anna, boris] = await ledger.openAccounts(2, 'EUR', 1_000n);
      const replicas = others.map((database) => ledger.executor(database));
      for (let round = 0; round < 20; round++) {
        const batch = Array.from({ length: 10 }, () => transfer(anna!, boris!, 3n, { chain: 2 }));
        // Accounts that don't exist are locked by nobody: there the unique id decides.
        batch.push(transfer({ ...anna!, accountId: boris!.customerId }, boris!, 1n, { chain: 2 }));
        const [one, ...rest] = await Promise.all(replicas.map((replica) => replica.execute(batch)));
        for (const other of rest) expect(JSON.stringify(other)).toBe(JSON.stringify(one));
      }
      expect(await ledger.balanceOf(anna!)).toBe(1_000n - 20n * 10n * 3n);
    }, 60_000);
  });

  function ringPayments(ring: readonly TestAccount[], chain: number): ChainedInstruction[] {
    const forwards = ring.map((from, index) =>
      transfer(from, ring[(index + 1) % ring.length]!, 50n, { chain }),
    );
    const backwards = [...ring]
      .reverse()
      .map((from, index) =>
        transfer(from, ring[(2 * ring.length - 2 - index) % ring.length]!, 50n, { chain }),
      );
    return chain % 2 ? [...forwards, ...backwards] : [...backwards, ...forwards];
  }
});

/** What a statement of a batch is for. */
function stepOf(text: string): string {
  if (/FOR NO KEY UPDATE/.test(text)) return 'lock';
  if (/assert_accounts_held/.test(text)) return 'write';
  if (/LEFT JOIN ledger\.transfer/.test(text)) return 'find';
  if (/FROM ledger\.account/.test(text)) return 'read';
  return text.trim().split(/\s+/)[0]!;
}

/** The texts that went over the wire while `work` ran. */
async function statementsOf(database: Database, work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const { master: pool } = database.dataSource.driver as unknown as {
    master: { connect(): Promise<{ query: (...args: unknown[]) => unknown; release(): void }> };
  };
  const connect = pool.connect.bind(pool);
  pool.connect = async () => {
    const client = await connect();
    const query = client.query.bind(client);
    client.query = (...args: unknown[]) => {
      const [statement] = args as [string | { text: string }];
      texts.push(typeof statement === 'string' ? statement : statement.text);
      return query(...args);
    };
    const release = client.release.bind(client);
    client.release = (...args: []) => {
      client.query = query;
      client.release = release;
      release(...args);
    };
    return client;
  };
  try {
    await work();
  } finally {
    pool.connect = connect;
  }
  return texts;
}
