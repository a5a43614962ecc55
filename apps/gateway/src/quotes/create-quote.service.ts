import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CONVERSION_QUESTIONS, quoteIdOf, type CreateQuote, type QuoteView } from '@kopeck/contracts';
import { CreditedAccounts } from '../accounts/credited-accounts.service.js';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import type { CreateQuoteBody } from './quote.dto.js';
import { quoteSidesOf } from './quote-sides.js';
import { openQuoteOf, type OpenQuote } from './quote.js';

@Injectable()
export class CreateQuoteService {
  constructor(
    private readonly questions: Questions,
    private readonly accounts: CreditedAccounts,
  ) {}

  /**
   * @param key without one each request is a new quote: it moves no money.
   * @throws {Problem} what the converter refuses, or `idempotency_key_reused`.
   */
  async create(body: CreateQuoteBody, customerId: string, key: string | undefined): Promise<OpenQuote> {
    const sides = quoteSidesOf(body);
    const request: CreateQuote = {
      quoteId: key === undefined ? randomUUID() : quoteIdOf(customerId, key),
      customerId,
      debitAccountId: body.debitAccountId,
      creditAccountNumber: await this.accounts.numberOf(body, { customerId, currency: sides.buyCurrency }),
      ...sides,
    };
    const options = { key: request.quoteId, about: 'quote' };
    const view = await this.questions.ask(CONVERSION_QUESTIONS.createQuote, request, options);
    if (!isOf(request, view)) {
      throw new Problem(
        'idempotency_key_reused',
        'This Idempotency-Key belongs to another quote of yours. Use a new key for a new quote.',
      );
    }
    return openQuoteOf(view);
  }
}

/** A repeat finds the quote of its key; it has to be the quote that was asked for. */
function isOf(request: CreateQuote, view: QuoteView): boolean {
  return (
    view.debitAccountId === request.debitAccountId &&
    view.creditAccountNumber === request.creditAccountNumber &&
    view.sellCurrency === request.sellCurrency &&
    view.buyCurrency === request.buyCurrency &&
    (request.sellMinor === undefined ? view.side === 'buy' : view.sellMinor === request.sellMinor) &&
    (request.buyMinor === undefined ? view.side === 'sell' : view.buyMinor === request.buyMinor)
  );
}
