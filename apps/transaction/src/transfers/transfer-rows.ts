import type {
  ConversionTerms,
  EntryPosted,
  RefusalReason,
  TransferKind,
  TransferResult,
} from '@kopeck/contracts';
import type { BatchDecision } from './transfer-batch.js';
import type { LedgerAccount } from './ledger-account.js';

/** How decisions become columns and rows become results again. */

/** One array per column, in the order of the statement that writes them: heads, transfers, entries, accounts. */
export function columnsOf(decision: BatchDecision): unknown[][] {
  return [
    ...headColumns(decision),
    ...transferColumns(decision),
    ...entryColumns(decision),
    ...accountColumns(decision),
  ];
}

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
    fresh.map(({ conversion }) => (conversion ? JSON.stringify(conversion) : null)),
  ];
}

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

/** In the order of ids, in which accounts are locked. */
function accountColumns({ changedAccounts }: BatchDecision): unknown[][] {
  const changes = [...changedAccounts].sort((one, other) =>
    one.after.accountId < other.after.accountId ? -1 : 1,
  );
  return [
    changes.map(({ before }) => before.accountId),
    changes.map(({ before }) => before.version.toString()),
    changes.map(({ before }) => before.status),
    changes.map(({ after }) => after.balanceMinor.toString()),
    changes.map(({ after }) => after.version.toString()),
  ];
}

function headColumns({ movedHeads }: BatchDecision): unknown[][] {
  return [
    movedHeads.map(({ after }) => after.chain),
    movedHeads.map(({ before }) => before.sequence.toString()),
    movedHeads.map(({ after }) => after.sequence.toString()),
    movedHeads.map(({ after }) => after.hash),
  ];
}

export interface AccountRow {
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

export interface NothingRow {
  readonly now: Date;
  readonly id: null;
}

export interface TransferRow {
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
  /** JSON of the terms. */
  readonly conversion: string | null;
}

export interface EntryRow {
  readonly transfer_id: string;
  readonly account_id: string;
  readonly number: string;
  readonly customer_id: string | null;
  readonly currency: string;
  readonly amount_minor: string;
  readonly balance_after_minor: string;
  readonly account_version: string;
}

export function accountOf(row: AccountRow): LedgerAccount {
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
export function resultOf(row: TransferRow, entries: EntryPosted[]): TransferResult {
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
    ...(row.conversion !== null && { conversion: JSON.parse(row.conversion) as ConversionTerms }),
    entries,
    chain: { chain: row.chain, sequence: row.sequence, hash: row.hash, previousHash: row.previous_hash },
  };
}

export function entryOf(row: EntryRow): EntryPosted {
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
