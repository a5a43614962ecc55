import type { EntryView, TransferKind } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { Owner } from '../accounts/account.repository.js';

@Injectable()
export class EntryRepository {
  constructor(private readonly database: Database) {}

  /** The newest entries below a version; none when the account isn't the owner's. */
  async listBelow(accountId: string, owner: Owner, version: bigint, limit: number): Promise<EntryView[]> {
    const rows = await this.database.query<EntryRow>(LIST, [accountId, owner ?? null, version, limit]);
    return rows.map(viewOf);
  }
}

/** The primary key (account_id, account_version), read backwards, is the order of the list. */
const LIST = `
  SELECT e.transfer_id, t.kind, e.amount_minor, e.balance_after_minor, e.currency, e.account_version,
         other.number AS counterparty_number, other.customer_id IS NULL AS counterparty_is_bank, t.reference, e.posted_at
    FROM ledger.account a
    JOIN ledger.entry e ON e.account_id = a.id
    JOIN ledger.transfer t ON t.id = e.transfer_id
    JOIN ledger.account other
      ON other.id = CASE WHEN e.amount_minor < 0 THEN t.credit_account_id ELSE t.debit_account_id END
   WHERE a.id = $1 AND ($2::uuid IS NULL OR a.customer_id = $2) AND e.account_version < $3
   ORDER BY e.account_version DESC
   LIMIT $4`;

interface EntryRow {
  readonly transfer_id: string;
  readonly kind: TransferKind;
  readonly amount_minor: string;
  readonly balance_after_minor: string;
  readonly currency: string;
  readonly account_version: string;
  readonly counterparty_number: string;
  readonly counterparty_is_bank: boolean;
  readonly reference: string | null;
  readonly posted_at: Date;
}

function viewOf(row: EntryRow): EntryView {
  return {
    transferId: row.transfer_id,
    kind: row.kind,
    amountMinor: row.amount_minor,
    balanceAfterMinor: row.balance_after_minor,
    currency: row.currency,
    accountVersion: row.account_version,
    counterpartyNumber: row.counterparty_number,
    counterpartyIsBank: row.counterparty_is_bank,
    reference: row.reference,
    postedAt: row.posted_at.toISOString(),
  };
}
