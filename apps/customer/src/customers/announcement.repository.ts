import type { CustomerState } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

/** States of customers that `customers.states` is not known to have yet. */
@Injectable()
export class AnnouncementRepository {
  constructor(private readonly database: Database) {}

  /** Without a lock, for a quick look whether there is anything to do. */
  async isAnyDue(): Promise<boolean> {
    const [row] = await this.database.query<{ due: boolean }>(
      `SELECT EXISTS (SELECT FROM customer.customer WHERE announced_revision < revision) AS due`,
    );
    return row!.due;
  }

  /** Replicas announce in turns until the transaction ends: see `AnnounceCustomersService` for why. */
  async takeTurn(tx: Transaction): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('announce customers', 0))`);
  }

  async findDue(tx: Transaction, limit: number): Promise<CustomerState[]> {
    return tx.query<CustomerState>(
      `SELECT customer_id AS "customerId", email, name, role, language, revision
         FROM customer.customer WHERE announced_revision < revision
        ORDER BY customer_id LIMIT $1`,
      [limit],
    );
  }

  async markAnnounced(tx: Transaction, states: readonly CustomerState[]): Promise<void> {
    await tx.run(
      `UPDATE customer.customer c SET announced_revision = s.revision
         FROM unnest($1::uuid[], $2::bigint[]) AS s (id, revision) WHERE c.customer_id = s.id`,
      [states.map(({ customerId }) => customerId), states.map(({ revision }) => revision)],
    );
  }
}
