import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  TRANSFER_QUESTIONS,
  isRefusal,
  type AttemptAnswer,
  type TransferOutcome,
  type TransferResult,
} from '@kopeck/contracts';
import { HEADERS, OutcomeUnknown, Overloaded, Producer, QuestionClient, type Outgoing } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { GatewaySettings } from '../gateway.settings.js';
import type { Attempt, Rejection } from './attempt.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { RecentOutcomes } from './recent-outcomes.js';
import { WaitingTransfers, type Waiting } from './waiting-transfers.js';

const KEY_REUSED: Rejection = {
  code: 'idempotency_key_reused',
  detail:
    'This Idempotency-Key belongs to another request of yours. Nothing was done now. Use a new key for a new transfer.',
};

/** The one question after the wait has to be quick: the client has waited already. */
const ASK_TIMEOUT_MS = 1_000;

/** Puts requests on Kafka and waits for what becomes of them. */
@Injectable()
export class TransferDesk implements BeforeApplicationShutdown {
  private readonly waiting: WaitingTransfers;

  constructor(
    private readonly producer: Producer,
    private readonly client: QuestionClient,
    private readonly recent: RecentOutcomes,
    @Inject(GatewaySettings) settings: GatewaySettings,
    metrics: Metrics,
  ) {
    this.waiting = new WaitingTransfers(settings.MAX_WAITING_TRANSFERS);
    metrics.gauge('kopeck_transfers_waiting', 'Requests that wait for a transfer to end', [], (gauge) =>
      gauge.set(this.waiting.size),
    );
  }

  /**
   * @throws {Overloaded} too many are waiting already: nothing was sent.
   * @throws {BrokerUnavailable} the broker took nothing: nothing was accepted.
   */
  async attempt(attempt: Attempt, waitMs: number): Promise<AttemptOutcome> {
    if (waitMs === 0) return this.send(attempt);
    const waiting = this.waiting.add(attempt, waitMs);
    if (!waiting) throw new Overloaded(`${this.waiting.size} transfers wait for their results`);
    const stopExpecting = this.client.expect<AttemptAnswer>(attempt.requestId, (answer) =>
      waiting.settle(outcomeOfAnswer(attempt, answer)),
    );
    try {
      return await this.outcomeOf(attempt, waiting);
    } finally {
      stopExpecting();
      this.waiting.remove(waiting);
    }
  }

  /** A result from the journal, for whoever waits for it here and for whoever looks soon. */
  onResult(result: TransferResult): void {
    this.recent.add(result);
    for (const waiting of this.waiting.of(result.transferId)) {
      waiting.settle(outcomeOfResult(waiting.attempt, result));
    }
  }

  /** Who still waits when the process goes away is told 202: the transfer goes on without us. */
  beforeApplicationShutdown(): void {
    this.waiting.settleAll({ kind: 'pending' });
  }

  private async outcomeOf(attempt: Attempt, waiting: Waiting): Promise<AttemptOutcome> {
    const sent = this.send(attempt);
    // A result may overtake the broker's acknowledgement; what was refused by the broker ends the wait at once.
    const failed = sent.then(() => waiting.outcome);
    const outcome = await Promise.race([waiting.outcome, failed]);
    if (outcome) return outcome;
    await sent;
    return this.ask(attempt);
  }

  /** @returns pending, also when the broker's answer got lost: it may have the request, so nobody may say "failed". */
  private async send(attempt: Attempt): Promise<AttemptOutcome> {
    try {
      await this.producer.send([this.messageOf(attempt)]);
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
    }
    return { kind: 'pending' };
  }

  private messageOf({ message, value, requestId }: Attempt): Outgoing {
    return {
      ...message,
      value,
      id: requestId,
      headers: { [HEADERS.replyTopic]: this.client.replyTopic, [HEADERS.correlationId]: requestId },
    };
  }

  /** The wait is over: the result may have passed by a gateway that was just starting or rebalancing. */
  private async ask(attempt: Attempt): Promise<AttemptOutcome> {
    const { transferId, customerId } = attempt;
    const options = { key: transferId, timeoutMs: ASK_TIMEOUT_MS };
    const view = await this.client
      .ask(TRANSFER_QUESTIONS.read, { transferId, customerId }, options)
      .catch(() => undefined);
    if (view === undefined || isRefusal(view)) return { kind: 'pending' };
    if (!attempt.isOf(view)) return { kind: 'rejected', ...KEY_REUSED };
    if (view.status === 'pending') return { kind: 'pending' };
    return { kind: 'found', view, isReplay: view.requestId !== attempt.requestId };
  }
}

function outcomeOfAnswer(attempt: Attempt, answer: AttemptAnswer): AttemptOutcome {
  if (answer.outcome === 'rejected') {
    return { kind: 'rejected', code: answer.code, detail: answer.detail };
  }
  return outcomeOfResult(attempt, answer.result);
}

/** Another attempt's result is a replay for this one, but only where both asked for the same. */
function outcomeOfResult(attempt: Attempt, result: TransferOutcome): AttemptOutcome {
  const isReplay = result.requestId !== attempt.requestId;
  if (isReplay && !attempt.isOf(result)) return { kind: 'rejected', ...KEY_REUSED };
  return { kind: 'finished', result, isReplay };
}
