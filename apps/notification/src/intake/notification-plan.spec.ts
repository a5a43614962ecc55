import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import {
  categoryOf,
  CHANNELS,
  DEFAULT_CHANNELS,
  NOTIFICATION_TYPES,
  type ChannelName,
  type NotificationData,
  type NotificationType,
} from '@kopeck/contracts';
import fc from 'fast-check';
import { defaultPreferences, type Preferences } from '../preferences/preferences.js';
import { isQuiet } from '../preferences/quiet-hours.js';
import type { Audience } from './audience.js';
import { placed } from './inbox-ordinals.js';
import { personalNewsOf, type PersonalNews } from './news.js';
import { planOf, type NotificationPlan } from './notification-plan.js';

const ANNA = randomUUID();
const NOON = new Date('2026-11-26T12:00:00Z');
const MIDNIGHT = new Date('2026-11-26T23:59:30Z');
const NIGHT = { from: '22:00', to: '07:00' };
const EVERYTHING = Object.fromEntries(
  NOTIFICATION_TYPES.map((type) => [type, CHANNELS]),
) as unknown as Record<NotificationType, readonly ChannelName[]>;

function news(type: NotificationType, data: NotificationData = {}, occurredAt = NOON): PersonalNews {
  const eventId = randomUUID();
  return personalNewsOf(
    [{ eventId, customerId: ANNA, type, data, occurredAt: occurredAt.toISOString() }],
    [],
  )[0]!;
}

function audience(preferences: Partial<Preferences> = {}, more: Partial<Audience> = {}): Audience {
  return {
    customerId: ANNA,
    preferences: { ...defaultPreferences('en'), ...preferences },
    hasTelegram: true,
    hasPhone: true,
    webhooks: [{ endpointId: randomUUID(), types: [] }],
    ...more,
  };
}

function plan(told: PersonalNews, to: Audience, now = NOON): NotificationPlan {
  return planOf(told, to, { now, newsSince: new Date(now.getTime() - 86_400_000) });
}

const channelsOf = ({ deliveries }: NotificationPlan) => deliveries.map(({ channel }) => channel);

describe('a plan', () => {
  it('uses the channels that were chosen', () => {
    const to = audience({ channels: { ...DEFAULT_CHANNELS, transfer_sent: ['email', 'sms'] } });
    expect(plan(news('transfer_sent'), to)).toMatchObject({ isInApp: false });
    expect(channelsOf(plan(news('transfer_sent'), to))).toEqual(['email', 'sms']);
    expect(plan(news('transfer_received'), to).isInApp).toBe(true);
  });

  it('reaches nobody over what is not set up', () => {
    const unreachable = { hasTelegram: false, hasPhone: false, webhooks: [] };
    expect(channelsOf(plan(news('rate_alert'), audience({ channels: EVERYTHING }, unreachable)))).toEqual([
      'email',
    ]);
  });

  it('goes to each webhook that wants the type', () => {
    const webhooks = [
      { endpointId: randomUUID(), types: [] },
      { endpointId: randomUUID(), types: ['transfer_sent' as const] },
      { endpointId: randomUUID(), types: ['sign_in' as const] },
    ];
    const { deliveries } = plan(news('transfer_sent'), audience({}, { webhooks, hasTelegram: false }));
    expect(deliveries.map(({ endpointId }) => endpointId)).toEqual(
      webhooks.slice(0, 2).map((one) => one.endpointId),
    );
    expect(new Set(deliveries.map(({ deliveryId }) => deliveryId)).size).toBe(2);
  });

  it('keeps small amounts inside, except for machines', () => {
    const to = audience({ channels: EVERYTHING, minimumAmounts: [{ currency: 'EUR', amountMinor: '1000' }] });
    const worth = (amountMinor: string, currency = 'EUR') =>
      plan(news('transfer_sent', { amountMinor, currency }), to);
    expect(channelsOf(worth('999'))).toEqual(['webhook']);
    expect(worth('999').isInApp).toBe(true);
    expect(channelsOf(worth('1000'))).toHaveLength(4);
    expect(channelsOf(worth('1', 'USD'))).toHaveLength(4);
  });

  it('lets no old news out of the bank', () => {
    const old = plan(
      news('transfer_sent', {}, new Date('2026-11-20T12:00:00Z')),
      audience({ channels: EVERYTHING }),
    );
    expect(old).toMatchObject({ isInApp: true, deliveries: [] });
  });

  it('waits for the morning with what can wait', () => {
    const to = audience({ channels: EVERYTHING, quietHours: NIGHT });
    const morning = new Date('2026-11-27T07:00:00Z');
    const dueAts = Object.fromEntries(
      plan(news('transfer_sent'), to, MIDNIGHT).deliveries.map(({ channel, dueAt }) => [channel, dueAt]),
    );
    expect(dueAts).toEqual({ email: morning, telegram: morning, sms: morning, webhook: MIDNIGHT });
  });

  it('never is due earlier than now, and word of sign-ins never waits', () => {
    const time = fc.constantFrom('22:00', '07:00', '02:30', '00:00', '13:37');
    const hours = fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to);
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    );
    const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }).map((ms) => new Date(ms));
    fc.assert(
      fc.property(
        fc.constantFrom(...NOTIFICATION_TYPES),
        fc.option(hours),
        zones,
        moments,
        (type, quietHours, timeZone, now) => {
          const to = audience({ channels: EVERYTHING, quietHours, timeZone });
          const { deliveries } = plan(news(type, {}, now), to, now);
          expect(deliveries).toHaveLength(4);
          for (const { channel, dueAt } of deliveries) {
            expect(dueAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
            const mayWait = categoryOf(type) !== 'security' && channel !== 'webhook';
            if (mayWait && quietHours) expect(isQuiet(quietHours, timeZone, dueAt)).toBe(false);
            if (!mayWait) expect(dueAt).toEqual(now);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('places in inboxes', () => {
  it('go on from the last one, without gaps, in the order of the news', () => {
    const person = fc.constantFrom('a', 'b', 'c');
    const entry = fc.record({ customerId: person, isInApp: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(entry),
        fc.dictionary(person, fc.bigInt({ min: 0n, max: 99n })),
        (entries, before) => {
          const plans = entries.map(({ customerId, isInApp }) => ({
            news: { ...news('transfer_sent'), customerId },
            isInApp,
            deliveries: [],
          }));
          const batch = placed(plans, new Map(Object.entries(before)));
          for (const customerId of ['a', 'b', 'c']) {
            const ordinals = batch.placed
              .filter((one) => one.news.customerId === customerId && one.ordinal !== null)
              .map(({ ordinal }) => ordinal);
            const first = (before[customerId] ?? 0n) + 1n;
            expect(ordinals).toEqual(ordinals.map((_, index) => first + BigInt(index)));
            expect(batch.lastOrdinals.get(customerId)).toBe(ordinals.at(-1));
          }
          expect(batch.placed.filter(({ ordinal }) => ordinal !== null)).toHaveLength(
            entries.filter(({ isInApp }) => isInApp).length,
          );
        },
      ),
    );
  });
});
