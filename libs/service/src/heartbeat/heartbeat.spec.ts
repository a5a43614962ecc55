import 'reflect-metadata';
import { jest } from '@jest/globals';
import { HEARTBEAT_INTERVAL_MS, ServiceHeartbeat, TOPICS } from '@kopeck/contracts';
import type { Outgoing, Producer, TopicAdmin } from '@kopeck/kafka';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { HealthRegistry } from '../health/health-registry.js';
import { ServiceIdentity } from '../service-identity.js';
import { Heartbeat } from './heartbeat.js';

describe('Heartbeat', () => {
  let sent: Outgoing[];
  let send: (messages: Outgoing[]) => Promise<void>;
  let lagReadings: number;
  let health: HealthRegistry;
  let heartbeat: Heartbeat;
  const last = () => sent.at(-1)!.value as ServiceHeartbeat;

  beforeEach(() => {
    jest.useFakeTimers();
    sent = [];
    send = async (messages) => void sent.push(...messages);
    lagReadings = 0;
    health = new HealthRegistry();
    const lag = async () => {
      lagReadings++;
      return [
        { topic: 'a', lag: 3n },
        { topic: 'b', lag: 4n },
      ];
    };
    heartbeat = new Heartbeat(
      new ServiceIdentity('customer', 'customer-1', '1.2.3'),
      health,
      { send: (messages: Outgoing[]) => send(messages) } as unknown as Producer,
      { lag } as unknown as TopicAdmin,
    );
  });

  afterEach(async () => {
    send = async () => undefined;
    await heartbeat.onModuleDestroy();
    jest.useRealTimers();
  });

  it('says at once and then every few seconds that the instance is there', async () => {
    heartbeat.start([{ groupId: 'customer' }]);
    await jest.advanceTimersByTimeAsync(HEARTBEAT_INTERVAL_MS * 5);
    expect(sent).toHaveLength(6);
    expect(sent[0]).toMatchObject({ topic: TOPICS.serviceHeartbeats.name, key: 'customer-1' });
    expect(last()).toMatchObject({ status: 'up', version: '1.2.3', consumerGroup: 'customer', lag: 7 });
    expect(validateSync(plainToInstance(ServiceHeartbeat, last()))).toEqual([]);
    expect(lagReadings).toBe(2);
  });

  it('tells the lag of all consumer groups together', async () => {
    heartbeat.start([{ groupId: 'notification' }, { groupId: 'notification-email' }]);
    await jest.advanceTimersByTimeAsync(0);
    expect(last()).toMatchObject({ consumerGroup: 'notification', lag: 14 });
  });

  it('says what is wrong', async () => {
    health.add('database', async () => Promise.reject(new Error('connection refused')));
    health.add('kafka', async () => undefined);
    await heartbeat.beat();
    expect(last()).toMatchObject({ status: 'degraded', problem: 'database: connection refused' });
  });

  it('tells no lag where there is no group of the service', async () => {
    heartbeat.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(last()).not.toHaveProperty('lag');
    expect(lagReadings).toBe(0);
  });

  it('does not pile up while the broker is silent', async () => {
    send = () => new Promise(() => undefined);
    let begun = 0;
    health.add('counted', async () => void begun++);
    heartbeat.start();
    await jest.advanceTimersByTimeAsync(HEARTBEAT_INTERVAL_MS * 5);
    expect(begun).toBe(1);
  });

  it('has "stopping" for its last word, and waits only a moment for it to be heard', async () => {
    heartbeat.start();
    await jest.advanceTimersByTimeAsync(0);
    await heartbeat.onModuleDestroy();
    expect(last().status).toBe('stopping');
    const before = sent.length;
    await jest.advanceTimersByTimeAsync(HEARTBEAT_INTERVAL_MS * 3);
    expect(sent).toHaveLength(before);
    send = () => new Promise(() => undefined);
    const stopped = heartbeat.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(2_000);
    await stopped;
  });
});
