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

  /**
   * Like `set`, unless what is there has a higher version: writers that overtake each other leave the newest.
   *
   * @param version counts from 0; belongs to the key, and ends with it.
   * @returns false when something newer is there.
   */
  async setUnlessNewer(key: string, value: unknown, version: number, ttlMs: number): Promise<boolean> {
    if (!Number.isSafeInteger(version) || version < 0)
      throw new RangeError(`version must be 0 or more, not ${version}`);
    // As the store writes it, so that `get` reads it.
    const text = JSON.stringify(encode(key, value));
    const keys = [checked(key), `${key}:version`];
    const reply = this.redis.eval(SET_UNLESS_NEWER, keys.length, ...keys, text, version, ttlMs);
    return (await orUnavailable(reply)) === 1;
  }

  /** @throws {CacheUnavailable} when Redis can't be asked. */
  async delete(key: string): Promise<void> {
    await orUnavailable(this.cache.del(checked(key)));
  }
}

const SET_UNLESS_NEWER = `
  local known = redis.call('GET', KEYS[2])
  if known and tonumber(known) > tonumber(ARGV[2]) then return 0 end
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
  return 1`;

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
