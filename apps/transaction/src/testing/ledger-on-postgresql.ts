import { randomUUID } from 'node:crypto';
import { accountNumberOf, systemAccountIdOf, type TransferResult } from '@kopeck/contracts';
import {
  createTemporaryDatabase,
  openDatabase,
  type Database,
  type TemporaryDatabase,
} from '@kopeck/database';
import { Metrics } from '@kopeck/service';
import { DATABASE } from '../../migrations/index.js';
import { AccountSerials } from '../accounts/account-serials.js';
import { AccountRepository } from '../accounts/account.repository.js';
import { verifyChain, type ChainCheck } from '../transfers/chain.js';
import { ExecuteTransfersService } from '../transfers/execute-transfers.service.js';
import { TransferMetrics } from '../transfers/transfer.metrics.js';
import { TransferRepository } from '../transfers/transfer.repository.js';
import type { ChainedInstruction } from '../transfers/transfer-batch.js';
import { instructionOf, type Instruction } from '../transfers/instruction.js';

/** A customer's account in the database, as much of it as a test needs to send money. */
export interface TestAccount {
  readonly accountId: string;
  readonly number: string;
  readonly customerId: string;
  readonly currency: string;
}

/** For component tests: a ledger in a database of its own, and replicas of its executor on it. */
export class LedgerOnPostgresql {
  private constructor(
    readonly temporary: TemporaryDatabase,
    readonly database: Database,
  ) {}

  static async create(): Promise<LedgerOnPostgresql> {
    const temporary = await createTemporaryDatabase(DATABASE);
    return new LedgerOnPostgresql(temporary, await openDatabase('transaction', 'ledger'));
  }

  /** One process's executor: its memory of the chains' heads is its own. */
  executor(database: Database = this.database): ExecuteTransfersService {
    return new ExecuteTransfersService(
      database,
      new TransferRepository(),
      new TransferMetrics(new Metrics()),
    );
  }

  async openAccount(currency = 'EUR', balanceMinor = 0n, customerId = randomUUID()): Promise<TestAccount> {
    const accountId = randomUUID();
    const number = accountNumberOf(new AccountSerials().draw());
    const accounts = new AccountRepository(this.database);
    const opening = { accountId, customerId, currency, name: 'Everyday' };
    await this.database.transaction((tx) => accounts.open(tx, opening, number));
    const opened = { accountId, number, customerId, currency };
    if (balanceMinor > 0n) await this.executor().execute([deposit(opened, balanceMinor)]);
    return opened;
  }

  openAccounts(count: number, currency = 'EUR', balanceMinor = 0n): Promise<TestAccount[]> {
    return Promise.all(Array.from({ length: count }, () => this.openAccount(currency, balanceMinor)));
  }

  async balanceOf({ accountId }: TestAccount): Promise<bigint> {
    const [row] = await this.temporary.query<{ balance_minor: string }>(
      'SELECT balance_minor FROM ledger.account WHERE id = $1',
      [accountId],
    );
    return BigInt(row!.balance_minor);
  }

  async freeze({ accountId }: TestAccount): Promise<void> {
    const accounts = new AccountRepository(this.database);
    const changedBy = randomUUID();
    await this.database.transaction((tx) =>
      accounts.changeStatus(tx, { accountId, status: 'frozen', reason: 'a test', changedBy }),
    );
  }

  /** Epoch milliseconds of an account's entries, in the order in which they were posted. */
  async entryTimesOf({ accountId }: TestAccount): Promise<number[]> {
    const rows = await this.temporary.query<{ posted_at: Date }>(
      'SELECT posted_at FROM ledger.entry WHERE account_id = $1 ORDER BY account_version',
      [accountId],
    );
    return rows.map(({ posted_at: postedAt }) => postedAt.getTime());
  }

  /** Whatever breaks the ledger's promises, in words; nothing when all is well. */
  async faults(): Promise<string[]> {
    const rows = await this.temporary.query<{ fault: string }>(FAULTS);
    return rows.map(({ fault }) => fault);
  }

