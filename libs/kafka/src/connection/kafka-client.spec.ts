import { CONSUMER_RETRY, kafkaConfigOf, METADATA_MAX_AGE_MS, PRODUCER_RETRY } from './kafka-client.js';
import { noDelaySocket } from './no-delay-socket.js';

/** kafkajs's own, which differ under NODE_ENV=test: every one must be given. */
const RETRY_FIELDS = ['factor', 'initialRetryTime', 'maxRetryTime', 'multiplier', 'retries'];

function longestMs({
  initialRetryTime,
  multiplier,
  maxRetryTime,
  retries,
  factor,
}: typeof PRODUCER_RETRY): number {
  let pause: number = initialRetryTime;
  let sum = 0;
  for (let retry = 0; retry < retries; retry++) {
    sum += pause * (1 + factor);
    pause = Math.min(pause * multiplier, maxRetryTime);
  }
  return sum;
}

describe('connections', () => {
  it.each([
    ['consumer', CONSUMER_RETRY],
    ['producer', PRODUCER_RETRY],
  ])('of a %s say every retry option themselves, short and capped', (_, retry) => {
    expect(Object.keys(retry).sort()).toEqual(RETRY_FIELDS);
    expect(retry.maxRetryTime).toBeLessThanOrEqual(1_000);
  });

  it('of a consumer try many times, of a producer for less than two seconds', () => {
    expect(CONSUMER_RETRY.retries).toBeGreaterThanOrEqual(20);
    expect(longestMs(PRODUCER_RETRY)).toBeLessThan(2_000);
  });

  it('learn of new leaders sooner than in five minutes, and wait for nothing for ever', () => {
    const config = kafkaConfigOf(['127.0.0.1:9092'], 'transaction-1', {
      part: 'producer',
      retry: PRODUCER_RETRY,
    });
    expect(METADATA_MAX_AGE_MS).toBeLessThanOrEqual(60_000);
    expect(config).toMatchObject({
      clientId: 'transaction-1-producer',
      socketFactory: noDelaySocket,
      retry: PRODUCER_RETRY,
      connectionTimeout: 3_000,
      requestTimeout: 6_000,
    });
  });

  it('need a broker', () => {
    expect(() => kafkaConfigOf([], 'x', { part: 'producer', retry: PRODUCER_RETRY })).toThrow(
      /KAFKA_BROKERS/,
    );
  });
});
