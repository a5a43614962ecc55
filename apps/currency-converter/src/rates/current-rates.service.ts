import { RATE_SOURCES, type RateOrigin, type RateSource } from '@kopeck/contracts';
import { CacheUnavailable } from '@kopeck/cache';
import { Sweep } from '@kopeck/service';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { crossRateOf } from './bulletin.js';
import { CurrentRatesStore } from './current-rates.store.js';
import { bulletinOfPrices, type EffectiveRates } from './effective-rates.js';
import { FEEDS } from '../feeds/feeds.js';
import type { Fraction } from './fraction.js';
import { RatesUnavailable, RateUnknown } from './rate-errors.js';
import { RateRepository } from './rate.repository.js';
import { RateSettings } from './rate.settings.js';

export interface PairRate extends RateOrigin {
  readonly base: string;
  readonly quote: string;
  /** Units of `quote` for one of `base`, at the middle. */
  readonly exact: Fraction;
  readonly previous: Fraction | null;
}

/** How often Redis is looked at, whether it has what PostgreSQL says. */
const WATCH_EVERY_MS = 1_000;
const DAY_MS = 86_400_000;

/**
 * What currencies cost now. Redis answers; when it has lost its memory it's filled again from PostgreSQL, at once by
 * whoever misses something and each second by a watch. Until then there are no rates, rather than old ones.
 */
@Injectable()
export class CurrentRates implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(CurrentRates.name);
  private readonly sweep = new Sweep(
    WATCH_EVERY_MS,
    () => this.watch(),
    'Rates in Redis could not be looked at',
  );
  private readonly refills = new Map<RateSource, Promise<EffectiveRates | undefined>>();

  constructor(
    private readonly store: CurrentRatesStore,
    private readonly repository: RateRepository,
    private readonly settings: RateSettings,
  ) {}

  get sources(): RateSource[] {
    return this.settings.RATE_SOURCES.split(',') as RateSource[];
  }

  /**
   * By one source's rates of one day: the first in the settings that has both currencies and isn't too old.
   *
   * @throws {RatesUnavailable} for now · {RateUnknown} when no source has both.
   */
  async pair(base: string, quote: string): Promise<PairRate> {
    let problem: string | undefined;
    for (const source of this.sources) {
      const rates = await this.read(source);
      const exact = rates && crossRateOf(bulletinOfPrices(rates, rates.prices), base, quote);
      if (!rates || !exact) {
        problem ??= rates ? undefined : `there are no rates of ${source} yet`;
        continue;
      }
      const age = this.tooOld(rates);
      if (age === undefined) return pairOf(rates, base, quote, exact);
      problem ??= age;
    }
    if (problem) throw new RatesUnavailable(`No current rate of ${base} in ${quote}: ${problem}`);
    throw new RateUnknown(`No source of ours has a rate of ${base} in ${quote}`);
  }

  /** @throws {RatesUnavailable} when neither Redis nor PostgreSQL can be asked. */
  async read(source: RateSource): Promise<EffectiveRates | undefined> {
    try {
      return (await this.store.read(source)) ?? (await this.refill(source));
    } catch (error) {
      if (error instanceof CacheUnavailable) throw new RatesUnavailable(`Redis is away: ${error.message}`);
      throw new RatesUnavailable(`Rates can't be read: ${(error as Error).message}`);
    }
  }

  /** From PostgreSQL into Redis; several who ask at once wait for one. */
  refill(source: RateSource): Promise<EffectiveRates | undefined> {
    const running = this.refills.get(source);
    if (running) return running;
    const refill = this.fill(source).finally(() => this.refills.delete(source));
    this.refills.set(source, refill);
    return refill;
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  private async fill(source: RateSource): Promise<EffectiveRates | undefined> {
    const rates = await this.repository.loadEffective(source);
    if (rates) await this.store.write(rates);
    return rates;
  }

  private async watch(): Promise<void> {
    const revisions = await this.repository.loadRevisions();
    for (const source of RATE_SOURCES) {
      const wanted = revisions.get(source);
      const found = wanted === undefined ? undefined : await this.store.read(source);
      if (wanted === undefined || (found && found.revision >= wanted)) continue;
      await this.refill(source);
      if (!found) this.log.warn(`Redis had lost the rates of ${source}: they are back`);
    }
  }

  /** Why these rates may not be used, or undefined. A snapshot is as old as it is, where one may be used at all. */
  private tooOld({ source, confirmedAt, asOf, isSnapshot }: EffectiveRates): string | undefined {
    if (isSnapshot) return this.settings.usesSnapshot ? undefined : `${source} has never answered`;
    const { RATES_MAX_AGE_MINUTES, RATES_MAX_AS_OF_DAYS } = this.settings;
    const now = Date.now();
    if (now - Date.parse(confirmedAt) > RATES_MAX_AGE_MINUTES * 60_000) {
      return `${source} was last heard of at ${confirmedAt}`;
    }
    const isStale = now - Date.parse(asOf) > (RATES_MAX_AS_OF_DAYS + 1) * DAY_MS;
    return isStale ? `the rates of ${source} are of ${asOf}` : undefined;
  }
}

function pairOf(rates: EffectiveRates, base: string, quote: string, exact: Fraction): PairRate {
  const { source, asOf, confirmedAt, isSnapshot, overridden } = rates;
  const isOverridden = [base, quote].some((currency) => overridden.includes(currency));
  const previous = crossRateOf(bulletinOfPrices(rates, rates.previous), base, quote) ?? null;
  const hasPrevious = Object.keys(rates.previous).length > 0 || base === FEEDS[source].pivot;
  return {
    base,
    quote,
    exact,
    previous: hasPrevious ? previous : null,
    source,
    asOf,
    confirmedAt,
    isSnapshot,
    isOverridden,
  };
}
