import type { TransferResult } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { AccountBook } from './account-book.js';
import { accountKeysOf, type AccountKeys } from './account-keys.js';
import { ChainHeads } from './chain-heads.js';
import { DatabaseClock } from './database-clock.js';
import { FencedError } from './fenced.error.js';
import { RememberedAccounts } from './remembered-accounts.js';
import { StaleAccountsError } from './stale-accounts.error.js';
import { decideBatch, type BatchDecision, type ChainedInstruction } from './transfer-batch.js';
import { TransferMetrics } from './transfer.metrics.js';
import { TransferRepository } from './transfer.repository.js';
import { Trust } from './trust.js';

const NONE_DECIDED: ReadonlyMap<string, TransferResult> = new Map();

/**
 * Executes a batch of transfers in one database transaction, however many they are. Decided from memory it's one statement, which
 * writes everything, and fails unless the accounts are as remembered and all transfers are new. What memory can't answer for takes
 * two round trips: begin, lock the accounts and look for what was decided before; write everything and commit.
 */
@Injectable()
export class ExecuteTransfersService {
  private readonly heads = new ChainHeads();
  private readonly accounts = new RememberedAccounts();
  private readonly clock = new DatabaseClock();
  private readonly trust = new Trust();
  private underWay = 0;

  constructor(
    private readonly database: Database,
    private readonly transfers: TransferRepository,
    private readonly metrics: TransferMetrics,
  ) {}

  /**
   * @returns one result for each instruction, in order; for a repeat the one of the first time.
   * @throws when the database can't do it now. Nothing was written then, or all of it, and asking again tells which.
   */
  async execute(batch: readonly ChainedInstruction[]): Promise<TransferResult[]> {
    const stop = this.metrics.startBatch(batch.length);
    this.underWay++;
    try {
      // Unique: what memory took for new was decided before, or two processes decide it at once; again, behind locks, it's found.
      const decision = await this.database.transaction((tx) => this.decide(tx, batch), {
        retryUniqueViolation: true,
      });
      this.heads.remember(decision.movedHeads.map(({ after }) => after));
      this.accounts.remember(decision.changedAccounts.map(({ after }) => after));
      stop(decision);
      return [...decision.results];
    } finally {
      this.underWay--;
    }
  }

  private async decide(tx: Transaction, batch: readonly ChainedInstruction[]): Promise<BatchDecision> {
    const keys = accountKeysOf(batch.map(({ instruction }) => instruction));
    return (await this.decideFromMemory(tx, batch, keys)) ?? this.decideBehindLocks(tx, batch, keys);
  }

  /** @returns undefined, with nothing written, when memory doesn't do. */
  private async decideFromMemory(
    tx: Transaction,
    batch: readonly ChainedInstruction[],
    keys: AccountKeys,
  ): Promise<BatchDecision | undefined> {
    const now = this.clock.now();
    const heads = this.heads.known(batch.map(({ chain }) => chain));
    // What another batch under way changes isn't remembered yet.
    const isUpToDate = this.underWay === 1 && this.trust.isGiven;
    if (!isUpToDate || now === undefined || heads === undefined) return undefined;
    const { found, missing } = this.accounts.of(keys);
    // Nothing may wait where nothing is missing: BEGIN leaves in one packet with what is asked before.
    const read = isNothing(missing) ? undefined : await this.transfers.readAccounts(tx, missing);
    const book = new AccountBook([...found, ...(read?.accounts ?? [])]);
    const decision = decideBatch(batch, {
      book,
      decided: NONE_DECIDED,
      heads,
      now: read?.now ? this.clock.read(read.now) : now,
    });
    if (!isCertain(decision)) return undefined;
    try {
      await this.append(tx, decision);
      this.trust.justify();
      return decision;
    } catch (error) {
      this.accounts.forget(found);
      this.trust.lose();
      throw error;
    }
  }

  private async decideBehindLocks(
    tx: Transaction,
    batch: readonly ChainedInstruction[],
    keys: AccountKeys,
  ): Promise<BatchDecision> {
    const [accounts, { decided, now }] = await Promise.all([
      this.transfers.lockAccounts(tx, keys),
      // Runs behind the locks: what another process decided about these accounts is committed and seen.
      this.transfers.findDecided(
        tx,
        batch.map(({ instruction }) => instruction.transferId),
      ),
    ]);
    const heads = await this.heads.of(
      batch.map(({ chain }) => chain),
      (chains) => this.transfers.readHeads(tx, chains),
    );
    const book = new AccountBook(accounts);
    const decision = decideBatch(batch, { book, decided, heads, now: this.clock.read(now) });
    if (decision.fresh.length > 0) await this.append(tx, decision);
    return decision;
  }

  private async append(tx: Transaction, decision: BatchDecision): Promise<void> {
    try {
      await this.transfers.append(tx, decision);
    } catch (error) {
      if (error instanceof StaleAccountsError) this.metrics.outdatedMemory();
      if (error instanceof FencedError) {
        this.heads.forget(error.chains);
        this.metrics.fenced();
      }
      throw error;
    }
  }
}

/** What memory says is possible, the database checks; a refusal it would have to take our word for. */
function isCertain({ fresh }: BatchDecision): boolean {
  return fresh.length > 0 && fresh.every(({ status }) => status === 'completed');
}

function isNothing({ accountIds, numbers }: AccountKeys): boolean {
  return accountIds.length === 0 && numbers.length === 0;
}
