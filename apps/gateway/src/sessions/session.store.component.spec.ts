import { randomUUID } from 'node:crypto';
import { openRedis, type RedisClient } from '@kopeck/cache';
import type { CustomerView } from '@kopeck/contracts';
import { SessionStore } from './session.store.js';
import {
  ABSOLUTE_MS,
  IDLE_MS,
  MAX_SESSIONS_PER_CUSTOMER,
  REFRESH_AFTER_MS,
  hashOf,
  newToken,
} from './session.js';

describe('sessions in Redis', () => {
  let redis: RedisClient;
  let store: SessionStore;
  const customers: string[] = [];

  beforeAll(async () => {
    redis = await openRedis();
    store = new SessionStore(redis);
  });
  afterAll(async () => {
    for (const customerId of customers) await store.endAll(customerId);
    await redis.onApplicationShutdown();
  });

  function someone(): CustomerView {
    const customerId = randomUUID();
    customers.push(customerId);
    return {
      customerId,
      email: 'a@example.com',
      name: 'A',
      role: 'customer',
      language: 'en',
      registeredAt: '',
    };
  }
  const keyOf = (token: string) => `session:${hashOf(token)}`;

  it('finds a session by its token, of which Redis holds only the hash', async () => {
    const anna = someone();
    const { token, endsAtMs } = await store.begin(anna);
    expect(await store.find(token)).toMatchObject({
      customerId: anna.customerId,
      role: 'customer',
      endsAtMs,
    });
    expect(endsAtMs - Date.now()).toBeLessThanOrEqual(ABSOLUTE_MS);
    const stored = `${await redis.get(keyOf(token))} ${(await redis.zrange(`sessions:${anna.customerId}`, 0, -1)).join()}`;
    expect(stored).not.toContain(token);
    expect(await redis.pttl(keyOf(token))).toBeLessThanOrEqual(IDLE_MS);
    expect(await store.find(newToken())).toBeUndefined();
  });

  it('ends one session, or all of a customer and nobody else’s', async () => {
    const [anna, boris] = [someone(), someone()];
    const [one, two, three] = await Promise.all([store.begin(anna), store.begin(anna), store.begin(anna)]);
    const other = await store.begin(boris);
    await store.end((await store.find(one.token))!);
    expect(await store.find(one.token)).toBeUndefined();
    expect(await store.find(two.token)).toBeDefined();
    expect(await store.endAll(anna.customerId)).toBe(2);
    expect(await store.find(two.token)).toBeUndefined();
    expect(await store.find(three.token)).toBeUndefined();
    expect(await store.find(other.token)).toBeDefined();
    expect(await store.endAll(anna.customerId)).toBe(0);
  });

  it('keeps a limited number a customer: the oldest goes', async () => {
    const anna = someone();
    const tokens: string[] = [];
    for (let index = 0; index <= MAX_SESSIONS_PER_CUSTOMER; index++) {
      tokens.push((await store.begin(anna)).token);
      // The list is ordered by the end; two of one millisecond have no order.
      await redis.zincrby(`sessions:${anna.customerId}`, index - 100, hashOf(tokens[index]!));
    }
    const found = await Promise.all(tokens.map((token) => store.find(token)));
    expect(found.map(Boolean)).toEqual(tokens.map((_, index) => index > 0));
  });

  it('lives on with use, written at most once a minute', async () => {
    const { token } = await store.begin(someone());
    const before = await redis.get(keyOf(token));
    await store.find(token);
    expect(await redis.get(keyOf(token))).toBe(before);

    const old = { ...JSON.parse(before!), usedAtMs: Date.now() - REFRESH_AFTER_MS - 1 };
    await redis.set(keyOf(token), JSON.stringify(old), 'PX', 5_000);
    await store.find(token);
    // The write is not waited for, but it went out on the same connection, before this.
    expect(await redis.pttl(keyOf(token))).toBeGreaterThan(IDLE_MS - 10_000);
  });

  it('does not come back when it was ended while its use was being written', async () => {
    const { token } = await store.begin(someone());
    const stored = JSON.parse((await redis.get(keyOf(token)))!);
    const session = JSON.stringify({ ...stored, usedAtMs: 0 });
    await redis.set(keyOf(token), session);
    const get = replaceGet(redis, async () => {
      await redis.del(keyOf(token));
      return session;
    });
    await store.find(token);
    get.restore();
    expect(await redis.exists(keyOf(token))).toBe(0);
  });

  it('ends absolutely, however much it is used', async () => {
    const { token } = await store.begin(someone());
    const stored = JSON.parse((await redis.get(keyOf(token)))!);
    await redis.set(keyOf(token), JSON.stringify({ ...stored, endsAtMs: Date.now() - 1 }));
    expect(await store.find(token)).toBeUndefined();
    await redis.set(
      keyOf(token),
      JSON.stringify({ ...stored, usedAtMs: 0, endsAtMs: Date.now() + 60_000 }),
      'PX',
      5_000,
    );
    await store.find(token);
    expect(await redis.pttl(keyOf(token))).toBeLessThanOrEqual(60_000);
  });
});

/** Lets something happen between reading a session and writing its use. */
function replaceGet(redis: RedisClient, get: () => Promise<string>): { restore: () => void } {
  Object.assign(redis, { get });
  return { restore: () => delete (redis as Partial<RedisClient>).get };
}
