import type { RateSource } from '@kopeck/contracts';
import { Cache } from '@kopeck/cache';
import { Injectable } from '@nestjs/common';
import type { EffectiveRates } from './effective-rates.js';

/** Longer than any rate may be used: what is too old is told by its time, not by its absence. */
const TTL_MS = 45 * 86_400_000;

/** The current rates in Redis: all of a source as one value, so that nobody reads half a bulletin. */
@Injectable()
export class CurrentRatesStore {
  /** What this process has written, or tried to: a Redis that comes back from its file may be behind it. */
  private readonly newest = new Map<RateSource, number>();

  constructor(private readonly cache: Cache) {}

  /** @returns undefined for what is older than this process knows of, too. @throws {CacheUnavailable} */
  async read(source: RateSource): Promise<EffectiveRates | undefined> {
    const rates = await this.cache.get<EffectiveRates>(keyOf(source));
    return rates && rates.revision >= (this.newest.get(source) ?? 0) ? rates : undefined;
  }

  /** What is newer stays. @throws {CacheUnavailable} */
  async write(rates: EffectiveRates): Promise<void> {
    this.newest.set(rates.source, Math.max(rates.revision, this.newest.get(rates.source) ?? 0));
    await this.cache.setUnlessNewer(keyOf(rates.source), rates, rates.revision, TTL_MS);
  }
}

function keyOf(source: RateSource): string {
  return `rates:current:${source}`;
}
