import { randomUUID } from 'node:crypto';
import { openRedis, type RedisClient } from '@kopeck/cache';
import { PendingHints } from './pending-hints.js';
import { requestOf } from './transfer.samples.js';
import { pendingTransferOf } from './transfer.js';

describe('hints of pending transfers in Redis', () => {
  let redis: RedisClient;

  beforeAll(async () => {
    redis = await openRedis();
  });
  afterAll(() => redis.onApplicationShutdown());

  it('are for the customer who asked, and for an hour', async () => {
    const hints = new PendingHints(redis);
    const request = requestOf({ reference: 'tea' });
    const transfer = pendingTransferOf(request);
    await hints.remember(request.customerId, transfer);
    expect(await hints.recall(transfer.id, request.customerId)).toEqual(transfer);
    expect(await hints.recall(transfer.id, randomUUID())).toBeUndefined();
    expect(await hints.recall(randomUUID(), request.customerId)).toBeUndefined();
    const ttl = await redis.pttl(`pending:${transfer.id}`);
    expect(ttl).toBeGreaterThan(3_500_000);
    await redis.del(`pending:${transfer.id}`);
  });
});
