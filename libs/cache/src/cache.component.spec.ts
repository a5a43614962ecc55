import { randomUUID } from 'node:crypto';
import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { CacheUnavailable, orUnavailable } from './cache-errors.js';
import { openRedis } from './cache.module.js';
import { Cache, MAX_VALUE_BYTES } from './cache.js';
import type { RedisClient } from './redis.client.js';

describe('the cache on Redis', () => {
  const prefix = `test:${randomUUID()}:`;
  let redis: RedisClient;
  let cache: Cache;

  beforeAll(async () => {
    redis = await openRedis();
    cache = new Cache(redis);
  });

  afterAll(async () => {
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(...keys);
    await redis.onApplicationShutdown();
  });

  it('gives back what it was given, until it is deleted', async () => {
    const session = { customerId: 'a', roles: ['customer'], nested: { n: 1, none: null } };
    await cache.set(`${prefix}session`, session, 60_000);
    expect(await cache.get(`${prefix}session`)).toEqual(session);
    await cache.delete(`${prefix}session`);
    expect(await cache.get(`${prefix}session`)).toBeUndefined();
  });

  it.each([
    '_function_x|() => { throw new Error("ran") }',
    '_date_2020-01-01',
    '_duplicate_["a"]',
    '_symbol_x',
    'ё 💶',
  ])('gives text back as text, whatever it looks like: %s', async (name) => {
    await cache.set(`${prefix}text`, { name, plain: [name] }, 60_000);
    expect(await cache.get(`${prefix}text`)).toEqual({ name, plain: [name] });
    await cache.set(`${prefix}text`, name, 60_000);
    expect(await cache.get(`${prefix}text`)).toBe(name);
  });

  it('ends everything when its time is over', async () => {
    await cache.set(`${prefix}long`, 1, 60_000);
    const leftMs = await redis.pttl(`${prefix}long`);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    await cache.set(`${prefix}short`, 1, 30);
    await eventually(async () => (await cache.get(`${prefix}short`)) === undefined);
    expect(await cache.get(`${prefix}long`)).toBe(1);
  });

  it('refuses what has no end, no name or no measure', async () => {
    const key = `${prefix}refused`;
    await expect(cache.set(key, 1, 0)).rejects.toBeInstanceOf(RangeError);
    await expect(cache.set(key, 1, Number.NaN)).rejects.toBeInstanceOf(RangeError);
    await expect(cache.set(key, undefined, 1_000)).rejects.toBeInstanceOf(TypeError);
    await expect(cache.set(key, 'x'.repeat(MAX_VALUE_BYTES), 1_000)).rejects.toBeInstanceOf(RangeError);
    await expect(cache.get('')).rejects.toBeInstanceOf(RangeError);
  });

  it('counts atomically for those who ask at the same moment', async () => {
    const counts = await Promise.all(Array.from({ length: 20 }, () => redis.incr(`${prefix}count`)));
    expect(Math.max(...counts)).toBe(20);
    await redis.pexpire(`${prefix}count`, 60_000);
  });

  it('gives many values at once, in the order asked for', async () => {
    await redis.set(`${prefix}one`, '1', 'PX', 60_000);
    await redis.set(`${prefix}two`, 'ё 💶', 'PX', 60_000);
    const keys = ['two', 'none', 'one'].map((name) => prefix + name);
    expect(await redis.getNow(keys)).toEqual(['ё 💶', null, '1']);
  });

  it('shows a mistake in a command as what it is', async () => {
    await redis.set(`${prefix}word`, 'x', 'PX', 60_000);
    await expect(orUnavailable(redis.incr(`${prefix}word`))).rejects.toMatchObject({ name: 'ReplyError' });
  });

  describe('when Redis goes away', () => {
    let road: Road;
    let client: RedisClient;

    beforeEach(async () => {
      road = await Road.to(process.env.REDIS_URL!);
      client = await openRedis({ REDIS_URL: road.url, REDIS_COMMAND_TIMEOUT_MS: '400' });
    });

    afterEach(async () => {
      client.disconnect();
      await road.close();
    });

    it('says so quickly, and comes back by itself', async () => {
      road.block();
      const startedAt = Date.now();
      await expect(new Cache(client).get(`${prefix}any`)).rejects.toBeInstanceOf(CacheUnavailable);
      expect(Date.now() - startedAt).toBeLessThan(1_500);
      await expect(client.check()).rejects.toBeInstanceOf(CacheUnavailable);
      await expect(client.getNow([`${prefix}any`])).rejects.toBeInstanceOf(CacheUnavailable);
      road.unblock();
      await eventually(() => client.check().then(() => true));
    });

    it('does not wait for a Redis that hangs', async () => {
      road.hang();
      const startedAt = Date.now();
      await expect(new Cache(client).get(`${prefix}any`)).rejects.toBeInstanceOf(CacheUnavailable);
      expect(Date.now() - startedAt).toBeLessThan(1_500);
    });

    it('does not send again what was in flight when the connection broke', async () => {
      road.hangAnswers();
      const lost = orUnavailable(client.incr(`${prefix}once`));
      const outcome = expect(lost).rejects.toBeInstanceOf(CacheUnavailable);
      await eventually(async () => (await redis.get(`${prefix}once`)) === '1');
      road.block();
      road.unblock();
      await outcome;
      await eventually(() => client.check().then(() => true));
      expect(await redis.get(`${prefix}once`)).toBe('1');
    });
  });

  it('says at boot what it could not reach', async () => {
    const opening = openRedis({ REDIS_URL: 'redis://127.0.0.1:1', REDIS_WAIT_AT_BOOT_MS: '0' });
    await expect(opening).rejects.toThrow(
      /Redis at 127\.0\.0\.1:1 didn't answer within 0 ms .*correct REDIS_URL/,
    );
  });
});

/** A road to a real Redis that can be closed: connections broken, bytes held back. */
class Road {
  private readonly pairs = new Set<{ near: Socket; far: Socket }>();
  private blocked = false;
  private held: 'nothing' | 'everything' | 'answers' = 'nothing';

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (near) => this.join(near));
  }

  static async to(url: string): Promise<Road> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Road(server, new URL(url));
  }

  get url(): string {
    const copy = new URL(this.target.href);
    copy.hostname = '127.0.0.1';
    copy.port = String((this.server.address() as AddressInfo).port);
    return copy.href;
  }

  block(): void {
    this.blocked = true;
    for (const { near, far } of this.pairs) [near, far].forEach((socket) => socket.destroy());
  }

  unblock(): void {
    this.blocked = false;
    this.held = 'nothing';
  }

  hang(): void {
    this.held = 'everything';
  }

  hangAnswers(): void {
    this.held = 'answers';
  }

  async close(): Promise<void> {
    this.block();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket): void {
    if (this.blocked) return void near.destroy();
    const far = connect(Number(this.target.port || 6379), this.target.hostname);
    const pair = { near, far };
    this.pairs.add(pair);
    near.on('data', (bytes) => this.held !== 'everything' && far.write(bytes));
    far.on('data', (bytes) => this.held === 'nothing' && near.write(bytes));
    for (const socket of [near, far]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  }
}

async function eventually(condition: () => Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    if (await condition().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error('the condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
