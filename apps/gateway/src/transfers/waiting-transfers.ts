import type { Attempt } from './attempt.js';
import type { AttemptOutcome } from './attempt-outcome.js';

/** One HTTP request that waits; several may wait for one transfer. */
export interface Waiting {
  readonly attempt: Attempt;
  /** Undefined when the time was up. */
  readonly outcome: Promise<AttemptOutcome | undefined>;
  /** Only the first call counts. */
  readonly settle: (outcome: AttemptOutcome | undefined) => void;
}

/** Who waits for which transfer, limited in number and each in time. */
export class WaitingTransfers {
  private readonly byTransfer = new Map<string, Set<Waiting>>();
  private count = 0;

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.count;
  }

  /** @returns undefined when the limit is reached. */
  add(attempt: Attempt, waitMs: number): Waiting | undefined {
    if (this.count >= this.limit) return undefined;
    const waiting = waitFor(attempt, waitMs);
    const sameTransfer = this.byTransfer.get(attempt.transferId);
    if (sameTransfer) sameTransfer.add(waiting);
    else this.byTransfer.set(attempt.transferId, new Set([waiting]));
    this.count++;
    return waiting;
  }

  remove(waiting: Waiting): void {
    const { transferId } = waiting.attempt;
    const sameTransfer = this.byTransfer.get(transferId);
    if (!sameTransfer?.delete(waiting)) return;
    this.count--;
    if (sameTransfer.size === 0) this.byTransfer.delete(transferId);
    waiting.settle(undefined);
  }

  of(transferId: string): Iterable<Waiting> {
    return this.byTransfer.get(transferId) ?? [];
  }

  settleAll(outcome: AttemptOutcome): void {
    for (const sameTransfer of this.byTransfer.values())
      for (const waiting of sameTransfer) waiting.settle(outcome);
  }
}

function waitFor(attempt: Attempt, waitMs: number): Waiting {
  let resolve: (outcome: AttemptOutcome | undefined) => void;
  const outcome = new Promise<AttemptOutcome | undefined>((resolveOutcome) => (resolve = resolveOutcome));
  const timer = setTimeout(() => resolve(undefined), waitMs);
  const settle = (settled: AttemptOutcome | undefined): void => {
    clearTimeout(timer);
    resolve(settled);
  };
  return { attempt, outcome, settle };
}
