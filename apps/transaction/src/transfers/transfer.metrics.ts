import { Metrics } from '@kopeck/service';
import { Injectable } from '@nestjs/common';
import type { BatchDecision } from './transfer-batch.js';

const BATCH_SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500];

/** What the ledger says about its work at /metrics. */
@Injectable()
export class TransferMetrics {
  private readonly decided;
  private readonly repeats;
  private readonly fencings;
  private readonly outdated;
  private readonly seconds;
  private readonly sizes;

  constructor(metrics: Metrics) {
    this.decided = metrics.counter('ledger_transfers_total', 'Transfers decided, by outcome', ['outcome']);
    this.repeats = metrics.counter('ledger_repeats_total', 'Commands answered with a result stored before');
    this.fencings = metrics.counter(
      'ledger_fenced_total',
      'Batches begun again: another process wrote to the chain',
    );
    this.outdated = metrics.counter(
      'ledger_outdated_total',
      'Batches begun again: an account was not as this process remembered it',
    );
    this.seconds = metrics.histogram('ledger_batch_seconds', 'Time to decide and store a batch');
    this.sizes = metrics.histogram('ledger_batch_transfers', 'Commands in a batch', [], BATCH_SIZES);
  }

  /** @returns what to call when the batch is stored. */
  startBatch(size: number): (decision: BatchDecision) => void {
    this.sizes.observe(size);
    const stop = this.seconds.startTimer();
    return ({ fresh, results }) => {
      stop();
      this.repeats.inc(results.length - fresh.length);
      for (const [outcome, count] of countByOutcome(fresh)) this.decided.inc({ outcome }, count);
    };
  }

  fenced(): void {
    this.fencings.inc();
  }

  outdatedMemory(): void {
    this.outdated.inc();
  }
}

function countByOutcome(fresh: BatchDecision['fresh']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of fresh) {
    const outcome = reason ?? 'completed';
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return counts;
}
