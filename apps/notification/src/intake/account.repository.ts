import type { AccountStatus } from '@kopeck/contracts';
import type { Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { KnownAccount } from './account-news.js';

/** What people were last told of their accounts. */
@Injectable()
export class AccountRepository {
  /** Locks in the order of ids, until the transaction ends. */
  async lock(tx: Transaction, accountIds: readonly string[]): Promise<Map<string, KnownAccount>> {
    const rows = await tx.query<AccountRow>(LOCK, [accountIds]);
    return new Map(
      rows.map((row) => [
        row.account_id,
        { accountId: row.account_id, status: row.status, revision: BigInt(row.revision) },
      ]),
    );
  }

  async save(tx: Transaction, known: readonly KnownAccount[]): Promise<void> {
    if (known.length === 0) return;
    await tx.run(SAVE, [
      known.map(({ accountId }) => accountId),
      known.map(({ status }) => status),
      known.map(({ revision }) => revision.toString()),
    ]);
  }
}

const LOCK = `
  SELECT account_id, status, revision FROM notification.account WHERE account_id = ANY($1::uuid[])
   ORDER BY account_id FOR NO KEY UPDATE`;

const SAVE = `
  INSERT INTO notification.account AS known (account_id, status, revision)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS seen (account_id, status, revision) ORDER BY account_id
      ON CONFLICT (account_id) DO UPDATE SET status = excluded.status, revision = excluded.revision
   WHERE known.revision < excluded.revision`;

interface AccountRow {
  readonly account_id: string;
  readonly status: AccountStatus;
  readonly revision: string;
}
