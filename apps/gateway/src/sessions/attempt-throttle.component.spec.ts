import { randomUUID } from 'node:crypto';
import { openRedis, type RedisClient } from '@kopeck/cache';
import { AttemptThrottle, type ThrottleRule } from './attempt-throttle.js';
import { SignInThrottle } from './sign-in-throttle.js';

const RULE: ThrottleRule = { freeAttempts: 3, firstWaitMs: 10_000, maxWaitMs: 35_000, forgetAfterMs: 60_000 };

describe('throttled attempts in Redis', () => {
  let redis: RedisClient;
  let throttle: AttemptThrottle;
  const names: string[] = [];

  beforeAll(async () => {
    redis = await openRedis();
    throttle = new AttemptThrottle(redis);
  });
  afterAll(async () => {
    for (const name of names) await throttle.forget(name);
    await redis.onApplicationShutdown();
  });

  function newName(): string {
    const name = `test:${randomUUID()}`;
    names.push(name);
    return name;
  }

  /** As if the wait had passed. */
  const waited = (name: string) => redis.hdel(`attempts:${name}`, 'blockedUntil');

  it('lets some through, then makes each next one wait twice as long, up to a limit', async () => {
    const name = newName();
    for (let attempt = 0; attempt < 3; attempt++) expect(await throttle.attempt(name, RULE)).toBe(0);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      waits.push(await throttle.attempt(name, RULE));
      await waited(name);
      expect(await throttle.attempt(name, RULE)).toBe(0);
    }
    expect(waits).toEqual([10, 20, 35, 35]);
  });

  it('counts attempts, not answers: a thousand guesses at once are a thousand', async () => {
    const name = newName();
    const waits = await Promise.all(Array.from({ length: 1_000 }, () => throttle.attempt(name, RULE)));
    expect(waits.filter((seconds) => seconds === 0)).toHaveLength(3);
  });

  it('forgets by itself', async () => {
    const name = newName();
    await throttle.attempt(name, RULE);
    const ttl = await redis.pttl(`attempts:${name}`);
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(RULE.forgetAfterMs);
  });

  it('gives one attempt back, with the wait that came with it', async () => {
    const name = newName();
    for (let attempt = 0; attempt < 3; attempt++) await throttle.attempt(name, RULE);
    expect(await throttle.attempt(name, RULE)).toBeGreaterThan(0);
    await throttle.forgiveOne(name);
    expect(await throttle.attempt(name, RULE)).toBe(0);
    await throttle.forgiveOne(newName());
  });
});

describe('throttled sign-in', () => {
  let redis: RedisClient;
  let throttle: SignInThrottle;
  const address = `test-${randomUUID()}`;

  beforeAll(async () => {
    redis = await openRedis();
    throttle = new SignInThrottle(new AttemptThrottle(redis));
  });
  afterAll(async () => {
    for (const email of ['anna', 'boris', 'vera']) await throttle.succeeded(address, email);
    await redis.del(`attempts:sign-in:address:${address}`);
    await redis.onApplicationShutdown();
  });

  const limited = expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 30 }) as Error;

  it('stops guessing at one customer after five attempts, not at another one', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await throttle.attempt(address, 'anna');
    await expect(throttle.attempt(address, 'anna')).rejects.toEqual(limited);
    await throttle.attempt(address, 'boris');
  });

  it('starts anew after a right password', async () => {
    for (let attempt = 0; attempt < 4; attempt++) await throttle.attempt(address, 'vera');
    await throttle.succeeded(address, 'vera');
    for (let attempt = 0; attempt < 5; attempt++) await throttle.attempt(address, 'vera');
  });

  it('stops one address from guessing at everybody', async () => {
    let stopped = 0;
    for (let index = 0; index < 120; index++) {
      await throttle.attempt(address, `customer-${index}`).catch(() => stopped++);
    }
    expect(stopped).toBeGreaterThan(0);
    for (let index = 0; index < 120; index++) await throttle.succeeded(address, `customer-${index}`);
  });
});
