import { jest } from '@jest/globals';
import type { ProducerLink } from '../producer/producer-link.js';
import { Replies } from './replies.js';

const TOPIC = 'replies.gateway-1';
const options = { brokers: ['127.0.0.1:9'], instance: 'transaction-1' };

describe('answers', () => {
  const sent: unknown[] = [];
  let isUp: boolean;
  let replies: Replies;

  const link: ProducerLink = {
    written: 0,
    sendBatch: async (messages) => void sent.push(...messages.map(({ message }) => message.value)),
    abandon: () => undefined,
    close: async () => undefined,
  };

  beforeEach(() => {
    jest.useFakeTimers();
    sent.length = 0;
    isUp = false;
    replies = new Replies(options, async () => {
      if (!isUp) throw new Error('connect ECONNREFUSED');
      return link;
    });
  });

  afterEach(async () => {
    const closed = replies.close();
    await jest.advanceTimersByTimeAsync(10_000);
    await closed;
    jest.useRealTimers();
  });

  it('wait for a broker that is slow as long as whoever asked waits for them', async () => {
    const answered = replies.send(TOPIC, [{ value: 'yes' }]);
    await jest.advanceTimersByTimeAsync(4_000);
    isUp = true;
    await jest.advanceTimersByTimeAsync(500);
    await answered;
    expect(sent).toEqual(['yes']);
  });

  it('are dropped when nobody can be waiting any more', async () => {
    const answered = replies.send(TOPIC, [{ value: 'yes' }]);
    await jest.advanceTimersByTimeAsync(6_000);
    await answered;
    isUp = true;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([]);
  });

  it('go to topics of replies and to no other', async () => {
    isUp = true;
    await replies.send('kopeck.transactions', [{ value: 'forged' }]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([]);
  });
});
