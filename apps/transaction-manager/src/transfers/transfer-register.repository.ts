import type { TransferOutcome, TransferRequest, TransferResult } from '@kopeck/contracts';
import { Database, PLANNED_ANEW } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { payloadHashOf } from './payload-hash.js';
import { REQUEST_COLUMNS, requestOf, type RequestRow } from './request-row.js';

/** A request with what was decided about it on arrival. */
export interface Registration {
  readonly request: TransferRequest;
  readonly payloadHash: Buffer;
  /** Set when it was refused at once. */
  readonly result: TransferResult | undefined;
}

/** What stands under an id that was there already. */
export interface Registered {
  /** As it was registered: the first attempt's. */
  readonly request: TransferRequest;
  readonly payloadHash: Buffer;
  /** Null while it's pending. */
  readonly outcome: TransferOutcome | null;
  /** False for what was refused on arrival. */
  readonly isDecidedByLedger: boolean;
}

interface RegisteredRow extends RequestRow {
  readonly payload_hash: Buffer;
  readonly status: TransferOutcome['status'] | null;
  readonly reason: TransferOutcome['reason'];
  readonly credit_account_id: string | null;
  readonly credit_customer_id: string | null;
  readonly settled_at: Date;
  readonly decided_by_ledger: boolean | null;
}

/**
 * The register of transfers: one row an id, for ever. One statement is one database transaction. PostgreSQL keeps its plans of the two
 * that each batch needs, since there is one way only to carry them out, by primary keys; planning was a sixth of what they cost.
 */
@Injectable()
export class TransferRegisterRepository {
  constructor(private readonly database: Database) {}

