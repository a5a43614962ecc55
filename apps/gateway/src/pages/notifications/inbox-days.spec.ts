import fc from 'fast-check';
import { inboxItemOf } from '../../notifications/notification.samples.js';
import { Formats } from '../language/formats.js';
import { byDay } from './inbox-days.js';

const moscow = new Formats('ru', 'Europe/Moscow');

describe('an inbox by days', () => {
  it('counts days as the person does, not as UTC does', () => {
    const items = ['2026-03-01T21:30:00.000Z', '2026-03-01T20:59:59.999Z'].map((occurredAt, index) =>
      inboxItemOf(2 - index, { occurredAt }),
    );
    const days = byDay(items, (moment) => moscow.dayKey(moment));
    expect(days.map(({ key, items: ofDay }) => [key, ofDay.length])).toEqual([
      ['2026-03-02', 1],
      ['2026-03-01', 1],
    ]);
  });

  it('has every item once, in the order they came in', () => {
    const moments = fc.date({ min: new Date(0), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(moments), (dates) => {
        const items = dates
          .sort((a, b) => b.getTime() - a.getTime())
          .map((date, index) => inboxItemOf(index + 1, { occurredAt: date.toISOString() }));
        const days = byDay(items, (moment) => moscow.dayKey(moment));
        expect(days.flatMap(({ items: ofDay }) => ofDay)).toEqual(items);
        expect(new Set(days.map(({ key }) => key)).size).toBe(days.length);
      }),
    );
  });
});
