import type { DeliveryDetails, DeliveryView } from '@kopeck/contracts';

/** One delivery for tests: an e-mail that was given up. */
export function deliveryOf(facts: Partial<DeliveryView> = {}): DeliveryView {
  return {
    deliveryId: '55555555-5555-4555-8555-555555555555',
    notificationId: '66666666-6666-4666-8666-666666666666',
    type: 'transfer_received',
    channel: 'email',
    endpointId: null,
    target: 'a•••@example.com',
    status: 'failed',
    attempts: 2,
    lastError: '550 no such mailbox',
    createdAt: '2026-03-01T09:30:00.000Z',
    dueAt: null,
    endedAt: '2026-03-01T09:31:00.000Z',
    ...facts,
  };
}

/** The same with its attempts. */
export function deliveryDetailsOf(facts: Partial<DeliveryDetails> = {}): DeliveryDetails {
  return {
    ...deliveryOf(facts),
    history: [
      {
        attempt: 1,
        at: '2026-03-01T09:30:00.000Z',
        durationMs: 15_000,
        outcome: 'failed',
        responseCode: null,
        error: 'no answer within 15 s',
      },
      {
        attempt: 2,
        at: '2026-03-01T09:31:00.000Z',
        durationMs: 120,
        outcome: 'failed',
        responseCode: 550,
        error: '550 no such mailbox',
      },
    ],
    ...facts,
  };
}
