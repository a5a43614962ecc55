import { Injectable } from '@nestjs/common';
import { createCache, type Cache as ManagedCache } from 'cache-manager';
import { redisInsStore } from 'cache-manager-ioredis-yet';
import { orUnavailable } from './cache-errors.js';
import { RedisClient } from './redis.client.js';

/** Longest stored value: what is bigger belongs in the database. */
export const MAX_VALUE_BYTES = 256 * 1024;
const MAX_KEY_LENGTH = 512;

/** Values that may be lost at any time: sessions, rates, counters' neighbours. Never money. */
@Injectable()
export class Cache {
  private readonly cache: ManagedCache;

  constructor(readonly redis: RedisClient) {
    this.cache = createCache(redisInsStore(redis));
  }

  /**
   * @returns undefined when there is nothing (any more).
   * @throws {CacheUnavailable} when Redis can't be asked.
   */
  async get<T>(key: string): Promise<T | undefined> {
    const text = await orUnavailable(this.cache.get<string>(checked(key)));
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  /**
   * Everything ends: there is no value without a time to live.
   *
   * @param value plain JSON; a bigint must be made a string first.
   * @throws {CacheUnavailable} when Redis can't be asked; {RangeError} for a time or a size out of bounds.
   */
  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    if (!Number.isSafeInteger(ttlMs) || ttlMs < 1)
      throw new RangeError(`ttlMs must be 1 or more, not ${ttlMs}`);
    await orUnavailable(this.cache.set(checked(key), encode(key, value), ttlMs));
  }

  /** @throws {CacheUnavailable} when Redis can't be asked. */
  async delete(key: string): Promise<void> {
    await orUnavailable(this.cache.del(checked(key)));
  }
}

function checked(key: string): string {
  if (key.length < 1 || key.length > MAX_KEY_LENGTH) {
    throw new RangeError(`A cache key has 1 to ${MAX_KEY_LENGTH} characters, not ${key.length}`);
  }
  return key;
}

/**
 * The store's own encoding (telejson) revives strings that look like functions with `eval`, so a customer's name could be
 * code. It only ever gets JSON text of ours, which starts with no such mark.
 */
function encode(key: string, value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`"${key}": undefined and functions can't be stored`);
  if (Buffer.byteLength(text) > MAX_VALUE_BYTES) {
    throw new RangeError(`"${key}": a cached value has at most ${MAX_VALUE_BYTES} bytes`);
  }
  return text;
}