  /** Reads each chain from its rows and verifies it. */
  async checkChains(): Promise<ChainCheck[]> {
    const chains = await this.temporary.query<{ chain: number; ids: string[] }>(
      'SELECT chain, array_agg(id ORDER BY sequence) AS ids FROM ledger.transfer GROUP BY chain',
    );
    return Promise.all(chains.map(async ({ ids }) => verifyChain(await this.read(ids))));
  }

  /** Stored results, as a repeat gets them. */
  async read(transferIds: readonly string[]): Promise<TransferResult[]> {
    const { decided } = await this.database.transaction((tx) =>
      new TransferRepository().findDecided(tx, transferIds),
    );
    return transferIds.map((id) => decided.get(id)!);
  }

  async drop(): Promise<void> {
    await this.database.onApplicationShutdown();
    await this.temporary.drop();
  }
}

/** Five promises, each a query that finds what breaks it. */
const FAULTS = `
  SELECT format('the balances in %s sum to %s', currency, sum(balance_minor)) AS fault
    FROM ledger.account GROUP BY currency HAVING sum(balance_minor) <> 0
  UNION ALL
  SELECT format('transfer %s sums to %s', transfer_id, sum(amount_minor))
    FROM ledger.entry GROUP BY transfer_id, currency HAVING sum(amount_minor) <> 0
  UNION ALL
  SELECT format('account %s is below its floor', id) FROM ledger.account WHERE balance_minor < floor_minor
  UNION ALL
  SELECT format('account %s has balance %s and version %s, its entries say %s and %s', a.id, a.balance_minor, a.version, e.sum, e.count)
    FROM ledger.account a
    LEFT JOIN LATERAL (SELECT coalesce(sum(amount_minor), 0) AS sum, count(*) AS count, coalesce(max(account_version), 0) AS last
                         FROM ledger.entry WHERE account_id = a.id) e ON true
   WHERE a.balance_minor <> e.sum OR a.version <> e.count OR a.version <> e.last
  UNION ALL
  SELECT format('entry %s of account %s says %s', account_version, account_id, balance_after_minor)
    FROM (SELECT *, sum(amount_minor) OVER (PARTITION BY account_id ORDER BY account_version) AS running FROM ledger.entry) e
   WHERE balance_after_minor <> running
  UNION ALL
  SELECT format('transfer %s is %s and has %s entries', t.id, t.status, count(e.transfer_id))
    FROM ledger.transfer t LEFT JOIN ledger.entry e ON e.transfer_id = t.id
   GROUP BY t.id HAVING (t.status = 'completed') <> (count(e.transfer_id) > 0)
  UNION ALL
  SELECT format('chain %s is at %s, its last decision is %s', h.chain, h.sequence, coalesce(t.last, 0))
    FROM ledger.chain_head h
    LEFT JOIN (SELECT chain, max(sequence) AS last, count(*) AS count FROM ledger.transfer GROUP BY chain) t USING (chain)
   WHERE h.sequence <> coalesce(t.last, 0) OR h.sequence <> coalesce(t.count, 0)`;

/** What `from`'s owner would send to pay `to`. */
export function transfer(
  from: TestAccount,
  to: TestAccount,
  amountMinor: bigint,
  { chain = 0, ...more }: Partial<Instruction> & { chain?: number } = {},
): ChainedInstruction {
  return {
    chain,
    instruction: {
      ...instructionOf({
        transferId: randomUUID(),
        requestId: randomUUID(),
        customerId: from.customerId,
        kind: 'transfer',
        debitAccountId: from.accountId,
        creditAccountNumber: to.number,
        amountMinor: amountMinor.toString(),
        currency: from.currency,
        requestedAt: new Date().toISOString(),
      }),
      ...more,
    },
  };
}

/** Cash handed over at the counter, on a chain apart from the tests' own. */
export function deposit(to: TestAccount, amountMinor: bigint, chain = 5): ChainedInstruction {
  const cash = { ...to, accountId: systemAccountIdOf('cash', to.currency), customerId: randomUUID() };
  return transfer(cash, to, amountMinor, { chain, kind: 'cash_deposit' });
}
