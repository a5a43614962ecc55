import type { AccountStatus } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { Account, Opening } from './account.js';

/** An owner to restrict a query to; undefined for an operator, who sees every account. */
export type Owner = string | undefined;

export interface StatusChange {
  readonly accountId: string;
  readonly status: AccountStatus;
  readonly reason: string;
  readonly changedBy: string;
}

@Injectable()
export class AccountRepository {
  constructor(private readonly database: Database) {}

  async listOf(customerId: string): Promise<Account[]> {
    const rows = await this.database.query<AccountRow>(
      `SELECT ${COLUMNS} FROM ledger.account WHERE customer_id = $1 ORDER BY opened_at, id`,
      [customerId],
    );
    return rows.map(accountOf);
  }

  async read(accountId: string, owner: Owner): Promise<Account | undefined> {
    const rows = await this.database.query<AccountRow>(
      `SELECT ${COLUMNS} FROM ledger.account WHERE id = $1 AND ($2::uuid IS NULL OR customer_id = $2)`,
      [accountId, owner ?? null],
    );
    return rows.map(accountOf)[0];
  }

  async findByNumber(number: string): Promise<Account | undefined> {
    const rows = await this.database.query<AccountRow>(
      `SELECT ${COLUMNS} FROM ledger.account WHERE number = $1`,
      [number],
    );
    return rows.map(accountOf)[0];
  }

  /** One customer's openings take turns until the transaction ends, so that their number can be limited. */
  async lockOpenings(tx: Transaction, customerId: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('open account ' || lower($1), 0))`, [
      customerId,
    ]);
  }

  /** Locked until the transaction ends, so that two changes come one after the other. */
  async lock(tx: Transaction, accountId: string): Promise<Account | undefined> {
    const rows = await tx.query<AccountRow>(
      `SELECT ${COLUMNS} FROM ledger.account WHERE id = $1 FOR NO KEY UPDATE`,
      [accountId],
    );
    return rows.map(accountOf)[0];
  }

  async countOf(tx: Transaction, customerId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ledger.account WHERE customer_id = $1`,
      [customerId],
    );
    return row!.count;
  }

  /** @returns undefined when the number is taken: draw another one. */
  async open(tx: Transaction, opening: Opening, number: string): Promise<Account | undefined> {
    const rows = await tx.query<AccountRow>(
      `INSERT INTO ledger.account (id, number, kind, customer_id, name, opened_as, currency, floor_minor)
       VALUES ($1, $2, 'customer', $3, $4, $4, $5, 0)
       ON CONFLICT (number) DO NOTHING
       RETURNING ${COLUMNS}`,
      [opening.accountId, number, opening.customerId, opening.name, opening.currency],
    );
    return rows.map(accountOf)[0];
  }

  /** @returns undefined when there is no such account of this customer at this revision. */
  async rename(
    accountId: string,
    customerId: string,
    name: string,
    revision: string,
  ): Promise<Account | undefined> {
    const rows = await this.database.query<AccountRow>(
      `UPDATE ledger.account SET name = $3, revision = revision + 1
        WHERE id = $1 AND customer_id = $2 AND revision = $4
        RETURNING ${COLUMNS}`,
      [accountId, customerId, name, revision],
    );
    return rows.map(accountOf)[0];
  }

  /** Changes the status and keeps who did it, when and why. The account must be locked and have another status. */
  async changeStatus(tx: Transaction, change: StatusChange): Promise<Account> {
    await tx.run(
      `INSERT INTO ledger.account_status_change (account_id, revision, from_status, to_status, reason, changed_by)
       SELECT id, revision + 1, status, $2, $3, $4 FROM ledger.account WHERE id = $1`,
      [change.accountId, change.status, change.reason, change.changedBy],
    );
    const rows = await tx.query<AccountRow>(
      `UPDATE ledger.account SET status = $2, status_reason = $3, revision = revision + 1 WHERE id = $1
        RETURNING ${COLUMNS}`,
      [change.accountId, change.status, change.status === 'frozen' ? change.reason : null],
    );
    return accountOf(rows[0]!);
  }
}

const COLUMNS =
  'id, number, kind, customer_id, name, opened_as, currency, status, status_reason, balance_minor, version, revision, opened_at';

interface AccountRow {
  readonly id: string;
  readonly number: string;
  readonly kind: Account['kind'];
  readonly customer_id: string | null;
  readonly name: string;
  readonly opened_as: string;
  readonly currency: string;
  readonly status: AccountStatus;
  readonly status_reason: string | null;
  readonly balance_minor: string;
  readonly version: string;
  readonly revision: string;
  readonly opened_at: Date;
}

function accountOf(row: AccountRow): Account {
  return {
    accountId: row.id,
    number: row.number,
    kind: row.kind,
    customerId: row.customer_id,
    name: row.name,
    openedAs: row.opened_as,
    currency: row.currency,
    status: row.status,
    statusReason: row.status_reason,
    balanceMinor: BigInt(row.balance_minor),
    version: BigInt(row.version),
    revision: BigInt(row.revision),
    openedAt: row.opened_at,
  };
}
