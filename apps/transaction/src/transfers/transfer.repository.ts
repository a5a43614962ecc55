import type { EntryPosted, RefusalReason, TransferKind, TransferResult } from '@kopeck/contracts';
import type { Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { GENESIS_HASH, type ChainHead } from './chain.js';
import type { Instruction, LedgerAccount } from './transfer.js';
import type { BatchDecision } from './transfer-batch.js';

/** What the ledger knew when it was asked, and when that was. */
export interface DecidedBefore {
  readonly decided: ReadonlyMap<string, TransferResult>;
  readonly now: string;
}

/** The ledger's hot path: each method is one round trip for a whole batch (`findDecided` two when there are repeats). */
@Injectable()
export class TransferRepository {
  /**
   * Locks the accounts of all instructions until the transaction ends, in the order of their ids: whoever locks in the
   * same order can wait for others but never in a circle. Ids don't change, so rows can't get out of order while waiting.
   * Entries may be inserted meanwhile by foreign key, hence NO KEY.
   */
  async lockAccounts(tx: Transaction, instructions: readonly Instruction[]): Promise<LedgerAccount[]> {
    const rows = await tx.query<AccountRow>(LOCK_ACCOUNTS, [
      unique(instructions.map(({ debitAccountId }) => debitAccountId)),
      unique(instructions.map(({ creditAccountNumber }) => creditAccountNumber)),
    ]);
    return rows.map(accountOf);
  }

  /** The results of those ids that were decided before, exactly as they were published then. */
  async findDecided(tx: Transaction, transferIds: readonly string[]): Promise<DecidedBefore> {
    const rows = await tx.query<TransferRow | NothingRow>(FIND_DECIDED, [transferIds]);
    const found = rows.filter((row): row is TransferRow => row.id !== null);
    const entries = found.length > 0 ? await this.findEntries(tx, found) : new Map<string, EntryPosted[]>();
    const decided = new Map(found.map((row) => [row.id, resultOf(row, entries.get(row.id) ?? [])]));
    return { decided, now: rows[0]!.now.toISOString() };
  }

  /** Reads heads; a chain that nobody has written to yet gets its first one. */
  async readHeads(tx: Transaction, chains: readonly number[]): Promise<ChainHead[]> {
    await tx.run(OPEN_CHAINS, [chains, GENESIS_HASH]);
    const rows = await tx.query<{ chain: number; sequence: string; hash: string }>(READ_HEADS, [chains]);
    return rows.map((row) => ({ ...row, sequence: BigInt(row.sequence) }));
  }

  /**
   * Writes what was decided in one statement: transfers, entries, balances, and the chains' heads.
   *
   * @returns the chains whose head was not the expected one. If there is any, the transaction must be rolled back.
   */
  async append(tx: Transaction, decision: BatchDecision): Promise<number[]> {
    const { changedAccounts, movedHeads } = decision;
    const [written] = await tx.query<{ balances: number; chains: number[] }>(
      APPEND,
      [
        transferColumns(decision),
        entryColumns(decision),
        accountColumns(decision),
        headColumns(decision),
      ].flat(),
    );
    if (written!.balances !== changedAccounts.length) {
      throw new Error(
        `${written!.balances} balances were written instead of ${changedAccounts.length}: locked accounts are missing`,
      );
    }
    return movedHeads.map(({ after }) => after.chain).filter((chain) => !written!.chains.includes(chain));
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

const LOCK_ACCOUNTS = `
  SELECT id, number, kind, customer_id, currency, status, balance_minor, floor_minor, version
    FROM ledger.account
   WHERE id = ANY($1::uuid[]) OR number = ANY($2::text[])
   ORDER BY id
     FOR NO KEY UPDATE`;

/** The clock is in each row, and in one row at least. */
const FIND_DECIDED = `
  SELECT clock.now, t.id, t.chain, t.sequence, t.kind, t.customer_id, t.request_id, t.debit_account_id,
         t.credit_account_id, credit.customer_id AS credit_customer_id, t.credit_number, t.amount_minor, t.currency,
         t.reference, t.end_to_end_id, t.status, t.reason, t.requested_at, t.decided_at, t.previous_hash, t.hash
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

const APPEND = `
  WITH decided AS (
    INSERT INTO ledger.transfer
      (id, chain, sequence, kind, customer_id, request_id, debit_account_id, credit_account_id, credit_number,
       amount_minor, currency, reference, end_to_end_id, status, reason, requested_at, decided_at, previous_hash, hash)
    SELECT * FROM unnest(
      $1::uuid[], $2::int[], $3::bigint[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[],
      $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::timestamptz[],
      $17::timestamptz[], $18::text[], $19::text[])
  ), posted AS (
    INSERT INTO ledger.entry
      (account_id, account_version, transfer_id, position, currency, amount_minor, balance_after_minor, posted_at)
    SELECT * FROM unnest(
      $20::uuid[], $21::bigint[], $22::uuid[], $23::smallint[], $24::text[], $25::bigint[], $26::bigint[],
      $27::timestamptz[])
  ), balanced AS (
    UPDATE ledger.account a SET balance_minor = after.balance_minor, version = after.version
      FROM unnest($28::uuid[], $29::bigint[], $30::bigint[]) AS after (id, balance_minor, version)
     WHERE a.id = after.id
    RETURNING a.id
  ), moved AS (
    UPDATE ledger.chain_head h SET sequence = move.sequence, hash = move.hash
      FROM unnest($31::int[], $32::bigint[], $33::bigint[], $34::text[]) AS move (chain, expected, sequence, hash)
     WHERE h.chain = move.chain AND h.sequence = move.expected
    RETURNING h.chain
  )
  SELECT (SELECT count(*)::int FROM balanced) AS balances,
         (SELECT coalesce(array_agg(chain), '{}') FROM moved) AS chains`;

/** $1 to $19 */
function transferColumns({ fresh }: BatchDecision): unknown[][] {
  return [
    fresh.map((result) => result.transferId),
    fresh.map((result) => result.chain.chain),
    fresh.map((result) => result.chain.sequence),
    fresh.map((result) => result.kind),
    fresh.map((result) => result.customerId),
    fresh.map((result) => result.requestId),
    fresh.map((result) => result.debitAccountId),
    fresh.map((result) => result.creditAccountId),
    fresh.map((result) => result.creditAccountNumber),
    fresh.map((result) => result.amountMinor),
    fresh.map((result) => result.currency),
    fresh.map((result) => result.reference),
    fresh.map((result) => result.endToEndId),
    fresh.map((result) => result.status),
    fresh.map((result) => result.reason),
    fresh.map((result) => result.requestedAt),
    fresh.map((result) => result.decidedAt),
    fresh.map((result) => result.chain.previousHash),
    fresh.map((result) => result.chain.hash),
  ];
}

/** $20 to $27 */
function entryColumns({ fresh }: BatchDecision): unknown[][] {
  const lines = fresh.flatMap((result) =>
    result.entries.map((entry, position) => ({ ...entry, position, result })),
  );
  return [
    lines.map((line) => line.accountId),
    lines.map((line) => line.accountVersion),
    lines.map((line) => line.result.transferId),
    lines.map((line) => line.position),
    lines.map((line) => line.currency),
    lines.map((line) => line.amountMinor),
    lines.map((line) => line.balanceAfterMinor),
    lines.map((line) => line.result.decidedAt),
  ];
}

/** $28 to $30 */
function accountColumns({ changedAccounts }: BatchDecision): unknown[][] {
  return [
    changedAccounts.map((account) => account.accountId),
    changedAccounts.map((account) => account.balanceMinor.toString()),
    changedAccounts.map((account) => account.version.toString()),
  ];
}

/** $31 to $34 */
function headColumns({ movedHeads }: BatchDecision): unknown[][] {
  return [
    movedHeads.map(({ after }) => after.chain),
    movedHeads.map(({ before }) => before.sequence.toString()),
    movedHeads.map(({ after }) => after.sequence.toString()),
    movedHeads.map(({ after }) => after.hash),
  ];
}

interface AccountRow {
  readonly id: string;
  readonly number: string;
  readonly kind: LedgerAccount['kind'];
  readonly customer_id: string | null;
  readonly currency: string;
  readonly status: LedgerAccount['status'];
  readonly balance_minor: string;
  readonly floor_minor: string | null;
  readonly version: string;
}

interface NothingRow {
  readonly now: Date;
  readonly id: null;
}

interface TransferRow {
  readonly now: Date;
  readonly id: string;
  readonly chain: number;
  readonly sequence: string;
  readonly kind: TransferKind;
  readonly customer_id: string;
  readonly request_id: string;
  readonly debit_account_id: string;
  readonly credit_account_id: string | null;
  readonly credit_customer_id: string | null;
  readonly credit_number: string;
  readonly amount_minor: string;
  readonly currency: string;
  readonly reference: string | null;
  readonly end_to_end_id: string | null;
  readonly status: TransferResult['status'];
  readonly reason: RefusalReason | null;
  readonly requested_at: Date;
  readonly decided_at: Date;
  readonly previous_hash: string;
  readonly hash: string;
}

interface EntryRow {
  readonly transfer_id: string;
  readonly account_id: string;
  readonly number: string;
  readonly customer_id: string | null;
  readonly currency: string;
  readonly amount_minor: string;
  readonly balance_after_minor: string;
  readonly account_version: string;
}

function accountOf(row: AccountRow): LedgerAccount {
  return {
    accountId: row.id,
    number: row.number,
    kind: row.kind,
    customerId: row.customer_id,
    currency: row.currency,
    status: row.status,
    balanceMinor: BigInt(row.balance_minor),
    floorMinor: row.floor_minor === null ? null : BigInt(row.floor_minor),
    version: BigInt(row.version),
  };
}

/** Fields in the order of `resultOf` in transfer-batch.ts: a repeat is answered with the same bytes. */
function resultOf(row: TransferRow, entries: EntryPosted[]): TransferResult {
  return {
    transferId: row.id,
    requestId: row.request_id,
    customerId: row.customer_id,
    kind: row.kind,
    status: row.status,
    reason: row.reason,
    debitAccountId: row.debit_account_id,
    creditAccountNumber: row.credit_number,
    creditAccountId: row.credit_account_id,
    creditCustomerId: row.credit_customer_id,
    amountMinor: row.amount_minor,
    currency: row.currency,
    reference: row.reference,
    endToEndId: row.end_to_end_id,
    requestedAt: row.requested_at.toISOString(),
    decidedAt: row.decided_at.toISOString(),
    entries,
    chain: { chain: row.chain, sequence: row.sequence, hash: row.hash, previousHash: row.previous_hash },
  };
}

function entryOf(row: EntryRow): EntryPosted {
  return {
    accountId: row.account_id,
    accountNumber: row.number,
    customerId: row.customer_id,
    currency: row.currency,
    amountMinor: row.amount_minor,
    balanceAfterMinor: row.balance_after_minor,
    accountVersion: row.account_version,
  };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
