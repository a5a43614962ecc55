import { TOPICS, type AttemptAnswer, type ConversionRequest, type TransferRequest } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { HEADERS, type Outgoing } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { Injectable } from '@nestjs/common';
import { termsOf, type StoredQuote } from '../quotes/quote.js';
import { QuoteRepository } from '../quotes/quote.repository.js';
import { bindQuotes, type BatchOfBindings, type Binding, type QuoteRefusal } from './bind-quotes.js';
import { ConversionRepository } from './conversion.repository.js';

/** One request message, and where to answer what concerns it alone. */
export interface Attempt {
  readonly request: ConversionRequest;
  readonly replyTopic: string | undefined;
}

/** Turns quotes that customers take into requests for transfers. */
@Injectable()
export class TakeQuotesService {
  private readonly taken;

  constructor(
    private readonly database: Database,
    private readonly quotes: QuoteRepository,
    private readonly conversions: ConversionRepository,
    metrics: Metrics,
  ) {
    this.taken = metrics.counter('conversions_total', 'Requests to use a quote, by outcome', ['outcome']);
  }

  /**
   * One database transaction a batch, whatever its size.
   *
   * @returns what to send. Taking the same batch again gives the same messages: what was decided stays decided.
   */
  async take(attempts: readonly Attempt[]): Promise<Outgoing[]> {
    const requests = attempts.map(({ request }) => normalised(request));
    // Unique: two processes may decide the same transfer at once; the slower one starts again and finds it decided.
    const { bindings } = await this.database.transaction((tx) => this.decide(tx, requests), {
      retryUniqueViolation: true,
    });
    return bindings.flatMap((binding, index) => {
      this.taken.inc({
        outcome: binding.outcome === 'rejected' ? binding.code : (binding.refusal ?? 'bound'),
      });
      return messagesOf(binding, requests[index]!, attempts[index]!.replyTopic);
    });
  }

  private async decide(tx: Transaction, requests: readonly ConversionRequest[]): Promise<BatchOfBindings> {
    const quotes = await this.quotes.lock(tx, [...new Set(requests.map(({ quoteId }) => quoteId))]);
    const decided = await this.conversions.find(tx, [
      ...new Set(requests.map(({ transferId }) => transferId)),
    ]);
    const batch = bindQuotes(requests, quotes, decided, await this.quotes.now(tx));
    await this.conversions.insert(tx, batch.fresh);
    const bound = [...batch.fresh].filter(([, { refusal }]) => refusal === null);
    await this.quotes.bind(
      tx,
      bound.map(([transferId, { quoteId }]) => ({ quoteId, transferId })),
    );
    return batch;
  }
}

function messagesOf(
  binding: Binding,
  request: ConversionRequest,
  replyTopic: string | undefined,
): Outgoing[] {
  if (binding.outcome === 'decided') {
    return [requestMessageOf(transferRequestOf(request, binding.stored, binding.refusal), replyTopic)];
  }
  if (!replyTopic) return [];
  const { requestId } = request;
  const answer: AttemptAnswer = {
    requestId,
    outcome: 'rejected',
    code: binding.code,
    detail: DETAILS[binding.code],
  };
  return [
    {
      topic: replyTopic,
      key: requestId,
      value: answer,
      type: 'kopeck.transfer.attempt-answered.v1',
      headers: { [HEADERS.correlationId]: requestId },
    },
  ];
}

const DETAILS = {
  quote_not_found: 'There is no such quote of yours. Ask for a new one.',
  idempotency_key_reused:
    'This Idempotency-Key belongs to another request of yours. Nothing was done now. Use a new key for a new conversion.',
} as const;

function transferRequestOf(
  request: ConversionRequest,
  stored: StoredQuote,
  refusal: QuoteRefusal | null,
): TransferRequest {
  const { quote } = stored.body;
  return {
    transferId: request.transferId,
    requestId: request.requestId,
    customerId: request.customerId,
    kind: 'conversion',
    debitAccountId: quote.debitAccountId,
    creditAccountNumber: quote.creditAccountNumber,
    amountMinor: quote.sellMinor,
    currency: quote.sellCurrency,
    ...((request.reference ?? null) !== null && { reference: request.reference }),
    ...((request.endToEndId ?? null) !== null && { endToEndId: request.endToEndId }),
    requestedAt: request.requestedAt,
    conversion: termsOf(stored),
    ...(refusal && { refusal }),
  };
}

/** As the gateway sends transfers: whoever waits for this attempt is found by the same headers. */
function requestMessageOf(value: TransferRequest, replyTopic: string | undefined): Outgoing {
  return {
    topic: TOPICS.transferRequests.name,
    key: value.debitAccountId,
    value,
    type: 'kopeck.transfer.requested.v1',
    id: value.requestId,
    ...(replyTopic && {
      headers: { [HEADERS.replyTopic]: replyTopic, [HEADERS.correlationId]: value.requestId },
    }),
  };
}

function normalised(request: ConversionRequest): ConversionRequest {
  return {
    ...request,
    transferId: request.transferId.toLowerCase(),
    requestId: request.requestId.toLowerCase(),
    customerId: request.customerId.toLowerCase(),
    quoteId: request.quoteId.toLowerCase(),
  };
}
