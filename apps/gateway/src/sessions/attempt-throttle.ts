import { Inject, Injectable } from '@nestjs/common';
import { orUnavailable, RedisClient } from '@kopeck/cache';

/** When attempts under one name must wait, and for how long. */
export interface ThrottleRule {
  /** Attempts that need no waiting. */
  readonly freeAttempts: number;
  /** The wait after the first attempt above that; it doubles with each further one. */
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
  /** Attempts are forgotten after so long without another. */
  readonly forgetAfterMs: number;
}

/**
 * Counts an attempt before its outcome is known, so that a thousand guesses sent at once are a thousand attempts.
 * KEYS: one name. ARGV: now, free attempts, first wait, longest wait, memory. Returns the milliseconds to wait, 0 = go on.
 */
const ATTEMPT = `
local blockedUntil = tonumber(redis.call('HGET', KEYS[1], 'blockedUntil') or '0')
local now = tonumber(ARGV[1])
if blockedUntil > now then return blockedUntil - now end
local attempts = redis.call('HINCRBY', KEYS[1], 'attempts', 1)
local above = attempts - tonumber(ARGV[2])
if above >= 0 then
  local wait = math.min(tonumber(ARGV[4]), tonumber(ARGV[3]) * 2 ^ math.min(above, 30))
  redis.call('HSET', KEYS[1], 'blockedUntil', string.format('%.0f', now + wait))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 0`;

/** KEYS: one name. Gives one attempt back, and lifts the wait that came with it. */
const FORGIVE_ONE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HDEL', KEYS[1], 'blockedUntil')
if redis.call('HINCRBY', KEYS[1], 'attempts', -1) <= 0 then redis.call('DEL', KEYS[1]) end
return 1`;

/** Slows down guessing: counters in Redis, shared by all instances of the gateway. */
@Injectable()
export class AttemptThrottle {
  constructor(@Inject(RedisClient) private readonly redis: RedisClient) {}

  /** @returns how many seconds to wait before the next attempt; 0: this one may go on, and is counted. */
  async attempt(name: string, rule: ThrottleRule): Promise<number> {
    const waitMs = this.redis.eval(
      ATTEMPT,
      1,
      keyOf(name),
      Date.now(),
      rule.freeAttempts,
      rule.firstWaitMs,
      rule.maxWaitMs,
      rule.forgetAfterMs,
    );
    return Math.ceil(Number(await orUnavailable(waitMs)) / 1_000);
  }

  async forget(name: string): Promise<void> {
    await orUnavailable(this.redis.del(keyOf(name)));
  }

  async forgiveOne(name: string): Promise<void> {
    await orUnavailable(this.redis.eval(FORGIVE_ONE, 1, keyOf(name)));
  }
}

function keyOf(name: string): string {
  return `attempts:${name}`;
}
