import type { EntryPosted, TransferResult } from '@kopeck/contracts';
import { constraintOf, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { GENESIS_HASH, type ChainHead } from './chain.js';
import { FencedError } from './fenced.error.js';
import { StaleAccountsError } from './stale-accounts.error.js';
import type { AccountKeys } from './account-keys.js';
import type { LedgerAccount } from './ledger-account.js';
import type { BatchDecision } from './transfer-batch.js';
import {
  accountOf,
  columnsOf,
  entryOf,
  resultOf,
  type AccountRow,
  type EntryRow,
  type NothingRow,
  type TransferRow,
} from './transfer-rows.js';

/** What the ledger knew when it was asked, and when that was. */
export interface DecidedBefore {
  readonly decided: ReadonlyMap<string, TransferResult>;
  readonly now: Date;
}

/** The ledger's hot path: each method is one round trip for a whole batch (`findDecided` two when there are repeats). */
@Injectable()
export class TransferRepository {
  /**
   * Locks accounts until the transaction ends, in the order of their ids: whoever locks in the
   * same order can wait for others but never in a circle. Ids don't change, so rows can't get out of order while waiting.
   * NO KEY, because nothing changes an id: rows that refer to an account need not wait.
   */
  async lockAccounts(tx: Transaction, { accountIds, numbers }: AccountKeys): Promise<LedgerAccount[]> {
    return (await tx.query<AccountRow>(LOCK_ACCOUNTS, [accountIds, numbers])).map(accountOf);
  }

  /**
   * Reads accounts and locks none: they may be other ones by the time that something is written.
   *
   * @returns also when that was; undefined when there are none.
   */
  async readAccounts(
    tx: Transaction,
    { accountIds, numbers }: AccountKeys,
  ): Promise<{ accounts: LedgerAccount[]; now: Date | undefined }> {
    const rows = await tx.query<AccountRow & { now: Date }>(READ_ACCOUNTS, [accountIds, numbers]);
    return { accounts: rows.map(accountOf), now: rows[0]?.now };
  }

  /** The results of those ids that were decided before, exactly as they were published then. */
  async findDecided(tx: Transaction, transferIds: readonly string[]): Promise<DecidedBefore> {
    const rows = await tx.query<TransferRow | NothingRow>(FIND_DECIDED, [transferIds]);
    const found = rows.filter((row): row is TransferRow => row.id !== null);
    const entries = found.length > 0 ? await this.findEntries(tx, found) : new Map<string, EntryPosted[]>();
    const decided = new Map(found.map((row) => [row.id, resultOf(row, entries.get(row.id) ?? [])]));
    return { decided, now: rows[0]!.now };
  }

  /** Reads heads; a chain that nobody has written to yet gets its first one. */
  async readHeads(tx: Transaction, chains: readonly number[]): Promise<ChainHead[]> {
    await tx.run(OPEN_CHAINS, [chains, GENESIS_HASH]);
    const rows = await tx.query<{ chain: number; sequence: string; hash: string }>(READ_HEADS, [chains]);
    return rows.map((row) => ({ ...row, sequence: BigInt(row.sequence) }));
  }

  /**
   * Writes what was decided in one statement, the transaction's last: the chains' heads, transfers, entries and balances.
   *
   * @throws {FencedError} a chain's head was not the expected one: nothing is written.
   * @throws {StaleAccountsError} an account was not as the batch was decided on: nothing is written.
   */
  async append(tx: Transaction, decision: BatchDecision): Promise<void> {
    try {
      await tx.runLast(APPEND, columnsOf(decision));
    } catch (error) {
      const constraint = constraintOf(error);
      if (constraint === ACCOUNTS_HELD) throw new StaleAccountsError({ cause: error });
      if (constraint !== CHAINS_HELD) throw error;
      throw new FencedError(
        decision.movedHeads.map(({ after }) => after.chain),
        { cause: error },
      );
    }
  }

  private async findEntries(
    tx: Transaction,
    transfers: readonly TransferRow[],
  ): Promise<Map<string, EntryPosted[]>> {
    const rows = await tx.query<EntryRow>(FIND_ENTRIES, [transfers.map(({ id }) => id)]);
    const entries = new Map<string, EntryPosted[]>();
    for (const row of rows) {
      const entry = entryOf(row);
      const others = entries.get(row.transfer_id);
      if (others) others.push(entry);
      else entries.set(row.transfer_id, [entry]);
    }
    return entries;
  }
}

/**
 * A row that another transaction changed while this one waited is looked at again, so the look must be cheap: a join
 * compares one key, `id = ANY(…)` up to five hundred of them, which halved two replicas' throughput.
 */
const WANTED_ACCOUNTS = `
    FROM (SELECT unnest($1::uuid[]) AS id UNION SELECT id FROM ledger.account WHERE number = ANY($2::text[])) AS wanted
    JOIN ledger.account a USING (id)`;

const ACCOUNT_COLUMNS =
  'a.id, a.number, a.kind, a.customer_id, a.currency, a.status, a.balance_minor, a.floor_minor, a.version';

const LOCK_ACCOUNTS = `SELECT ${ACCOUNT_COLUMNS} ${WANTED_ACCOUNTS} ORDER BY a.id FOR NO KEY UPDATE OF a`;

/** The clock is read behind the rows' snapshot: who posted to them before did so earlier. */
const READ_ACCOUNTS = `SELECT ${ACCOUNT_COLUMNS}, clock_timestamp() AS now ${WANTED_ACCOUNTS}`;

/** The clock is in each row, and in one row at least. */
const FIND_DECIDED = `
  SELECT clock.now, t.id, t.chain, t.sequence, t.kind, t.customer_id, t.request_id, t.debit_account_id,
         t.credit_account_id, credit.customer_id AS credit_customer_id, t.credit_number, t.amount_minor, t.currency,
         t.reference, t.end_to_end_id, t.status, t.reason, t.requested_at, t.decided_at, t.previous_hash, t.hash, t.conversion
    FROM (SELECT clock_timestamp() AS now) AS clock
    LEFT JOIN ledger.transfer t ON t.id = ANY($1::uuid[])
    LEFT JOIN ledger.account credit ON credit.id = t.credit_account_id`;

const FIND_ENTRIES = `
  SELECT e.transfer_id, e.account_id, a.number, a.customer_id, e.currency, e.amount_minor, e.balance_after_minor, e.account_version
    FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id
   WHERE e.transfer_id = ANY($1::uuid[])
   ORDER BY e.transfer_id, e.position`;

const OPEN_CHAINS = `
  INSERT INTO ledger.chain_head (chain, sequence, hash)
  SELECT chain, 0, $2 FROM unnest($1::int[]) AS chain ORDER BY chain
      ON CONFLICT DO NOTHING`;

const READ_HEADS = `SELECT chain, sequence, hash FROM ledger.chain_head WHERE chain = ANY($1::int[])`;

/** What `ledger.assert_chains_held` and `ledger.assert_accounts_held` complain of. */
const CHAINS_HELD = 'chains_held';
const ACCOUNTS_HELD = 'accounts_held';

/**
 * The heads come first: unless each is where it was expected, nothing else is written, and no other fault can hide that
 * this process is not the chains' writer any more. Accounts must be what the batch was decided on: nothing but entries and
 * an operator changes what matters of them, and those leave another version or another status. The lists are sorted, and so
 * are the locks that this takes. Arrays become rows side by side in a list of columns, not in FROM, where PostgreSQL stores
 * what each of them gives before it reads it: a twentieth of what a batch costs there.
 */
const APPEND = `
  WITH moved AS (
    UPDATE ledger.chain_head h SET sequence = move.sequence, hash = move.hash
      FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::text[]) AS move (chain, expected, sequence, hash)
     WHERE h.chain = move.chain AND h.sequence = move.expected
    RETURNING h.chain
  ), fence AS (
    SELECT ledger.assert_chains_held(array_agg(chain), $1) AS held FROM moved
  ), decided AS (
    INSERT INTO ledger.transfer
      (id, chain, sequence, kind, customer_id, request_id, debit_account_id, credit_account_id, credit_number,
       amount_minor, currency, reference, end_to_end_id, status, reason, requested_at, decided_at, previous_hash, hash,
       conversion)
    SELECT unnest($5::uuid[]), unnest($6::int[]), unnest($7::bigint[]), unnest($8::text[]), unnest($9::uuid[]),
           unnest($10::uuid[]), unnest($11::uuid[]), unnest($12::uuid[]), unnest($13::text[]), unnest($14::bigint[]),
           unnest($15::text[]), unnest($16::text[]), unnest($17::text[]), unnest($18::text[]), unnest($19::text[]),
           unnest($20::timestamptz[]), unnest($21::timestamptz[]), unnest($22::text[]), unnest($23::text[]), unnest($24::text[])
     WHERE (SELECT held FROM fence)
  ), posted AS (
    INSERT INTO ledger.entry
      (account_id, account_version, transfer_id, position, currency, amount_minor, balance_after_minor, posted_at)
    SELECT unnest($25::uuid[]), unnest($26::bigint[]), unnest($27::uuid[]), unnest($28::smallint[]), unnest($29::text[]),
           unnest($30::bigint[]), unnest($31::bigint[]), unnest($32::timestamptz[])
     WHERE (SELECT held FROM fence)
  ), changed AS (
    UPDATE ledger.account a SET balance_minor = change.balance_minor, version = change.version
      FROM unnest($33::uuid[], $34::bigint[], $35::text[], $36::bigint[], $37::bigint[])
             AS change (id, expected_version, expected_status, balance_minor, version)
     WHERE a.id = change.id AND a.version = change.expected_version AND a.status = change.expected_status
       AND (SELECT held FROM fence)
    RETURNING a.id
  )
  SELECT ledger.assert_accounts_held(count(*), cardinality($33)) FROM changed`;
