import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import type { TransferMessage, TransferOutcome } from './messages.js';
import { DATABASE_URL } from './settings.js';

/** Double entry, one database transaction a message: what most services do with a message. */
@Injectable()
export class LedgerRepository implements OnApplicationShutdown {
  private readonly pool = new pg.Pool({ connectionString: DATABASE_URL });

  async post(command: TransferMessage): Promise<TransferOutcome> {
    const connection = await this.pool.connect();
    try {
      await connection.query('begin');
      const outcome = await this.decide(connection, command);
      await connection.query(outcome.status === 'completed' ? 'commit' : 'rollback');
      connection.release();
      return outcome;
    } catch (error) {
      connection.release(true);
      throw error;
    }
  }

  private async decide(connection: pg.PoolClient, command: TransferMessage): Promise<TransferOutcome> {
    const { transferId, debitAccountId, creditAccountId, amountMinor } = command;
    // In the order of ids, so that two transfers in opposite directions can't deadlock.
    const { rows } = await connection.query<{ id: string; balance_minor: string }>(
      'select id, balance_minor from account where id in ($1, $2) order by id for update',
      [debitAccountId, creditAccountId],
    );
    const debited = rows.find((row) => row.id === debitAccountId);
    if (!debited || rows.length < 2) return { transferId, status: 'failed', reason: 'account_not_found' };
    if (BigInt(debited.balance_minor) < BigInt(amountMinor)) {
      return { transferId, status: 'failed', reason: 'insufficient_funds' };
    }
    await connection.query(
      'insert into transfer (id, debit_account_id, credit_account_id, amount_minor) values ($1, $2, $3, $4)',
      [transferId, debitAccountId, creditAccountId, amountMinor],
    );
    await connection.query(
      'insert into entry (transfer_id, account_id, amount_minor) values ($1, $2, -$4::bigint), ($1, $3, $4)',
      [transferId, debitAccountId, creditAccountId, amountMinor],
    );
    await connection.query(
      'update account set balance_minor = balance_minor + case when id = $1 then -$3::bigint else $3 end where id in ($1, $2)',
      [debitAccountId, creditAccountId, amountMinor],
    );
    return { transferId, status: 'completed', reason: null };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
