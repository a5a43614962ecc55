import { randomUUID } from 'node:crypto';
import { TOPICS, type InboxItem, type InboxPush, type InboxPushes } from '@kopeck/contracts';
import { partitionOf } from '@kopeck/kafka';
import fc from 'fast-check';
import { packed } from './notification-messages.js';

const PEOPLE = Array.from({ length: 30 }, () => randomUUID());
const { partitions } = TOPICS.notificationInbox;

/** Somebody's news, in the order of their ordinals. */
const pushes = fc.array(fc.nat(PEOPLE.length - 1), { maxLength: 700 }).map((people) => {
  const ordinals = new Map<string, number>();
  return people.map((index): InboxPush => {
    const customerId = PEOPLE[index]!;
    const ordinal = (ordinals.get(customerId) ?? 0) + 1;
    ordinals.set(customerId, ordinal);
    return { customerId, item: { ordinal: String(ordinal) } as InboxItem };
  });
});

describe('what goes to open pages', () => {
  it('is all there, each once, in the partition of its person and in their order', () => {
    fc.assert(
      fc.property(pushes, (told) => {
        const messages = packed(told);
        const sent = messages.flatMap(({ key, value }) =>
          (value as InboxPushes).pushes.map((push) => ({ key, push })),
        );
        for (const { key, push } of sent)
          expect(partitionOf(key, partitions)).toBe(partitionOf(push.customerId, partitions));
        for (const person of PEOPLE) {
          const own = (push: InboxPush) => push.customerId === person;
          expect(sent.map(({ push }) => push).filter(own)).toEqual(told.filter(own));
        }
        expect(sent).toHaveLength(told.length);
        expect(messages.length).toBeLessThanOrEqual(partitions + told.length / 100);
        for (const { value } of messages)
          expect((value as InboxPushes).pushes.length).toBeLessThanOrEqual(100);
      }),
    );
  });
});
