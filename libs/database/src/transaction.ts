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
   * statement fails, nothing is committed. What comes behind it can't take it back any more. One that is the first as well is
   * a transaction by itself, and needs neither BEGIN nor COMMIT.
   */
  runLast(sql: string, params?: readonly unknown[]): Promise<number>;
}

/** How PostgreSQL comes by a statement's plan. */
export interface Planning {
  /** For these values, instead of one plan that is kept for all: where the best way depends on them, or on how much there is by now. */
  readonly isAnew: boolean;
}

export const PLANNED_ANEW: Planning = { isAnew: true };
const PLAN_KEPT: Planning = { isAnew: false };

/** Sends one statement, prepared by name unless it's planned anew. */
export function execute(
  client: PoolClient,
  sql: string,
  params: readonly unknown[] = [],
  { isAnew } = PLAN_KEPT,
): Promise<QueryResult<Record<string, unknown>>> {
  const statement = preparedStatementOf(sql);
  const values = statement ? inBinary(params, statement.arrayTypes) : (params as unknown[]);
  return client.query({ name: isAnew ? undefined : statement?.name, text: sql, values });
}

/** Where a statement without parameters isn't worth preparing. */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

export class ReservedTransaction implements Transaction {
  private begun = false;
  /** Answers come in the order of the statements: when this one is there, all are. */
  private lastAnswer: Promise<unknown> = Promise.resolve();
  private firstFailure: { readonly error: unknown } | undefined;
  private over = false;
  /** How COMMIT was answered, once it has been sent. */
  private committed: Promise<void> | undefined;

  constructor(private readonly client: PoolClient) {}

  /** BEGIN leaves in one packet with whatever the work asks before it waits for something. */
  async start<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    // Not awaited inside: the packet leaves as soon as the work waits.
    return this.inOnePacket(() => work(this));
  }

  async query<T>(sql: string, params?: readonly unknown[]): Promise<T[]> {
    const result = await this.ask(sql, params);
    return result.rows as T[];
  }

  async run(sql: string, params?: readonly unknown[]): Promise<number> {
    const result = await this.ask(sql, params);
    return result.rowCount ?? 0;
  }

  async runLast(sql: string, params?: readonly unknown[]): Promise<number> {
    if (this.over) throw new TransactionOver();
    if (!this.begun) return this.runAlone(sql, params);
    return this.inOnePacket(() => {
      const touched = this.run(sql, params);
      this.over = true;
      this.committed = this.sendCommit();
      // Whoever commits or rolls back is told.
      this.committed.catch(() => undefined);
      return touched;
    });
  }

  /** @throws {TransactionAborted} when a statement has failed that the work didn't care about: PostgreSQL then has rolled back. */
  async commit(): Promise<void> {
    await this.finish();
    if (this.begun) await (this.committed ??= this.sendCommit());
    else if (this.firstFailure) throw new TransactionAborted();
  }

  /** After `runLast` it waits for how that ended: behind a statement that failed, COMMIT has rolled back. */
  async rollback(): Promise<void> {
    await this.finish();
    if (!this.begun) return;
    if (this.committed) await this.committed.catch(ignoreAborted);
    else await this.client.query('ROLLBACK');
  }

  /** PostgreSQL commits it before it answers, or has rolled it back when it answers with an error. */
  private async runAlone(sql: string, params?: readonly unknown[]): Promise<number> {
    const touched = this.sendStatement(sql, params);
    this.over = true;
    return (await touched).rowCount ?? 0;
  }

  private ask(sql: string, params?: readonly unknown[]): ReturnType<typeof execute> {
    if (this.begun || this.over) return this.sendStatement(sql, params);
    this.begun = true;
    return this.inOnePacket(() => {
      void this.send(() => this.client.query(BEGIN));
      return this.sendStatement(sql, params);
    });
  }

  private sendStatement(sql: string, params?: readonly unknown[]): ReturnType<typeof execute> {
    return this.send(() => execute(this.client, sql, params));
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
