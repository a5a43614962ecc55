import type { Socket } from 'node:net';
import type { PoolClient, QueryResult } from 'pg';
import { TransactionAborted, TransactionOver } from './database-errors.js';
import { inBinary } from './binary-arrays.js';
import { preparedStatementOf } from './prepared-statements.js';

/**
 * One database transaction on one reserved connection. PostgreSQL runs the statements strictly one after another, in the order
 * in which they are given. One that is given before the last one's answer is there goes out at once, and saves a round trip.
 */
export interface Transaction {
  /** Rows of the result. `bigint` and `numeric` columns come as strings, `timestamptz` as Date, `date` as string. */
  query<T>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /** How many rows the statement touched. */
  run(sql: string, params?: readonly unknown[]): Promise<number>;
  /**
   * The transaction's last statement: COMMIT leaves in the same packet, which saves a round trip while locks are held. If the
   * statement fails, nothing is committed. What comes behind it can't take it back any more.
   */
  runLast(sql: string, params?: readonly unknown[]): Promise<number>;
}

/** Sends one statement, prepared by name. */
export function execute(
  client: PoolClient,
  sql: string,
  params: readonly unknown[] = [],
): Promise<QueryResult<Record<string, unknown>>> {
  const statement = preparedStatementOf(sql);
  const values = statement ? inBinary(params, statement.arrayTypes) : (params as unknown[]);
  return client.query({ name: statement?.name, text: sql, values });
}

/** Where a statement without parameters isn't worth preparing. */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

export class ReservedTransaction implements Transaction {
  /** Answers come in the order of the statements: when this one is there, all are. */
  private lastAnswer: Promise<unknown> = Promise.resolve();
  private firstFailure: { readonly error: unknown } | undefined;
  private over = false;
  /** How COMMIT was answered, once it has been sent. */
  private committed: Promise<void> | undefined;

  constructor(private readonly client: PoolClient) {}

  /** BEGIN leaves in one packet with whatever the work asks before it waits for something. */
  async start<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.inOnePacket(() => {
      void this.send(() => this.client.query(BEGIN));
      // Not awaited here: the packet leaves as soon as the work waits.
      return work(this);
    });
  }

  async query<T>(sql: string, params?: readonly unknown[]): Promise<T[]> {
    const result = await this.send(() => execute(this.client, sql, params));
    return result.rows as T[];
  }

  async run(sql: string, params?: readonly unknown[]): Promise<number> {
    const result = await this.send(() => execute(this.client, sql, params));
    return result.rowCount ?? 0;
  }

  async runLast(sql: string, params?: readonly unknown[]): Promise<number> {
    if (this.over) throw new TransactionOver();
    return this.inOnePacket(() => {
      const touched = this.run(sql, params);
      this.over = true;
      this.committed = this.sendCommit();
      // Whoever commits or rolls back is told.
      this.committed.catch(() => undefined);
      return touched;
    });
  }

  /** @throws {TransactionAborted} when PostgreSQL answers COMMIT with ROLLBACK. */
  async commit(): Promise<void> {
    await this.finish();
    await (this.committed ??= this.sendCommit());
  }

  /** After `runLast` it waits for how that ended: behind a statement that failed, COMMIT has rolled back. */
  async rollback(): Promise<void> {
    await this.finish();
    if (this.committed) await this.committed.catch(ignoreAborted);
    else await this.client.query('ROLLBACK');
  }

  private async sendCommit(): Promise<void> {
    const result = await this.client.query('COMMIT');
    if (result.command !== 'COMMIT') throw new TransactionAborted();
  }

  private inOnePacket<Result>(work: () => Result): Result {
    const socket = socketOf(this.client);
    socket?.cork();
    try {
      return work();
    } finally {
      socket?.uncork();
    }
  }

  /** Statements that were started but not awaited end before the transaction does. */
  private async finish(): Promise<void> {
    this.over = true;
    await this.lastAnswer;
  }

  /** What was sent behind a statement that failed, PostgreSQL refuses; why is what the first one failed of. */
  private send<Result>(statement: () => Promise<Result>): Promise<Result> {
    if (this.over) return Promise.reject(new TransactionOver());
    const answer = statement().catch((error: unknown) => {
      throw (this.firstFailure ??= { error }).error;
    });
    this.lastAnswer = answer.catch(() => undefined);
    return answer;
  }
}

function ignoreAborted(error: unknown): void {
  if (!(error instanceof TransactionAborted)) throw error;
}

/** Of pg's client, whose types don't show it. */
function socketOf(client: PoolClient): Socket | undefined {
  return (client as unknown as { connection?: { stream?: Socket } }).connection?.stream;
}
