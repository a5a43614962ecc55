import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  CONVERSION_QUESTIONS,
  transferIdOf,
  type ConversionRequest,
  type QuoteView,
} from '@kopeck/contracts';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import type { TransferAnswer } from '../transfers/transfer-answer.js';
import { TransferAttempts } from '../transfers/transfer-attempts.service.js';
import { attemptAtConversion, pendingConversionOf } from './conversion-attempt.js';
import type { CreateConversionBody } from './conversion.dto.js';

/** Who takes which quote, under which key. */
export interface ConversionInstruction {
  readonly customerId: string;
  readonly idempotencyKey: string;
  readonly body: CreateConversionBody;
  readonly waitMs: number;
  readonly locationOf: (transferId: string) => string;
}

/** The client has waited already by the time the quote is read. */
const READ_TIMEOUT_MS = 1_000;
const QUOTE_POINTER = '#/quoteId';

@Injectable()
export class CreateConversionService {
  constructor(
    private readonly attempts: TransferAttempts,
    private readonly questions: Questions,
  ) {}

  /** @throws {Problem} `quote_not_found`, `idempotency_key_reused`; what is refused for good is an answer, not an error. */
  async create(instruction: ConversionInstruction): Promise<TransferAnswer> {
    const request = requestOf(instruction);
    return this.attempts.answer(attemptAtConversion(request), {
      waitMs: instruction.waitMs,
      location: instruction.locationOf(request.transferId),
      pending: async () => pendingConversionOf(request, await this.quoteOf(request)),
      pointer: QUOTE_POINTER,
    });
  }

  /**
   * @returns undefined while the converter is away: the request is on Kafka, and stays there until it is back.
   * @throws {Problem} `quote_not_found`: then nothing will ever come of the request, and a 202 would be a lie.
   */
  private async quoteOf({ quoteId, customerId }: ConversionRequest): Promise<QuoteView | undefined> {
    const options = { key: quoteId, about: 'quote', timeoutMs: READ_TIMEOUT_MS };
    try {
      return await this.questions.ask(CONVERSION_QUESTIONS.readQuote, { quoteId, customerId }, options);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_found') return undefined;
      const detail = 'There is no such quote of yours. Nothing was done. Ask for one by POST /quotes.';
      throw new Problem('quote_not_found', detail, { errors: [{ detail, pointer: QUOTE_POINTER }] });
    }
  }
}

function requestOf({ customerId, idempotencyKey, body }: ConversionInstruction): ConversionRequest {
  return {
    transferId: transferIdOf(customerId, idempotencyKey),
    requestId: randomUUID(),
    customerId,
    quoteId: body.quoteId,
    reference: body.reference ?? undefined,
    endToEndId: body.endToEndId ?? undefined,
    requestedAt: new Date().toISOString(),
  };
}
