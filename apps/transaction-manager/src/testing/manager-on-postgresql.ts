import { randomUUID } from 'node:crypto';
import {
  TOPICS,
  type AttemptAnswer,
  type TransferOutcome,
  type TransferRequest,
  type TransferResult,
} from '@kopeck/contracts';
import {
  createTemporaryDatabase,
  openDatabase,
  type Database,
  type TemporaryDatabase,
} from '@kopeck/database';
import type { Outgoing, Producer } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { DATABASE } from '../../migrations/index.js';
import { AccountCopyRepository } from '../accounts/account-copy.repository.js';
import type { AccountFacts } from '../accounts/account-facts.js';
import { CopyAccountsService } from '../accounts/copy-accounts.service.js';
import { TransactionManagerSettings } from '../transaction-manager.settings.js';
import { AcceptTransfersService } from '../transfers/accept-transfers.service.js';
import { DueTransferRepository } from '../transfers/due-transfer.repository.js';
import { FollowTransfersService } from '../transfers/follow-transfers.service.js';
import { ReadTransfersService } from '../transfers/read-transfers.service.js';
import { ReforwardTransfersService } from '../transfers/reforward-transfers.service.js';
import { account, stateOf } from '../transfers/testing/sample-transfers.js';
import { TransferRegisterRepository } from '../transfers/transfer-register.repository.js';
import { TransferViewRepository } from '../transfers/transfer-view.repository.js';
import { TransferMetrics } from '../transfers/transfer.metrics.js';

/** Where attempts are answered in tests. */
export const REPLY_TOPIC = 'replies.gateway-1';

/** What one process does: its memory of accounts and its connections are its own. */
export interface Replica {
  readonly copies: CopyAccountsService;
  readonly reading: ReadTransfersService;
  accept(...requests: TransferRequest[]): Promise<Outgoing[]>;
  follow(...results: TransferResult[]): Promise<void>;
  /** Sends what is due through `send`; see {@link ReforwardTransfersService.reforwardDue}. */
  reforward(send: (messages: Outgoing[]) => Promise<void>): Promise<number>;
}

/** For component tests: a transaction-manager's database of its own, and replicas on it. */
export class ManagerOnPostgresql {
  private readonly databases: Database[] = [];

  private constructor(
    readonly temporary: TemporaryDatabase,
    readonly database: Database,
  ) {
    this.databases.push(database);
  }

  static async create(): Promise<ManagerOnPostgresql> {
    const temporary = await createTemporaryDatabase(DATABASE);
    return new ManagerOnPostgresql(
      temporary,
      await openDatabase('transaction-manager', 'transaction_manager'),
    );
  }

  /** A replica with connections of its own. */
  async anotherReplica(): Promise<Replica> {
    const database = await openDatabase('transaction-manager', 'transaction_manager');
    this.databases.push(database);
    return this.replica({}, database);
  }

  replica(changed: Partial<TransactionManagerSettings> = {}, database: Database = this.database): Replica {
    const settings = Object.assign(new TransactionManagerSettings(), changed);
    const metrics = new TransferMetrics(new Metrics());
    const register = new TransferRegisterRepository(database);
    const copies = new CopyAccountsService(new AccountCopyRepository(database));
    const accepting = new AcceptTransfersService(copies, register, metrics, settings);
    const following = new FollowTransfersService(register, metrics);
    const due = new DueTransferRepository(database);
    return {
      copies,
      reading: new ReadTransfersService(new TransferViewRepository(database)),
      accept: (...requests) =>
        accepting.accept(requests.map((request) => ({ request, replyTopic: REPLY_TOPIC }))),
      follow: (...results) => following.follow(results),
      reforward: (send) =>
        new ReforwardTransfersService(due, { send } as Producer, metrics, settings).reforwardDue(),
    };
  }

  /** An account that the copy knows. */
  async knownAccount(more: Partial<AccountFacts> = {}): Promise<AccountFacts> {
    const facts = account(more);
    await this.replica().copies.copy([stateOf(facts)]);
    return facts;
  }

  async rowOf(transferId: string): Promise<TransferRow> {
    const [row] = await this.temporary.query<TransferRow>(ROW, [transferId]);
    if (!row) throw new Error(`There is no transfer ${transferId}`);
    return row;
  }

  /** Lets time pass for the register: what falls due within it is due now. */
  async pass(milliseconds: number): Promise<void> {
    await this.temporary.query(
      `UPDATE transaction_manager.pending SET next_forward_at = next_forward_at - $1 * interval '1 millisecond'`,
      [milliseconds],
    );
  }

  /** Nothing is due any more, whatever an earlier test left. */
  async settleAll(): Promise<void> {
    await this.temporary
      .query(`TRUNCATE transaction_manager.transfer, transaction_manager.pending, transaction_manager.settlement,
                transaction_manager.reforward`);
  }

  async forget(transferId: string): Promise<void> {
    await this.temporary.query('DELETE FROM transaction_manager.pending WHERE transfer_id = $1', [
      transferId,
    ]);
    await this.temporary.query('DELETE FROM transaction_manager.transfer WHERE id = $1', [transferId]);
  }

  async drop(): Promise<void> {
    await Promise.all(this.databases.map((database) => database.onApplicationShutdown()));
    await this.temporary.drop();
  }
}

const ROW = `
  SELECT id, request_id, coalesce(s.status, 'pending') AS status, reason, credit_account_id, credit_customer_id, settled_at,
         decided_by_ledger, coalesce(s.forward_count, p.forward_count) AS forward_count, next_forward_at
    FROM transaction_manager.transfer
    LEFT JOIN transaction_manager.pending p ON p.transfer_id = id
    LEFT JOIN transaction_manager.settlement s ON s.transfer_id = id
   WHERE id = $1`;

export interface TransferRow {
  readonly id: string;
  readonly request_id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly credit_account_id: string | null;
  readonly decided_by_ledger: boolean | null;
  readonly forward_count: number;
  readonly next_forward_at: Date | null;
  readonly settled_at: Date | null;
  readonly credit_customer_id: string | null;
}

/** What was sent, by meaning. */
export function meaningsOf(messages: readonly Outgoing[]): {
  commands: TransferRequest[];
  results: TransferResult[];
  answers: AttemptAnswer[];
} {
  const valuesOf = <T>(topic: string) =>
    messages.filter((message) => message.topic === topic).map(({ value }) => value as T);
  return {
    commands: valuesOf(TOPICS.transferCommands.name),
    results: valuesOf(TOPICS.transferResults.name),
    answers: valuesOf(REPLY_TOPIC),
  };
}

/** What of a result is kept, and answered to those who ask again. */
export function outcomeOf({ entries, chain, ...outcome }: TransferResult): TransferOutcome {
  void [entries, chain];
  return outcome;
}

/** The same request, tried again: what belongs to the attempt differs. */
export function anotherAttempt(first: TransferRequest, more: Partial<TransferRequest> = {}): TransferRequest {
  return { ...first, requestId: randomUUID(), requestedAt: '2026-10-01T12:00:09.000Z', ...more };
}
