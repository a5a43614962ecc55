import {
  MAX_RATE_POINTS,
  OFFERED_CURRENCIES,
  refusal,
  type ConvertAmount,
  type ConvertedAmount,
  type ListRates,
  type RateHistory,
  type RateOrigin,
  type RateSource,
  type RateView,
  type ReadRateHistory,
  type Refusal,
} from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { sell } from '../quotes/conversion.js';
import { customerRateOf } from '../quotes/customer-rate.js';
import { markupTextOf, millionthsOf, QuoteSettings } from '../quotes/quote.settings.js';
import { crossRateOf } from './bulletin.js';
import { CurrentRates, type PairRate } from './current-rates.service.js';
import { bulletinOf } from './effective-rates.js';
import type { Fraction } from './fraction.js';
import { pointsOf, stepsBetween, type RateMoment } from './rate-steps.js';
import { RatesUnavailable, RateUnknown } from './rate-errors.js';
import { RateRepository } from './rate.repository.js';
import { rateTextOf } from './rate-text.js';

const HOME_CURRENCY = 'RUB';
/** Bulletins read for one chart: a feed that moves each second for hours is asked for in shorter pieces. */
const MAX_BULLETINS = 50_000;

@Injectable()
export class ReadRatesService {
  constructor(
    private readonly current: CurrentRates,
    private readonly rates: RateRepository,
    private readonly settings: QuoteSettings,
  ) {}

  /** Pairs that no source has are left out of a list; one pair that nobody has is refused. */
  async list({ base, quote }: ListRates): Promise<RateView[] | Refusal> {
    if (base !== undefined && quote !== undefined) {
      return base === quote ? EQUAL : orRefused(async () => [viewOf(await this.current.pair(base, quote))]);
    }
    const pairs = OFFERED_CURRENCIES.map((each): [string, string] =>
      base === undefined ? [each, quote ?? HOME_CURRENCY] : [base, each],
    ).filter(([one, other]) => one !== other);
    return orRefused(async () => {
      const found = await Promise.all(pairs.map((pair) => this.pairOrNone(...pair)));
      return found.filter((rate) => rate !== undefined).map(viewOf);
    });
  }

  async history(request: ReadRateHistory): Promise<RateHistory | Refusal> {
    const { base, quote, from, to, step } = request;
    if (base === quote) return EQUAL;
    if (stepsBetween(from, to, step) > MAX_RATE_POINTS) return TOO_LONG;
    return orRefused(async () => {
      const current = await this.current.pair(base, quote);
      const histories = await Promise.all(
        this.current.sources.map(async (source) => ({
          source,
          moments: await this.momentsOf(source, request),
        })),
      );
      // One source a chart: the one that knows most of that time, the one whose rate is current where they are even.
      const rank = ({ source, moments }: (typeof histories)[number]) =>
        moments.length * 2 + (source === current.source ? 1 : 0);
      const { source, moments } = histories.reduce((best, each) => (rank(each) > rank(best) ? each : best));
      return { base, quote, source, step, points: pointsOf(moments, step) };
    });
  }

  async convert({ from, to, amountMinor }: ConvertAmount): Promise<ConvertedAmount | Refusal> {
    if (from === to) return EQUAL;
    return orRefused(async () => {
      const pair = await this.current.pair(from, to);
      const markupMillionths = millionthsOf(this.settings.MARKUP);
      const terms = { sellCurrency: from, buyCurrency: to, mid: pair.exact, markupMillionths };
      const converted = sell(terms, BigInt(amountMinor));
      if (!converted) return TOO_SMALL;
      return {
        ...originOf(pair),
        from,
        to,
        amountMinor,
        convertedMinor: converted.buyMinor.toString(),
        midRate: rateTextOf(pair.exact),
        ...customerRateOf(pair.exact, markupMillionths),
        markup: markupTextOf(markupMillionths),
      };
    });
  }

  private async momentsOf(
    source: RateSource,
    { base, quote, from, to }: ReadRateHistory,
  ): Promise<RateMoment[]> {
    const found = await this.rates.loadHistory(source, [base, quote], [from, to], MAX_BULLETINS);
    return found.flatMap(({ at, base: one, quote: other }) => {
      const rates = [one, other].filter((rate) => rate !== null);
      const rate = crossRateOf(bulletinOf(source, '', rates), base, quote);
      return rate ? [{ at, rate }] : [];
    });
  }

  private async pairOrNone(base: string, quote: string): Promise<PairRate | undefined> {
    try {
      return await this.current.pair(base, quote);
    } catch (error) {
      if (error instanceof RateUnknown) return undefined;
      throw error;
    }
  }
}

const EQUAL = refusal('validation_failed', 'Name two different currencies.', { pointer: '/quote' });
const TOO_LONG = refusal(
  'validation_failed',
  `That is more than ${MAX_RATE_POINTS} points. Ask for a shorter time or a longer step.`,
  { pointer: '/from' },
);
const TOO_SMALL = refusal(
  'amount_too_small',
  'That is worth less than the smallest unit. Name a larger amount.',
);

/** Rates that there are not, for now or at all, are answers and no faults. */
export async function orRefused<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RatesUnavailable) {
      return refusal('rates_unavailable', `${error.message}. Try again soon.`, { retryAfterSeconds: 5 });
    }
    if (error instanceof RateUnknown) return refusal('rate_unknown', `${error.message}.`);
    throw error;
  }
}

export function originOf({ source, asOf, confirmedAt, isSnapshot, isOverridden }: PairRate): RateOrigin {
  return { source, asOf, confirmedAt, isSnapshot, isOverridden };
}

function viewOf(pair: PairRate): RateView {
  return {
    ...originOf(pair),
    base: pair.base,
    quote: pair.quote,
    rate: rateTextOf(pair.exact),
    inverse: rateTextOf(pair.exact.inverse()),
    previousRate: textOrNull(pair.previous),
  };
}

function textOrNull(rate: Fraction | null): string | null {
  return rate && rateTextOf(rate);
}
