import type { PoolClient, QueryResult } from 'pg';
import { TransactionAborted, TransactionOver } from './database-errors.js';
import { statementNameOf } from './prepared-statements.js';

/** One database transaction on one reserved connection. Statements run strictly one after another. */
export interface Transaction {
  /** Rows of the result. `bigint` and `numeric` columns come as strings, `timestamptz` as Date, `date` as string. */
  query<T>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /** How many rows the statement touched. */
  run(sql: string, params?: readonly unknown[]): Promise<number>;
}

/** Sends one statement, prepared by name. */
export function execute(
  client: PoolClient,
  sql: string,
  params: readonly unknown[] = [],
): Promise<QueryResult<Record<string, unknown>>> {
  return client.query({ name: statementNameOf(sql), text: sql, values: params as unknown[] });
}

/** Where a statement without parameters isn't worth preparing. */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

export class ReservedTransaction implements Transaction {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private over = false;

  constructor(private readonly client: PoolClient) {}

  async begin(): Promise<void> {
    await this.client.query(BEGIN);
  }

  async query<T>(sql: string, params?: readonly unknown[]): Promise<T[]> {
    const result = await this.inOrder(() => execute(this.client, sql, params));
    return result.rows as T[];
  }

  async run(sql: string, params?: readonly unknown[]): Promise<number> {
    const result = await this.inOrder(() => execute(this.client, sql, params));
    return result.rowCount ?? 0;
  }

  /** @throws {TransactionAborted} when PostgreSQL answers COMMIT with ROLLBACK. */
  async commit(): Promise<void> {
    await this.finish();
    const result = await this.client.query('COMMIT');
    if (result.command !== 'COMMIT') throw new TransactionAborted();
  }

  async rollback(): Promise<void> {
    await this.finish();
    await this.client.query('ROLLBACK');
  }

  /** Statements that were started but not awaited end before the transaction does. */
  private async finish(): Promise<void> {
    this.over = true;
    if (this.waiting > 0) await this.last.catch(() => undefined);
  }

  /** pg sends statements that overlap on one client in a queue of its own, which version 9 drops: so wait here. */
  private inOrder<Result>(send: () => Promise<Result>): Promise<Result> {
    if (this.over) return Promise.reject(new TransactionOver());
    const turn = this.waiting === 0 ? send() : this.last.then(send, send);
    this.waiting++;
    this.last = turn.then(this.done, this.done);
    return turn;
  }

  private readonly done = (): void => {
    this.waiting--;
  };
}
