import type { RateSource } from '@kopeck/contracts';
import { Cache } from '@kopeck/cache';
import { Injectable } from '@nestjs/common';
import type { EffectiveRates } from './effective-rates.js';

/** Longer than any rate may be used: what is too old is told by its time, not by its absence. */
const TTL_MS = 45 * 86_400_000;

/** The current rates in Redis: all of a source as one value, so that nobody reads half a bulletin. */
@Injectable()
export class CurrentRatesStore {
  constructor(private readonly cache: Cache) {}

  /** @throws {CacheUnavailable} */
  read(source: RateSource): Promise<EffectiveRates | undefined> {
    return this.cache.get<EffectiveRates>(keyOf(source));
  }

  /** What is newer stays. @throws {CacheUnavailable} */
  async write(rates: EffectiveRates): Promise<void> {
    await this.cache.setUnlessNewer(keyOf(rates.source), rates, rates.revision, TTL_MS);
  }
}

function keyOf(source: RateSource): string {
  return `rates:current:${source}`;
}
