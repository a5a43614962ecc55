import type { AccountState } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

/** Account states that `accounts.states` is not known to have yet. */
@Injectable()
export class AnnouncementRepository {
  constructor(private readonly database: Database) {}

  /** Without a lock, for a quick look whether there is anything to do. */
  async isAnyDue(): Promise<boolean> {
    const [row] = await this.database.query<{ due: boolean }>(
      `SELECT EXISTS (SELECT FROM ledger.account WHERE announced_revision < revision) AS due`,
    );
    return row!.due;
  }

  /** Replicas announce in turns until the transaction ends: see `AnnounceAccountsService` for why. */
  async takeTurn(tx: Transaction): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('announce accounts', 0))`);
  }

  async findDue(tx: Transaction, limit: number): Promise<AccountState[]> {
    return tx.query<AccountState>(
      `SELECT id AS "accountId", number, kind, customer_id AS "customerId", currency, status, revision
         FROM ledger.account WHERE announced_revision < revision
        ORDER BY id LIMIT $1`,
      [limit],
    );
  }

  /** In the order of ids, as postings lock them. */
  async markAnnounced(tx: Transaction, states: readonly AccountState[]): Promise<void> {
    await tx.run(
      `WITH announced AS (
         SELECT a.id, s.revision FROM ledger.account a JOIN unnest($1::uuid[], $2::bigint[]) AS s (id, revision) USING (id)
          ORDER BY a.id FOR NO KEY UPDATE OF a)
       UPDATE ledger.account a SET announced_revision = announced.revision FROM announced WHERE a.id = announced.id`,
      [states.map(({ accountId }) => accountId), states.map(({ revision }) => revision)],
    );
  }
}
