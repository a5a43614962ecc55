import type { AccountState } from '@kopeck/contracts';
import { Database, PLANNED_ANEW } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { AccountFacts } from './account-facts.js';

interface AccountRow {
  readonly account_id: string;
  readonly number: string;
  readonly kind: AccountFacts['kind'];
  readonly customer_id: string | null;
  readonly currency: string;
}

@Injectable()
export class AccountCopyRepository {
  constructor(private readonly database: Database) {}

  async find(accountIds: readonly string[], numbers: readonly string[]): Promise<AccountFacts[]> {
    const rows = await this.database.query<AccountRow>(FIND, [accountIds, numbers], PLANNED_ANEW);
    return rows.map((row) => ({
      accountId: row.account_id,
      number: row.number,
      kind: row.kind,
      customerId: row.customer_id,
      currency: row.currency,
    }));
  }

  /** Keeps the highest revision of each account, in whatever order and how often they come. */
  async save(states: readonly AccountState[]): Promise<void> {
    await this.database.query(SAVE, [
      states.map((state) => state.accountId),
      states.map((state) => state.number),
      states.map((state) => state.kind),
      states.map((state) => state.customerId ?? null),
      states.map((state) => state.currency),
      states.map((state) => state.status),
      states.map((state) => state.revision),
    ]);
  }
}

const FIND = `
  SELECT account_id, number, kind, customer_id, currency FROM transaction_manager.account_copy WHERE account_id = ANY($1::uuid[])
   UNION
  SELECT account_id, number, kind, customer_id, currency FROM transaction_manager.account_copy WHERE number = ANY($2::text[])`;

/** One row an account, or the statement would meet itself; sorted, so that two replicas can't lock in a circle. */
const SAVE = `
  INSERT INTO transaction_manager.account_copy AS copy (account_id, number, kind, customer_id, currency, status, revision)
  SELECT DISTINCT ON (account_id) *
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::bigint[])
      AS state (account_id, number, kind, customer_id, currency, status, revision)
   ORDER BY account_id, revision DESC
      ON CONFLICT (account_id) DO UPDATE
     SET status = excluded.status, revision = excluded.revision
   WHERE copy.revision < excluded.revision`;
