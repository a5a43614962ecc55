import type { TransferResult } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { AccountBook } from './account-book.js';
import { ChainHeads } from './chain-heads.js';
import { FencedError } from './fenced.error.js';
import { decideBatch, type BatchDecision, type ChainedInstruction } from './transfer-batch.js';
import { TransferMetrics } from './transfer.metrics.js';
import { TransferRepository } from './transfer.repository.js';

/**
 * Executes a batch of transfers in one database transaction of two round trips, however many they are: begin, lock the
 * accounts and look for what was decided before; write everything and commit.
 */
@Injectable()
export class ExecuteTransfersService {
  private readonly heads = new ChainHeads();

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
    // Unique: two processes may decide the same new transfer at once; the slower one starts again and finds it decided.
    const decision = await this.database.transaction((tx) => this.decide(tx, batch), {
      retryUniqueViolation: true,
    });
    this.heads.remember(decision.movedHeads.map(({ after }) => after));
    stop(decision);
    return [...decision.results];
  }

  private async decide(tx: Transaction, batch: readonly ChainedInstruction[]): Promise<BatchDecision> {
    const instructions = batch.map(({ instruction }) => instruction);
    const transferIds = instructions.map(({ transferId }) => transferId);
    const [accounts, { decided, now }] = await Promise.all([
      this.transfers.lockAccounts(tx, instructions),
      // Runs behind the locks: what another process decided about these accounts is committed and seen.
      this.transfers.findDecided(tx, transferIds),
    ]);
    const heads = await this.heads.of(
      batch.map(({ chain }) => chain),
      (chains) => this.transfers.readHeads(tx, chains),
    );
    const decision = decideBatch(batch, { book: new AccountBook(accounts), decided, heads, now });
    if (decision.fresh.length > 0) await this.append(tx, decision);
    return decision;
  }

  private async append(tx: Transaction, decision: BatchDecision): Promise<void> {
    try {
      await this.transfers.append(tx, decision);
    } catch (error) {
      if (error instanceof FencedError) {
        this.heads.forget(error.chains);
        this.metrics.fenced();
      }
      throw error;
    }
  }
}
