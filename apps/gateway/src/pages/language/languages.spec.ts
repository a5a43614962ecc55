import 'reflect-metadata';
import { chooseLanguage } from './choose-language.js';
import { isDay, startOfDay } from './days.js';
import { Formats } from './formats.js';
import { plural } from './plurals.js';

const NO_BREAK_SPACE = '\u00a0';

describe('a language', () => {
  it.each([
    ['ru', 'en', 'ru'],
    [undefined, 'ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
    [undefined, 'de, en;q=0.3, ru;q=0.7', 'ru'],
    [undefined, 'ru;q=0, en;q=0.1', 'en'],
    [undefined, 'de', 'en'],
    [undefined, undefined, 'en'],
    ['xx', 'ru', 'ru'],
    [undefined, ',;q=,ru;q=x', 'ru'],
  ])('cookie %s and Accept-Language %s make %s', (cookie, header, language) =>
    expect(chooseLanguage(cookie, header)).toBe(language),
  );

  it('has its plurals', () => {
    const forms = { one: 'запись', few: 'записи', many: 'записей' };
    const words = [1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 111].map((count) => plural('ru', count, forms));
    expect(words.join(' ')).toBe(
      'запись записи записи записей записей записей запись записи записей запись записей',
    );
    expect([0, 1, 2].map((count) => plural('en', count, { one: 'day', other: 'days' }))).toEqual([
      'days',
      'day',
      'days',
    ]);
  });

  it('writes money with its own separators, a true minus and a sign for what comes in', () => {
    const [en, ru] = [new Formats('en', 'UTC'), new Formats('ru', 'UTC')];
    const amount = { amount: '-1234567.89', currency: 'RUB' };
    expect(en.amount(amount)).toBe(`−1,234,567.89${NO_BREAK_SPACE}RUB`);
    expect(ru.amount(amount)).toBe(`−1 234 567,89 ₽`.replaceAll(' ', NO_BREAK_SPACE));
    expect(en.amount({ amount: '5.00', currency: 'EUR' }, true)).toBe(`+5.00${NO_BREAK_SPACE}EUR`);
    expect(en.amount({ amount: '0.00', currency: 'EUR' }, true)).toBe(`0.00${NO_BREAK_SPACE}EUR`);
    expect(ru.amount({ amount: '1234', currency: 'JPY' })).toBe(`1 234 JPY`.replaceAll(' ', NO_BREAK_SPACE));
  });

  it('writes rates by how large they are, and moments in the bank’s time zone', () => {
    const en = new Formats('en', 'Europe/Moscow');
    expect(en.rate('92.4071499999')).toBe('92.4071');
    expect(en.rate('0.0108216793')).toBe('0.0108217');
    expect(en.percent(-0.0123, true)).toBe('−1.23%');
    expect(en.time('2026-09-30T21:30:00Z')).toBe('00:30');
    expect(en.dayKey('2026-09-30T21:30:00Z')).toBe('2026-10-01');
    expect(en.ago('2026-09-30T21:30:00Z', Date.parse('2026-09-30T23:29:00Z'))).toBe('1 hour ago');
  });

  it('knows when a day begins where somebody lives, also when clocks change', () => {
    expect(startOfDay('2026-10-01', 'Europe/Moscow')).toBe('2026-09-30T21:00:00.000Z');
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfDay('2026-03-29', 'Europe/Berlin', 1)).toBe('2026-03-29T22:00:00.000Z');
    expect(startOfDay('2026-07-01', 'America/New_York')).toBe('2026-07-01T04:00:00.000Z');
    expect(['2026-02-29', '2026-13-01', '2026-1-1', 'x'].map(isDay)).toEqual([false, false, false, false]);
    expect(isDay('2028-02-29')).toBe(true);
  });
});
