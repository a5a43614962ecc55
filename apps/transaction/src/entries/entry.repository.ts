import type { BalanceAt, EntryDirection, EntryView, TransferKind } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { Owner } from '../accounts/account.repository.js';

/** Which of an account's entries are asked for; all of them where nothing is said. */
export interface EntryFilter {
  /** RFC 3339, inclusive. */
  readonly from?: string;
  /** RFC 3339, exclusive. */
  readonly to?: string;
  readonly direction?: EntryDirection;
  readonly search?: string;
}

@Injectable()
export class EntryRepository {
  constructor(private readonly database: Database) {}

  /** The newest entries below a version; none when the account isn't the owner's. */
  async listBelow(accountId: string, owner: Owner, version: bigint, limit: number): Promise<EntryView[]> {
    const rows = await this.database.query<EntryRow>(LIST, [accountId, owner ?? null, version, limit]);
    return rows.map(viewOf);
  }

  /** The same, of those that the filter lets through. */
  async findBelow(
    accountId: string,
    owner: Owner,
    version: bigint,
    limit: number,
    { from, to, direction, search = '' }: EntryFilter,
  ): Promise<EntryView[]> {
    const rows = await this.database.query<EntryRow>(FIND, [
      accountId,
      owner ?? null,
      version,
      limit,
      from ?? '-infinity',
      to ?? 'infinity',
      direction === undefined ? 0 : direction === 'in' ? 1 : -1,
      search.toLowerCase(),
      search.replace(/[\s-]/g, '').toUpperCase(),
    ]);
    return rows.map(viewOf);
  }

  /** @returns nothing when the account isn't the owner's. */
  async balancesAt(accountId: string, owner: Owner, moments: readonly string[]): Promise<BalanceAt[]> {
    const rows = await this.database.query<{ balance_minor: string }>(BALANCES, [
      accountId,
      owner ?? null,
      moments,
    ]);
    return rows.map(({ balance_minor }, index) => ({ at: moments[index]!, balanceMinor: balance_minor }));
  }
}

const ENTRIES = `
  SELECT e.transfer_id, t.kind, e.amount_minor, e.balance_after_minor, e.currency, e.account_version,
         other.number AS counterparty_number, other.customer_id IS NULL AS counterparty_is_bank, t.reference, e.posted_at
    FROM ledger.account a
    JOIN ledger.entry e ON e.account_id = a.id
    JOIN ledger.transfer t ON t.id = e.transfer_id
    JOIN ledger.account other
      ON other.id = CASE WHEN e.amount_minor < 0 THEN t.credit_account_id ELSE t.debit_account_id END
   WHERE a.id = $1 AND ($2::uuid IS NULL OR a.customer_id = $2) AND e.account_version < $3`;

/** The primary key (account_id, account_version), read backwards, is the order of the list. */
const NEWEST_FIRST = `
   ORDER BY e.account_version DESC
   LIMIT $4`;

const LIST = ENTRIES + NEWEST_FIRST;

/** `entry_milestone` has every 64th entry of an account. */
const MILESTONE_VERSIONS = 64;

/**
 * An account's entries are posted under its lock by one clock, so time and version rise together, and what was posted before a
 * moment is all up to one version: of the 64 from the last milestone before it, the newest that is old enough.
 *
 * @returns SQL for that one entry's `columns`; no row if nothing was posted before.
 */
function lastEntryBefore(moment: string, account: string, columns: string): string {
  return `
    SELECT ${columns}
      FROM ledger.entry,
           (SELECT coalesce((
              SELECT account_version FROM ledger.entry
               WHERE account_id = ${account} AND account_version % ${MILESTONE_VERSIONS} = 0 AND posted_at < ${moment}
               ORDER BY posted_at DESC, account_version DESC LIMIT 1), 0) AS first) AS milestone
     WHERE account_id = ${account} AND posted_at < ${moment}
       AND account_version >= milestone.first AND account_version < milestone.first + ${MILESTONE_VERSIONS}
     ORDER BY account_version DESC LIMIT 1`;
}

/** A stretch of time is one of versions; the list reads no further than that. */
const FIND = `${ENTRIES}
     AND e.account_version <= coalesce((${lastEntryBefore('$6::timestamptz', '$1', 'account_version')}), 0)
     AND e.account_version > coalesce((${lastEntryBefore('$5::timestamptz', '$1', 'account_version')}), 0)
     AND ($7::integer = 0 OR sign(e.amount_minor) = $7)
     AND ($8::text = '' OR position($8 IN lower(coalesce(t.reference, '') COLLATE "und-x-icu")) > 0
                        OR ($9::text <> '' AND position($9 IN other.number) > 0))
  ${NEWEST_FIRST}`;

const BALANCES = `
  SELECT coalesce(last.balance_after_minor, 0) AS balance_minor
    FROM ledger.account a
   CROSS JOIN unnest($3::timestamptz[]) WITH ORDINALITY AS moment (at, place)
    LEFT JOIN LATERAL (${lastEntryBefore('moment.at', 'a.id', 'balance_after_minor')}) last ON true
   WHERE a.id = $1 AND ($2::uuid IS NULL OR a.customer_id = $2)
   ORDER BY moment.place`;

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
