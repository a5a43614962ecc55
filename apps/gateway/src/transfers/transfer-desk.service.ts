import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  TOPICS,
  TRANSFER_QUESTIONS,
  isRefusal,
  type AttemptAnswer,
  type TransferRequest,
  type TransferOutcome,
  type TransferResult,
} from '@kopeck/contracts';
import { HEADERS, OutcomeUnknown, Overloaded, Producer, QuestionClient, type Outgoing } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { GatewaySettings } from '../gateway.settings.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { isSamePayload } from './transfer.js';
import { WaitingTransfers, type Waiting } from './waiting-transfers.js';

export const KEY_REUSED =
  'This Idempotency-Key belongs to another request of yours. Nothing was done now. Use a new key for a new transfer.';

const REQUESTED = 'kopeck.transfer.requested.v1';
/** The one question after the wait has to be quick: the client has waited already. */
const ASK_TIMEOUT_MS = 1_000;

/** Puts requests on Kafka and waits for what becomes of them. */
@Injectable()
export class TransferDesk implements BeforeApplicationShutdown {
  private readonly waiting: WaitingTransfers;

  constructor(
    private readonly producer: Producer,
    private readonly client: QuestionClient,
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
  async attempt(request: TransferRequest, waitMs: number): Promise<AttemptOutcome> {
    if (waitMs === 0) return this.send(request);
    const waiting = this.waiting.add(request, waitMs);
    if (!waiting) throw new Overloaded(`${this.waiting.size} transfers wait for their results`);
    const stopExpecting = this.client.expect<AttemptAnswer>(request.requestId, (answer) =>
      waiting.settle(outcomeOfAnswer(request, answer)),
    );
    try {
      return await this.outcomeOf(request, waiting);
    } finally {
      stopExpecting();
      this.waiting.remove(waiting);
    }
  }

  /** A result from the journal, for whoever waits for it here. */
  onResult(result: TransferResult): void {
    for (const waiting of this.waiting.of(result.transferId)) {
      waiting.settle(outcomeOfResult(waiting.request, result));
    }
  }

  /** Who still waits when the process goes away is told 202: the transfer goes on without us. */
  beforeApplicationShutdown(): void {
    this.waiting.settleAll({ kind: 'pending' });
  }

  private async outcomeOf(request: TransferRequest, waiting: Waiting): Promise<AttemptOutcome> {
    const sent = this.send(request);
    // A result may overtake the broker's acknowledgement; what was refused by the broker ends the wait at once.
    const failed = sent.then(() => waiting.outcome);
    const outcome = await Promise.race([waiting.outcome, failed]);
    if (outcome) return outcome;
    await sent;
    return this.ask(request);
  }

  /** @returns pending, also when the broker's answer got lost: it may have the request, so nobody may say "failed". */
  private async send(request: TransferRequest): Promise<AttemptOutcome> {
    try {
      await this.producer.send([this.messageOf(request)]);
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
    }
    return { kind: 'pending' };
  }

  private messageOf(request: TransferRequest): Outgoing {
    return {
      topic: TOPICS.transferRequests.name,
      key: request.debitAccountId,
      value: request,
      type: REQUESTED,
      id: request.requestId,
      headers: {
        [HEADERS.replyTopic]: this.client.replyTopic,
        [HEADERS.correlationId]: request.requestId,
      },
    };
  }

  /** The wait is over: the result may have passed by a gateway that was just starting or rebalancing. */
  private async ask(request: TransferRequest): Promise<AttemptOutcome> {
    const { transferId, customerId } = request;
    const options = { key: transferId, timeoutMs: ASK_TIMEOUT_MS };
    const view = await this.client
      .ask(TRANSFER_QUESTIONS.read, { transferId, customerId }, options)
      .catch(() => undefined);
    if (view === undefined || isRefusal(view)) return { kind: 'pending' };
    if (!isSamePayload(request, view)) return { kind: 'rejected', detail: KEY_REUSED };
    if (view.status === 'pending') return { kind: 'pending' };
    return { kind: 'found', view, isReplay: view.requestId !== request.requestId };
  }
}

function outcomeOfAnswer(request: TransferRequest, answer: AttemptAnswer): AttemptOutcome {
  if (answer.outcome === 'rejected') return { kind: 'rejected', detail: answer.detail };
  return outcomeOfResult(request, answer.result);
}

/** Another attempt's result is a replay for this one, but only where both asked for the same. */
function outcomeOfResult(request: TransferRequest, result: TransferOutcome): AttemptOutcome {
  const isReplay = result.requestId !== request.requestId;
  if (isReplay && !isSamePayload(request, result)) return { kind: 'rejected', detail: KEY_REUSED };
  return { kind: 'finished', result, isReplay };
}
