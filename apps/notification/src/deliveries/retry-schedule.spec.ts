import fc from 'fast-check';
import { delivered, failed } from '../channels/channel.js';
import {
  LONGEST_RETRY_AFTER_MS,
  MESSAGE_SCHEDULE,
  pauseAfter,
  WEBHOOK_SCHEDULE,
  type RetrySchedule,
} from './retry-schedule.js';
import { verdictOf } from './verdict.js';

const HOUR_MS = 3_600_000;
const schedules = fc.constantFrom<RetrySchedule>(WEBHOOK_SCHEDULE, MESSAGE_SCHEDULE);
const random = fc.double({ min: 0, max: 1, noNaN: true });

const total = ({ pausesMs }: RetrySchedule) => pausesMs.reduce((sum, pause) => sum + pause, 0);

describe('the schedule of retries', () => {
  it('is the one of Standard Webhooks: ten tries in about three days', () => {
    expect(WEBHOOK_SCHEDULE.pausesMs).toHaveLength(9);
    expect(total(WEBHOOK_SCHEDULE) / HOUR_MS).toBeCloseTo(75.6, 1);
  });

  it('gives up on a message to a person after about a day', () => {
    expect(total(MESSAGE_SCHEDULE) / HOUR_MS).toBeGreaterThan(20);
    expect(total(MESSAGE_SCHEDULE) / HOUR_MS).toBeLessThan(26);
  });

  it('spreads each pause by a fifth, never shortens what a target asked for, and ends', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.integer({ min: 1, max: 40 }),
        random,
        fc.double({ min: 0.000001, max: 1, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 10 * LONGEST_RETRY_AFTER_MS }), { nil: undefined }),
        (schedule, failedAttempts, luck, scale, retryAfterMs) => {
          const pause = pauseAfter(schedule, { failedAttempts, random: luck, scale, retryAfterMs });
          const planned = schedule.pausesMs[failedAttempts - 1];
          if (planned === undefined) return expect(pause).toBeNull();
          const asked = Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
          expect(pause!).toBeGreaterThanOrEqual(Math.floor(Math.max(planned * scale * 0.8, asked)));
          expect(pause!).toBeLessThanOrEqual(Math.ceil(Math.max(planned * scale * 1.2, asked)));
        },
      ),
    );
  });

  it('makes one end of each delivery, whatever its tries are like', () => {
    const outcome = fc.record({ isFinal: fc.boolean(), isTargetAtFault: fc.boolean() });
    fc.assert(
      fc.property(
        schedules,
        fc.array(outcome, { minLength: 20, maxLength: 20 }),
        random,
        (schedule, tries, luck) => {
          let attempts = 0;
          for (const more of tries) {
            const verdict = verdictOf(failed('no', more), schedule, { attempts, random: luck, scale: 1 });
            attempts++;
            if (verdict.status === 'failed') break;
            expect(more.isFinal).toBe(false);
          }
          expect(attempts).toBeLessThanOrEqual(schedule.pausesMs.length + 1);
        },
      ),
    );
    const tries = { attempts: 99, random: 0, scale: 1 };
    expect(verdictOf(delivered(200), WEBHOOK_SCHEDULE, tries)).toEqual({ status: 'delivered' });
  });
});
