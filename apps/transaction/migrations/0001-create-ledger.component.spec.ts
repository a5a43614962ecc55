import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { Transaction } from '@kopeck/database';
import { verifyChain } from '../src/transfers/chain.js';
import { LedgerOnPostgresql, transfer, type TestAccount } from '../src/testing/ledger-on-postgresql.js';

/** What the database itself refuses, whoever asks and however. */
describe("the ledger's tables", () => {
  let ledger: LedgerOnPostgresql;
  let anna: TestAccount;
  let boris: TestAccount;
  let transferId: string;

  beforeAll(async () => {
    ledger = await LedgerOnPostgresql.create();
    [anna, boris] = (await ledger.openAccounts(2, 'EUR', 100n)) as [TestAccount, TestAccount];
    const results = await ledger.executor().execute([transfer(anna, boris, 10n), transfer(anna, boris, 20n)]);
    transferId = results[0]!.transferId;
  }, 30_000);

  afterAll(() => ledger?.drop());

  it.each([
    'UPDATE ledger.entry SET amount_minor = 1',
    'DELETE FROM ledger.entry',
    'TRUNCATE ledger.entry',
    `UPDATE ledger.transfer SET status = 'failed'`,
    'DELETE FROM ledger.transfer',
    'TRUNCATE ledger.transfer',
    'UPDATE ledger.account_status_change SET reason = NULL',
    'DELETE FROM ledger.account_status_change',
    'DELETE FROM ledger.account',
    'TRUNCATE ledger.account CASCADE',
  ])('refuse %p, to the service by grants and to the administrator by trigger', async (sql) => {
    await expect(ledger.database.query(sql)).rejects.toMatchObject({ code: '42501' });
    await expect(ledger.temporary.query(sql)).rejects.toMatchObject({ code: '23001' });
  });

  it.each([
    `UPDATE ledger.account SET customer_id = gen_random_uuid()`,
    `UPDATE ledger.account SET floor_minor = NULL`,
    `UPDATE ledger.account SET number = 'QP76KPCK000012345678'`,
    'DELETE FROM ledger.chain_head',
    'ALTER TABLE ledger.entry DISABLE TRIGGER ALL',
    'SET session_replication_role = replica',
  ])('refuse the service %p', async (sql) => {
    await expect(ledger.database.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('refuse a balance below the floor', async () => {
    const sql = 'UPDATE ledger.account SET balance_minor = -1 WHERE id = $1';
    await expect(ledger.database.query(sql, [anna.accountId])).rejects.toMatchObject({
      code: '23514',
      constraint: 'account_floor',
    });
  });

  describe('refuse entries', () => {
    /** [account, version, position, amount, balance after]; whatever isn't the matter is right. */
    type Line = [TestAccount, number, number, number, number, string?];

    async function insert(
      lines: Line[],
      { of = transferId, by = ledger.database }: { of?: string; by?: Pick<Transaction, 'query'> } = {},
    ): Promise<void> {
      await by.query(
        `INSERT INTO ledger.entry (account_id, account_version, transfer_id, position, currency, amount_minor, balance_after_minor, posted_at)
         SELECT a, v, $3, p, c, m, b, now() FROM unnest($1::uuid[], $2::bigint[], $4::smallint[], $5::bigint[], $6::bigint[], $7::text[]) AS l (a, v, p, m, b, c)`,
        [
          lines.map(([account]) => account.accountId),
          lines.map(([, version]) => version),
          of,
          lines.map(([, , position]) => position),
          lines.map(([, , , amount]) => amount),
          lines.map(([, , , , balance]) => balance),
          lines.map(([, , , , , currency]) => currency ?? 'EUR'),
        ],
      );
    }

    it.each<[string, (a: TestAccount, b: TestAccount) => Line[]]>([
      [
        'that don’t sum to zero',
        (a, b) => [
          [a, 4, 2, -5, 65],
          [b, 4, 3, 6, 136],
        ],
      ],
      [
        'that sum to zero over two currencies only',
        (a, b) => [
          [a, 4, 2, -5, 65],
          [b, 4, 3, 5, 135, 'USD'],
        ],
      ],
      ['with one side only', (a) => [[a, 4, 2, -5, 65]]],
    ])('%s', async (_what, lines) => {
      await expect(insert(lines(anna, boris))).rejects.toMatchObject({
        code: '23514',
        constraint: 'entry_sum',
      });
    });

    it.each<[string, (a: TestAccount, b: TestAccount) => Line[]]>([
      [
        'with another balance than the account’s',
        (a, b) => [
          [a, 4, 2, -5, 65],
          [b, 4, 3, 5, 135],
        ],
      ],
      [
        'in another currency than the account’s',
        (a, b) => [
          [a, 4, 2, -5, 65, 'USD'],
          [b, 4, 3, 5, 135, 'USD'],
        ],
      ],
      [
        'of an account that isn’t there',
        (a, b) => [
          [{ ...a, accountId: randomUUID() }, 1, 2, -5, -5],
          [b, 4, 3, 5, 135],
        ],
      ],
    ])('%s', async (_what, lines) => {
      await expect(insert(lines(anna, boris))).rejects.toMatchObject({
        code: '23514',
        constraint: 'entry_agrees',
      });
    });

    it('of a transfer that isn’t there, or that was refused', async () => {
      const [refused] = await ledger.executor().execute([transfer(anna, boris, 1_000_000n)]);
      for (const id of [randomUUID(), refused!.transferId]) {
        await expect(
          insert(
            [
              [anna, 3, 0, -5, 70],
              [boris, 3, 1, 5, 130],
            ],
            { of: id },
          ),
        ).rejects.toMatchObject({
          code: expect.stringMatching(/^23/),
        });
      }
    });

    it.each<[string, { version: number; balance: number }, (a: TestAccount, b: TestAccount) => Line[]]>([
      [
        'that go on where their account doesn’t',
        { version: 4, balance: 65 },
        (a, b) => [
          [a, 4, 2, -5, 65],
          [a, 5, 3, -5, 60],
          [b, 4, 4, 10, 140],
        ],
      ],
      [
        'that end where their account goes on',
        { version: 5, balance: 65 },
        (a, b) => [
          [a, 4, 2, -10, 65],
          [b, 4, 3, 10, 140],
        ],
      ],
    ])('%s', async (_what, annas, lines) => {
      const change = 'UPDATE ledger.account SET version = $2, balance_minor = $3 WHERE id = $1';
      const posting = ledger.database.transaction(async (tx) => {
        await tx.run(change, [anna.accountId, annas.version, annas.balance]);
        await tx.run(change, [boris.accountId, 4, 140]);
        await insert(lines(anna, boris), { by: tx });
      });
      await expect(posting).rejects.toMatchObject({ code: '23514', constraint: 'entry_agrees' });
    });

    it('that were posted already', async () => {
      await expect(
        insert([
          [anna, 2, 0, -10, 90],
          [boris, 2, 1, 10, 110],
        ]),
      ).rejects.toMatchObject({ code: '23505' });
    });
  });

  it('show by the chain what an administrator changes past all of that', async () => {
    const ids = (
      await ledger.temporary.query<{ id: string }>(
        'SELECT id FROM ledger.transfer WHERE chain = 0 ORDER BY sequence',
      )
    ).map(({ id }) => id);
    expect(verifyChain(await ledger.read(ids))).toMatchObject({ intact: true });
    await ledger.temporary.query(
      `BEGIN; SET LOCAL session_replication_role = replica;
       UPDATE ledger.entry SET amount_minor = amount_minor * 2 WHERE transfer_id = '${transferId}'; COMMIT`,
    );
    expect(verifyChain(await ledger.read(ids))).toMatchObject({ intact: false, sequence: '1' });
  });
});