  /**
   * Registers those whose id is new.
   *
   * @param registrations no two with the same id.
   * @returns the ids that were new.
   */
  async register(registrations: readonly Registration[], followUpAfterMs: number): Promise<Set<string>> {
    const requests = registrations.map(({ request }) => request);
    const refusals = registrations.flatMap(({ result }) => result ?? []);
    const rows = await this.database.query<{ id: string }>(REGISTER, [
      ...requestColumns(
        requests,
        registrations.map(({ payloadHash }) => payloadHash),
      ),
      followUpAfterMs,
      refusals.map((refusal) => refusal.transferId),
      refusals.map((refusal) => refusal.reason),
      refusals.map((refusal) => refusal.decidedAt),
      requests.map(termsTextOf),
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  async find(transferIds: readonly string[]): Promise<Map<string, Registered>> {
    const rows = await this.database.query<RegisteredRow>(FIND, [transferIds], PLANNED_ANEW);
    return new Map(rows.map((row) => [row.id, registeredOf(row)]));
  }

  /**
   * Writes down what became of pending transfers. The first result counts. One whose request never came here (a register
   * restored from a backup) is entered too, so that its history is complete.
   *
   * @param results no two with the same id.
   */
  async settle(results: readonly TransferResult[]): Promise<void> {
    const settled = await this.database.query<{ id: string }>(SETTLE, [
      results.map((result) => result.transferId),
      ...outcomeColumns(results),
    ]);
    if (settled.length === results.length) return;
    const ids = new Set(settled.map(({ id }) => id));
    await this.enter(results.filter(({ transferId }) => !ids.has(transferId.toLowerCase())));
  }

  private async enter(results: readonly TransferResult[]): Promise<void> {
    const columns = [
      ...requestColumns(results, results.map(payloadHashOf)),
      ...outcomeColumns(results),
      results.map(termsTextOf),
    ];
    await this.database.query(ENTER, columns, PLANNED_ANEW);
  }
}

/** What was asked for, one array a column: the first twelve parameters of each statement that writes it. */
function requestColumns(
  requests: readonly (TransferRequest | TransferResult)[],
  payloadHashes: readonly Buffer[],
): unknown[] {
  return [
    requests.map((request) => request.transferId),
    requests.map((request) => request.requestId),
    requests.map((request) => request.customerId),
    requests.map((request) => request.kind),
    payloadHashes,
    requests.map((request) => request.debitAccountId),
    requests.map((request) => request.creditAccountNumber),
    requests.map((request) => request.amountMinor),
    requests.map((request) => request.currency),
    requests.map((request) => request.reference ?? null),
    requests.map((request) => request.endToEndId ?? null),
    requests.map((request) => request.requestedAt),
  ];
}

/** What became of it. */
function outcomeColumns(results: readonly TransferResult[]): unknown[] {
  return [
    results.map((result) => result.status),
    results.map((result) => result.reason),
    results.map((result) => result.creditAccountId),
    results.map((result) => result.creditCustomerId),
    results.map((result) => result.decidedAt),
    results.map(isDecidedByLedger),
  ];
}

/** What was refused on arrival has no place in the ledger's chain. */
function isDecidedByLedger(result: TransferResult): boolean {
  return result.chain !== null;
}

function termsTextOf({ conversion }: Pick<TransferRequest, 'conversion'>): string | null {
  return conversion ? JSON.stringify(conversion) : null;
}

function registeredOf(row: RegisteredRow): Registered {
  const request = requestOf(row);
  return {
    request,
    payloadHash: row.payload_hash,
    outcome: row.status === null ? null : outcomeOf(row, request, row.status),
    isDecidedByLedger: row.decided_by_ledger === true,
  };
}

function outcomeOf(
  row: RegisteredRow,
  request: TransferRequest,
  status: TransferOutcome['status'],
): TransferOutcome {
  return {
    ...request,
    status,
    reason: row.reason,
    creditAccountId: row.credit_account_id,
    creditCustomerId: row.credit_customer_id,
    reference: row.reference,
    endToEndId: row.end_to_end_id,
    decidedAt: row.settled_at.toISOString(),
  };
}

const REGISTER = `
  WITH registered AS (
    INSERT INTO transaction_manager.transfer
      (id, request_id, customer_id, kind, payload_hash, debit_account_id, credit_account_number, amount_minor, currency,
       reference, end_to_end_id, requested_at, conversion)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::uuid[], $7::text[],
                         $8::bigint[], $9::text[], $10::text[], $11::text[], $12::timestamptz[], $17::text[]) AS asked (id)
     ORDER BY id
        ON CONFLICT (id) DO NOTHING
    RETURNING id, ordinal
  ), waiting AS (
    INSERT INTO transaction_manager.pending (transfer_id, ordinal, forward_count, next_forward_at)
    SELECT id, ordinal, 1, clock_timestamp() + $13 * interval '1 millisecond'
      FROM registered WHERE id <> ALL($14::uuid[])
  ), refused AS (
    INSERT INTO transaction_manager.settlement
      (transfer_id, ordinal, status, reason, settled_at, decided_by_ledger, forward_count)
    SELECT id, ordinal, 'failed', reason, decided_at, false, 0
      FROM registered JOIN unnest($14::uuid[], $15::text[], $16::timestamptz[]) AS refusal (id, reason, decided_at) USING (id)
  )
  SELECT id FROM registered`;

const FIND = `
  SELECT ${REQUEST_COLUMNS}, payload_hash, s.status, s.reason, s.credit_account_id, s.credit_customer_id, s.settled_at,
         s.decided_by_ledger
    FROM transaction_manager.transfer t
    LEFT JOIN (SELECT * FROM transaction_manager.settlement WHERE transfer_id = ANY($1::uuid[])) AS s ON s.transfer_id = t.id
   WHERE t.id = ANY($1::uuid[])`;

/**
 * Written in the order of ids: two replicas that settle the same transfers, as after a rebalance, can't wait in a circle.
 * What somebody else settled meanwhile isn't pending any more either. `OFFSET 0` keeps the planner from joining the lists
 * as it likes: it takes the pending for one row, and compares each id with each.
 */
const SETTLE = `
  WITH settled AS (
    INSERT INTO transaction_manager.settlement
      (transfer_id, ordinal, status, reason, credit_account_id, credit_customer_id, settled_at, decided_by_ledger, forward_count)
    SELECT id, ordinal, status, reason, credit_account_id, credit_customer_id, settled_at, decided_by_ledger, forward_count
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::boolean[])
        AS r (id, status, reason, credit_account_id, credit_customer_id, settled_at, decided_by_ledger),
           LATERAL (SELECT ordinal, forward_count FROM transaction_manager.pending WHERE transfer_id = r.id OFFSET 0) AS waiting
     ORDER BY id
        ON CONFLICT (transfer_id) DO NOTHING
    RETURNING transfer_id
  ), gone AS (
    DELETE FROM transaction_manager.pending WHERE transfer_id = ANY($1::uuid[])
  )
  SELECT transfer_id AS id FROM settled`;

const ENTER = `
  WITH decided AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::uuid[], $7::text[], $8::bigint[],
                $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::text[], $14::text[], $15::uuid[],
                $16::uuid[], $17::timestamptz[], $18::boolean[], $19::text[])
      AS decided (id, request_id, customer_id, kind, payload_hash, debit, credit, amount_minor, currency, reference,
                  end_to_end_id, requested_at, status, reason, credit_account_id, credit_customer_id, settled_at,
                  decided_by_ledger, conversion)
  ), entered AS (
    INSERT INTO transaction_manager.transfer
      (id, request_id, customer_id, kind, payload_hash, debit_account_id, credit_account_number, amount_minor, currency,
       reference, end_to_end_id, requested_at, conversion)
    SELECT id, request_id, customer_id, kind, payload_hash, debit, credit, amount_minor, currency, reference,
           end_to_end_id, requested_at, conversion
      FROM decided
     ORDER BY id
        ON CONFLICT (id) DO NOTHING
    RETURNING id, ordinal
  )
  INSERT INTO transaction_manager.settlement
    (transfer_id, ordinal, status, reason, credit_account_id, credit_customer_id, settled_at, decided_by_ledger, forward_count)
  SELECT id, ordinal, status, reason, credit_account_id, credit_customer_id, settled_at, decided_by_ledger, 0
    FROM entered JOIN decided USING (id)
   ORDER BY id`;
