import { refusal, type CreateQuote, type QuoteView, type ReadQuote, type Refusal } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { CurrentRates } from '../rates/current-rates.service.js';
import { orRefused } from '../rates/read-rates.service.js';
import { quoteOf, viewOf, type Unquotable } from './quote.js';
import { QuoteRepository } from './quote.repository.js';
import { millionthsOf, QuoteSettings } from './quote.settings.js';

/** Gives prices that hold for a while. */
@Injectable()
export class GiveQuoteService {
  constructor(
    private readonly rates: CurrentRates,
    private readonly quotes: QuoteRepository,
    private readonly settings: QuoteSettings,
  ) {}

  async create(request: CreateQuote): Promise<QuoteView | Refusal> {
    const { sellCurrency, buyCurrency } = request;
    if (sellCurrency === buyCurrency) return EQUAL;
    return orRefused(async () => {
      const pair = await this.rates.pair(sellCurrency, buyCurrency);
      const body = quoteOf(normalised(request), pair, millionthsOf(this.settings.MARKUP));
      if (typeof body === 'string') return REFUSALS[body];
      const { stored, now } = await this.quotes.create(body, this.settings.QUOTE_TTL_MS);
      return viewOf(stored, now);
    });
  }

  async read({ quoteId, customerId }: ReadQuote): Promise<QuoteView | Refusal> {
    const found = await this.quotes.find(quoteId, customerId);
    return found ? viewOf(found.stored, found.now) : NOT_FOUND;
  }
}

const EQUAL = refusal(
  'validation_failed',
  'Sell and buy different currencies; for one currency, make a transfer.',
  {
    pointer: '/buyCurrency',
  },
);
const NOT_FOUND = refusal('not_found', 'There is no such quote of yours.');
const REFUSALS: Readonly<Record<Unquotable, Refusal>> = {
  amount_too_small: refusal(
    'amount_too_small',
    'That is worth less than the smallest unit. Name a larger amount.',
  ),
  limit_exceeded: refusal(
    'limit_exceeded',
    'That is more than one transfer may move. Name a smaller amount.',
  ),
};

/** Ids in the one form in which the database gives them back: the text of a quote is hashed. */
function normalised(request: CreateQuote): CreateQuote {
  return {
    ...request,
    quoteId: request.quoteId.toLowerCase(),
    customerId: request.customerId.toLowerCase(),
    debitAccountId: request.debitAccountId.toLowerCase(),
  };
}
