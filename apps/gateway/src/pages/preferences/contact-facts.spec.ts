import type { DeliveryView } from '@kopeck/contracts';
import { deliveryOf } from '../notifications/delivery.samples.js';
import { lastProblemOf } from './contact-facts.js';

const failed = deliveryOf({ status: 'failed', lastError: '550 no such mailbox' });
const retried: DeliveryView = deliveryOf({ status: 'waiting', lastError: 'timed out', endedAt: null });
const delivered = deliveryOf({ status: 'delivered', lastError: null });

describe('the last problem of a channel', () => {
  it('is the newest that isn’t solved', () => {
    expect(lastProblemOf([retried, failed])).toMatchObject({ error: 'timed out', isOver: false });
  });

  it('is over once something was delivered after it', () => {
    expect(lastProblemOf([delivered, failed])).toMatchObject({ error: '550 no such mailbox', isOver: true });
    expect(lastProblemOf([failed, delivered])).toMatchObject({ isOver: false });
  });

  it('isn’t one that a later attempt solved, and there may be none', () => {
    expect(lastProblemOf([{ ...delivered, lastError: 'timed out' }])).toBeUndefined();
    expect(lastProblemOf([])).toBeUndefined();
  });
});
