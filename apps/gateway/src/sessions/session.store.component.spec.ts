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
  sessionIdOf,
  startedAtMsOf,
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

  it('lists a customer’s own, with what was used, and ends one by its id', async () => {
    const [anna, boris] = [someone(), someone()];
    const one = await store.begin(anna, 'Firefox on Windows');
    const two = await store.begin(anna);
    const other = await store.begin(boris);
    const list = await store.list(anna.customerId);
    const devices = list.map(({ tokenHash, device }) => [tokenHash, device]);
    expect(new Map(devices as [string, string][])).toEqual(
      new Map([
        [hashOf(one.token), 'Firefox on Windows'],
        [hashOf(two.token), undefined],
      ]),
    );
    const [idOfOne, idOfOther] = await Promise.all(
      [one, other].map(async ({ token }) => sessionIdOf((await store.find(token))!)),
    );
    expect(await store.endOne(anna.customerId, idOfOther!)).toBe(false);
    expect(await store.endOne(anna.customerId, idOfOne!)).toBe(true);
    expect(await store.endOne(anna.customerId, idOfOne!)).toBe(false);
    expect(await store.find(one.token)).toBeUndefined();
    expect(await store.find(other.token)).toBeDefined();
    expect(await store.list(anna.customerId)).toHaveLength(1);
  });

  it('knows sessions of before devices and beginnings were kept', async () => {
    const anna = someone();
    const { token, endsAtMs } = await store.begin(anna, 'Firefox on Windows');
    const {
      startedAtMs: _startedAtMs,
      device: _device,
      ...old
    } = JSON.parse((await redis.get(keyOf(token)))!);
    await redis.set(keyOf(token), JSON.stringify(old), 'PX', 60_000);
    const [session] = await store.list(anna.customerId);
    expect(session).toMatchObject({ customerId: anna.customerId });
    expect(startedAtMsOf(session!)).toBe(endsAtMs - ABSOLUTE_MS);
  });

  it('says which of many still work, without using them', async () => {
    const anna = someone();
    const [one, two] = [await store.begin(anna), await store.begin(anna)];
    const before = await redis.get(keyOf(one.token));
    await redis.pexpire(keyOf(one.token), 60_000);
    const hashes = [one, two].map(({ token }) => hashOf(token));
    const strangers = Array.from({ length: 1_200 }, () => hashOf(newToken()));
    expect([...(await store.liveOf([...strangers, ...hashes]))].sort()).toEqual([...hashes].sort());
    expect(await redis.get(keyOf(one.token))).toBe(before);
    expect(await redis.pttl(keyOf(one.token))).toBeLessThanOrEqual(60_000);
    expect(await store.liveOf([])).toEqual(new Set());
  });

  it('tells whoever listens of each end on purpose', async () => {
    const ends: unknown[] = [];
    store.onEnd((ended) => ends.push(ended));
    const anna = someone();
    const { customerId } = anna;
    const { token } = await store.begin(anna);
    await store.end((await store.find(token))!);
    await store.endAll(customerId);
    expect(ends.filter((ended) => (ended as { customerId: string }).customerId === customerId)).toEqual([
      { customerId, tokenHash: hashOf(token) },
      { customerId },
    ]);
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
    const look = replaceLook(redis, async () => {
      await redis.del(keyOf(token));
      return [session];
    });
    expect(await store.find(token)).toBeDefined();
    look.restore();
    expect(await redis.exists(keyOf(token))).toBe(0);
  });

  it('that cannot be read are nobody else’s trouble', async () => {
    const [broken, whole] = [await store.begin(someone()), await store.begin(someone())];
    await redis.set(keyOf(broken.token), 'not a session', 'PX', 5_000);
    const [found, other] = await Promise.allSettled([store.find(broken.token), store.find(whole.token)]);
    expect(found.status).toBe('rejected');
    expect(other).toMatchObject({ status: 'fulfilled', value: { role: 'customer' } });
    await redis.del(keyOf(broken.token));
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
function replaceLook(redis: RedisClient, getNow: RedisClient['getNow']): { restore: () => void } {
  Object.assign(redis, { getNow });
  return { restore: () => delete (redis as Partial<RedisClient>).getNow };
}
