import { Injectable } from '@nestjs/common';
import { Metrics } from '@kopeck/service';
import { Problem } from '../http/problem.js';
import type { Attempt } from './attempt.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { PendingHints } from './pending-hints.js';
import { finalAnswer, pendingAnswer, type TransferAnswer } from './transfer-answer.js';
import { TransferDesk } from './transfer-desk.service.js';
import { transferOfResult, transferOfView, type Transfer } from './transfer.js';

export interface AnswerOptions {
  readonly waitMs: number;
  /** Where the transfer can be read afterwards. */
  readonly location: string;
  /** The transfer as far as it is known before it is decided. Only asked for when the wait was too short. */
  readonly pending: () => Transfer | Promise<Transfer>;
  /** Which part of the request a rejection is about, as a pointer into the body. */
  readonly pointer?: string;
}

/** Makes an attempt and turns what comes of it into the HTTP answer, the same way for everything that moves money. */
@Injectable()
export class TransferAttempts {
  private readonly outcomes: ReturnType<Metrics['counter']>;

  constructor(
    private readonly desk: TransferDesk,
    private readonly hints: PendingHints,
    metrics: Metrics,
  ) {
    this.outcomes = metrics.counter(
      'kopeck_transfer_attempts_total',
      'Attempts at transfers, by what came of them',
      ['kind', 'outcome'],
    );
  }

  /** @throws {Problem} what only the attempt is told; refusals of the transfer itself are answers, not errors. */
  async answer(attempt: Attempt, options: AnswerOptions): Promise<TransferAnswer> {
    const { location } = options;
    const outcome = await this.desk.attempt(attempt, options.waitMs);
    this.outcomes.inc({ kind: attempt.kind, outcome: nameOf(outcome) });
    switch (outcome.kind) {
      case 'finished':
        return finalAnswer(transferOfResult(outcome.result), location, outcome.isReplay);
      case 'found':
        return finalAnswer(transferOfView(outcome.view, 'parties'), location, outcome.isReplay);
      case 'rejected':
        throw new Problem(outcome.code, outcome.detail, faultsOf(outcome, options));
      case 'pending': {
        const transfer = await options.pending();
        await this.hints.remember(attempt.customerId, transfer);
        return pendingAnswer(transfer, location);
      }
    }
  }
}

function nameOf(outcome: AttemptOutcome): string {
  if (outcome.kind === 'pending' || outcome.kind === 'rejected') return outcome.kind;
  const { status } = outcome.kind === 'finished' ? outcome.result : outcome.view;
  return outcome.isReplay ? 'replayed' : status;
}

/** A key used twice is about a header, not about a part of the body. */
function faultsOf({ code, detail }: { code: string; detail: string }, { pointer }: AnswerOptions) {
  return pointer === undefined || code === 'idempotency_key_reused' ? {} : { errors: [{ detail, pointer }] };
}
