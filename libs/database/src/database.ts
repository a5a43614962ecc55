import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { breaksConnection, sqlStateOf, TooManyWaiting } from './database-errors.js';
import type { DatabaseSettings } from './database.settings.js';
import { execute, ReservedTransaction, type Planning, type Transaction } from './transaction.js';

export interface TransactionOptions {
  /** Start again on a unique violation (23505) too: for work that looks first and inserts then. */
  readonly retryUniqueViolation?: boolean;
}

/** Counts since the start of the process, and the pool as it is now; metrics read them. */
export interface DatabaseStatistics {
  readonly transactions: number;
  readonly rollbacks: number;
  /** By SQLSTATE: 40001 serialization failure, 40P01 deadlock, 23505 unique violation. */
  readonly restarts: Readonly<Record<string, number>>;
  readonly connections: { readonly total: number; readonly idle: number; readonly waiting: number };
}

/** One number for the metrics; a name that ends in `_total` only ever grows. */
export interface Reading {
  readonly name: string;
  readonly help: string;
  readonly value: number;
}

const RESTARTED = new Set(['40001', '40P01']);
const UNIQUE_VIOLATION = '23505';

/** Base and cap of the random pause before a restart: full jitter keeps two deadlocked writers from meeting again. */
const RESTART_BASE_MS = 4;
const RESTART_CAP_MS = 250;

/**
 * The service's door to PostgreSQL. Hot paths use it directly, with set-based SQL; `dataSource` is TypeORM on the same
 * pool, for what is rare and convenient.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private transactions = 0;
  private rollbacks = 0;
  private readonly restarts = new Map<string, number>();
  private readonly pool: Pool;

  constructor(
    readonly dataSource: DataSource,
    private readonly settings: DatabaseSettings,
  ) {
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
  }

  /** One statement outside a transaction, on any free connection. */
  async query<T>(sql: string, params?: readonly unknown[], planning?: Planning): Promise<T[]> {
    const client = await this.reserve();
    try {
      const { rows } = await execute(client, sql, params, planning);
      client.release();
      return rows as T[];
    } catch (error) {
      client.release(breaksConnection(error));
      throw error;
    }
  }

  /**
   * Runs `work` in a READ COMMITTED transaction; commits when it returns, rolls back when it throws. After a deadlock
   * or a serialization failure the *whole* work runs again, so it must not do anything outside the transaction.
   *
   * @throws whatever the work threw; the database's own errors unchanged, see `isTransientDatabaseError`.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    for (let restart = 0; ; restart++) {
      try {
        return await this.once(work);
      } catch (error) {
        const code = sqlStateOf(error);
        if (!this.startsAgain(code, options) || restart >= this.settings.maxRestarts) throw error;
        this.restarts.set(code!, (this.restarts.get(code!) ?? 0) + 1);
        await pauseBefore(restart);
      }
    }
  }

  get statistics(): DatabaseStatistics {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.pool;
    return {
      transactions: this.transactions,
      rollbacks: this.rollbacks,
      restarts: Object.fromEntries(this.restarts),
      connections: { total, idle, waiting },
    };
  }

  /** @throws when PostgreSQL doesn't answer. */
  async check(): Promise<void> {
    await this.query('SELECT 1');
  }

  /** For metrics: what `statistics` says, with names. */
  readings(): Reading[] {
    const { transactions, rollbacks, restarts, connections } = this.statistics;
    const restarted = Object.values(restarts).reduce((sum, count) => sum + count, 0);
    const reading = (name: string, help: string, value: number) => ({
      name: `kopeck_database_${name}`,
      help,
      value,
    });
    return [
      reading('transactions_total', 'Transactions committed', transactions),
      reading('rollbacks_total', 'Transactions rolled back, those started again included', rollbacks),
      reading('restarts_total', 'Transactions started again after a deadlock or the like', restarted),
      reading('connections', 'Open connections', connections.total),
      reading('connections_idle', 'Open connections that nobody uses', connections.idle),
      reading('connections_waiting', 'Callers waiting for a connection', connections.waiting),
    ];
  }

  /** Last of all: consumers and open requests have ended by now, and they needed it. */
  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const client = await this.reserve();
    const transaction = new ReservedTransaction(client);
    try {
      const result = await transaction.start(work);
      await transaction.commit();
      this.transactions++;
      client.release();
      return result;
    } catch (error) {
      this.rollbacks++;
      client.release(!(await endsCleanly(transaction, error)));
      throw error;
    }
  }

  private reserve(): Promise<PoolClient> {
    if (this.pool.waitingCount >= this.settings.maxWaiting) {
      return Promise.reject(new TooManyWaiting(this.settings.maxWaiting));
    }
    return this.pool.connect();
  }

  private startsAgain(code: string | undefined, options: TransactionOptions): boolean {
    if (code === undefined) return false;
    return RESTARTED.has(code) || (code === UNIQUE_VIOLATION && options.retryUniqueViolation === true);
  }
}

/** Rolls back; false when the connection is of no more use. */
async function endsCleanly(transaction: ReservedTransaction, error: unknown): Promise<boolean> {
  if (breaksConnection(error)) return false;
  try {
    await transaction.rollback();
    return true;
  } catch {
    return false;
  }
}

function pauseBefore(restart: number): Promise<void> {
  const capMs = Math.min(RESTART_CAP_MS, RESTART_BASE_MS * 2 ** restart);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * capMs));
}
