import { jest } from '@jest/globals';
import { ConsumerHealth } from './consumer-health.js';
import { KafkaHealth, SESSION_TIMEOUT_MS } from './kafka-health.js';

describe('the health of connections to Kafka', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('needs a joined group and a sign of life in the last two session times', () => {
    const health = new KafkaHealth();
    const consumer = new ConsumerHealth('transaction');
    expect(health.problem).toBe('nothing is connected to Kafka yet');
    health.watch('server', consumer);
    expect(health.problem).toContain('has not joined its group yet');
    consumer.hasJoined();
    expect(health.healthy).toBe(true);
    jest.advanceTimersByTime(2 * SESSION_TIMEOUT_MS);
    expect(health.healthy).toBe(true);
    jest.advanceTimersByTime(1_000);
    expect(health.problem).toBe('server: the consumer group transaction: no heartbeat and no fetch for 21 s');
    consumer.heard();
    expect(health.healthy).toBe(true);
  });

  it('is not restored by a heartbeat after a crash, only by joining again', async () => {
    const health = new KafkaHealth();
    const consumer = new ConsumerHealth('transaction');
    health.watch('server', consumer);
    consumer.hasJoined();
    consumer.hasLeft('it crashed: no leader');
    consumer.heard();
    await expect(health.check()).rejects.toThrow('it crashed: no leader');
    consumer.hasJoined();
    await expect(health.check()).resolves.toBeUndefined();
  });

  it('is one for a process, whoever asks, and names all that is wrong', () => {
    const health = KafkaHealth.of('gateway-7');
    health.watch('producer', { problem: () => 'no broker' });
    health.watch('server', { problem: () => 'not joined' });
    expect(KafkaHealth.of('gateway-7').problem).toBe('producer: no broker; server: not joined');
    health.forget('producer');
    expect(health.problem).toBe('server: not joined');
    expect(KafkaHealth.of('gateway-8')).not.toBe(health);
  });

  it('passes on what its parts count', () => {
    const health = new KafkaHealth();
    const reading = { name: 'waiting', help: '', value: 3 };
    health.watch('producer', { problem: () => undefined, readings: () => [reading] });
    health.watch('server', { problem: () => undefined });
    expect(health.readings()).toEqual([reading]);
  });
});
