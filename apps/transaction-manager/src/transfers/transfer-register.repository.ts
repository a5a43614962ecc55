import type { TransferRequest, TransferResult } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
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
  readonly result: TransferResult | null;
}

interface RegisteredRow extends RequestRow {
  readonly payload_hash: Buffer;
  readonly result: string | null;
}

/** The register of transfers: one row an id, for ever. One statement is one database transaction. */
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
    const results = registrations.map(({ result }) => result);
    const rows = await this.database.query<{ id: string }>(REGISTER, [
      requests.map((request) => request.transferId),
      requests.map((request) => request.requestId),
      requests.map((request) => request.customerId),
      requests.map((request) => request.kind),
      registrations.map(({ payloadHash }) => payloadHash),
      requests.map((request) => request.debitAccountId),
      requests.map((request) => request.creditAccountNumber),
      requests.map((request) => request.amountMinor),
      requests.map((request) => request.currency),
      requests.map((request) => request.reference ?? null),
      requests.map((request) => request.endToEndId ?? null),
      requests.map((request) => request.requestedAt),
      results.map((result) => result?.reason ?? null),
      results.map((result) => (result ? JSON.stringify(result) : null)),
      followUpAfterMs,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  async find(transferIds: readonly string[]): Promise<Map<string, Registered>> {
    const rows = await this.database.query<RegisteredRow>(FIND, [transferIds]);
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
      results.map((result) => result.status),
      results.map((result) => result.reason),
      results.map((result) => result.creditAccountId),
      results.map(creditCustomerOf),
      results.map((result) => result.decidedAt),
      results.map((result) => JSON.stringify(result)),
      results.map(isDecidedByLedger),
    ]);
    if (settled.length === results.length) return;
    const ids = new Set(settled.map(({ id }) => id));
    await this.enter(results.filter(({ transferId }) => !ids.has(transferId.toLowerCase())));
  }

  private async enter(results: readonly TransferResult[]): Promise<void> {
    await this.database.query(ENTER, [
      results.map((result) => result.transferId),
      results.map((result) => result.requestId),
      results.map((result) => result.customerId),
      results.map((result) => result.kind),
      results.map(payloadHashOf),
      results.map((result) => result.debitAccountId),
      results.map((result) => result.creditAccountNumber),
      results.map((result) => result.creditAccountId),
      results.map(creditCustomerOf),
      results.map((result) => result.amountMinor),
      results.map((result) => result.currency),
      results.map((result) => result.reference),
      results.map((result) => result.endToEndId),
      results.map((result) => result.status),
      results.map((result) => result.reason),
      results.map((result) => result.requestedAt),
      results.map((result) => result.decidedAt),
      results.map((result) => JSON.stringify(result)),
      results.map(isDecidedByLedger),
    ]);
  }
}

/** What was refused on arrival has no place in the ledger's chain. */
function isDecidedByLedger(result: TransferResult): boolean {
  return result.chain !== null;
}

/** A refusal never reached the recipient, who must not see it. */
function creditCustomerOf(result: TransferResult): string | null {
  return result.status === 'completed' ? result.creditCustomerId : null;
}

function registeredOf(row: RegisteredRow): Registered {
  return {
    request: requestOf(row),
    payloadHash: row.payload_hash,
    result: row.result === null ? null : (JSON.parse(row.result) as TransferResult),
  };
}

const REGISTER = `
  INSERT INTO transaction_manager.transfer
    (id, request_id, customer_id, kind, payload_hash, debit_account_id, credit_account_number, amount_minor, currency,
     reference, end_to_end_id, requested_at, status, reason, result, forward_count, next_forward_at, settled_at)
  SELECT id, request_id, customer_id, kind, payload_hash, debit, credit, amount_minor, currency,
         reference, end_to_end_id, requested_at,
         CASE WHEN result IS NULL THEN 'pending' ELSE 'failed' END, reason, result,
         CASE WHEN result IS NULL THEN 1 ELSE 0 END,
         CASE WHEN result IS NULL THEN clock_timestamp() + $15 * interval '1 millisecond' END,
         CASE WHEN result IS NOT NULL THEN clock_timestamp() END
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::uuid[], $7::text[], $8::bigint[],
                $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::text[], $14::text[])
      AS asked (id, request_id, customer_id, kind, payload_hash, debit, credit, amount_minor, currency,
                reference, end_to_end_id, requested_at, reason, result)
   ORDER BY id
      ON CONFLICT (id) DO NOTHING
  RETURNING id`;

const FIND = `
  SELECT ${REQUEST_COLUMNS}, payload_hash, result FROM transaction_manager.transfer WHERE id = ANY($1::uuid[])`;

/**
 * Locked in the order of ids: two replicas that settle the same transfers, as after a rebalance, can't wait in a circle.
 * The rows are found by id alone: a condition on the status would invite a plan that reads all that is pending.
 */
const SETTLE = `
  WITH locked AS MATERIALIZED (
    SELECT id, status FROM transaction_manager.transfer WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
  )
  UPDATE transaction_manager.transfer t
     SET status = r.status, reason = r.reason, credit_account_id = r.credit_account_id,
         credit_customer_id = r.credit_customer_id, settled_at = r.settled_at, result = r.result,
         decided_by_ledger = r.decided_by_ledger, next_forward_at = NULL
    FROM locked
    JOIN unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::text[], $8::boolean[])
      AS r (id, status, reason, credit_account_id, credit_customer_id, settled_at, result, decided_by_ledger) USING (id)
   WHERE t.id = locked.id AND locked.status = 'pending'
  RETURNING t.id`;

const ENTER = `
  INSERT INTO transaction_manager.transfer
    (id, request_id, customer_id, kind, payload_hash, debit_account_id, credit_account_number, credit_account_id,
     credit_customer_id, amount_minor, currency, reference, end_to_end_id, status, reason, requested_at, settled_at,
     result, decided_by_ledger, forward_count)
  SELECT decided.*, 0
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::uuid[], $7::text[], $8::uuid[],
                $9::uuid[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
                $16::timestamptz[], $17::timestamptz[], $18::text[], $19::boolean[])
      AS decided (id, request_id, customer_id, kind, payload_hash, debit, credit, credit_account_id,
                  credit_customer_id, amount_minor, currency, reference, end_to_end_id, status, reason,
                  requested_at, settled_at, result, decided_by_ledger)
   ORDER BY decided.id
      ON CONFLICT (id) DO NOTHING`;
