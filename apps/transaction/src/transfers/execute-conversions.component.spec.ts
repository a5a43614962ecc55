import 'reflect-metadata';
import type { UUID } from 'node:crypto';
import { systemAccountIdOf, type TransferResult } from '@kopeck/contracts';
import { openDatabase } from '@kopeck/database';
import { EntryRepository } from '../entries/entry.repository.js';
import { LedgerOnPostgresql, transfer, type TestAccount } from '../testing/ledger-on-postgresql.js';
import type { ExecuteTransfersService } from './execute-transfers.service.js';
import { termsOf } from './testing/sample-ledger.js';
import type { ChainedInstruction } from './transfer-batch.js';

describe('conversions on PostgreSQL', () => {
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

  /** At 1.5, with a margin and a rest. */
  function conversion(
    from: TestAccount,
    to: TestAccount,
    amountMinor: bigint,
    chain = 0,
  ): ChainedInstruction {
    const bought = (amountMinor * 3n) / 2n;
    const terms = termsOf({
      buyCurrency: to.currency,
      buyMinor: (bought - 8n).toString(),
      revenueMinor: '7',
      roundingMinor: '1',
    });
    return transfer(from, to, amountMinor, { chain, kind: 'conversion', conversion: terms });
  }

  function bookedOn({ entries }: TransferResult, accountId: string): string | undefined {
    return entries.find((entry) => entry.accountId === accountId)?.amountMinor;
  }

  it('are one transfer that sums to zero in both currencies, with margin and rest in their accounts', async () => {
    const anna = await ledger.openAccount('EUR', 1_000n);
    const boris = await ledger.openAccount('JPY');
    const [result] = (await executor.execute([conversion(anna, boris, 300n)])) as [TransferResult];
    expect(result).toMatchObject({ status: 'completed', entries: { length: 6 } });
    expect(await ledger.balanceOf(anna)).toBe(700n);
    expect(await ledger.balanceOf(boris)).toBe(442n);
    expect(bookedOn(result, systemAccountIdOf('fx_position', 'EUR'))).toBe('300');
    expect(bookedOn(result, systemAccountIdOf('fx_position', 'JPY'))).toBe('-450');
    expect(bookedOn(result, systemAccountIdOf('revenue', 'JPY'))).toBe('7');
    expect(bookedOn(result, systemAccountIdOf('rounding', 'JPY'))).toBe('1');
  });

  it('are answered again with the same bytes, the quote among them, by any process', async () => {
    const anna = await ledger.openAccount('EUR', 1_000n);
    const boris = await ledger.openAccount('JPY');
    const batch = [conversion(anna, boris, 300n), conversion(anna, boris, 3_000n)];
    const first = await executor.execute(batch);
    expect(first.map(({ reason }) => reason)).toEqual([null, 'insufficient_funds']);
    expect(first[0]!.conversion).toEqual(batch[0]!.instruction.conversion);
    for (const replica of [executor, ledger.executor()]) {
      expect(JSON.stringify(await replica.execute(batch))).toBe(JSON.stringify(first));
    }
  });

  it('show in either account with the other one beside them', async () => {
    const anna = await ledger.openAccount('EUR', 1_000n);
    const savings = await ledger.openAccount('JPY', 0n, anna.customerId as UUID);
    await executor.execute([conversion(anna, savings, 300n)]);
    const entries = new EntryRepository(ledger.database);
    const newestOf = async ({ accountId, customerId }: TestAccount) =>
      (await entries.listBelow(accountId, customerId, 2n ** 62n, 1))[0];
    const common = { kind: 'conversion', counterpartyIsBank: false };
    expect(await newestOf(anna)).toMatchObject({
      ...common,
      amountMinor: '-300',
      counterpartyNumber: savings.number,
    });
    expect(await newestOf(savings)).toMatchObject({
      ...common,
      amountMinor: '442',
      counterpartyNumber: anna.number,
    });
  });

  it('meet at the bank’s positions from all sides, and lose nothing', async () => {
    const other = await openDatabase('transaction', 'ledger');
    const replicas = [executor, ledger.executor(other)];
    const euros = await ledger.openAccounts(6, 'EUR', 100_000n);
    const yens = await ledger.openAccounts(6, 'JPY', 100_000n);
    const before = await total('EUR', [...euros, ...yens]);
    await Promise.all(
      replicas.map(async (replica, side) => {
        for (let round = 0; round < 8; round++) {
          const [from, to] = (round + side) % 2 ? [euros, yens] : [yens, euros];
          const batch = from.map((account, index) =>
            conversion(account, to[(index + round) % to.length]!, BigInt(100 + index), side + 1),
          );
          const results = await replica.execute(batch);
          expect(results.map(({ status }) => status)).toEqual(batch.map(() => 'completed'));
        }
      }),
    );
    await other.onApplicationShutdown();
    expect(await total('EUR', [...euros, ...yens])).not.toBe(before);
  }, 30_000);

  async function total(currency: string, accounts: readonly TestAccount[]): Promise<bigint> {
    const own = accounts.filter((account) => account.currency === currency);
    const balances = await Promise.all(own.map((account) => ledger.balanceOf(account)));
    return balances.reduce((sum, balance) => sum + balance, 0n);
  }

  it.each([
    [`UPDATE ledger.transfer SET conversion = NULL`],
    [
      `INSERT INTO ledger.transfer SELECT gen_random_uuid(), chain, sequence + 1000, 'transfer', customer_id, request_id,
        debit_account_id, credit_account_id, credit_number, amount_minor, currency, reference, end_to_end_id, status, reason,
        requested_at, decided_at, previous_hash, hash, conversion FROM ledger.transfer WHERE kind = 'conversion' LIMIT 1`,
    ],
  ])('are kept from %s', async (sql) => {
    await expect(ledger.temporary.query(sql)).rejects.toMatchObject({
      code: expect.stringMatching(/^23/),
    });
  });
});
