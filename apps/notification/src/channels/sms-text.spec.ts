import fc from 'fast-check';
import { segmentsOf, smsTextOf } from './sms-text.js';

describe('the text of an SMS', () => {
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['я'.repeat(70), 1],
    ['я'.repeat(71), 2],
    ['я'.repeat(135), 3],
    ['😀'.repeat(35), 1],
    ['😀'.repeat(36), 2],
  ])('%s takes %i segments', (text, segments) => expect(segmentsOf(text)).toBe(segments));

  it('leaves a short text as it is, but for marks that would make it twice as dear', () => {
    expect(smsTextOf('Anna sent you 12.30 EUR')).toBe('Anna sent you 12.30 EUR');
    expect(smsTextOf('You sent −12.30 “lunch”…')).toBe('You sent -12.30 "lunch"...');
    expect(smsTextOf('Аня прислала −12,30 €…')).toBe('Аня прислала −12,30 €…');
  });

  it('cuts a long one, with dots, within a character never', () => {
    const cut = smsTextOf('x'.repeat(1_000));
    expect(cut).toHaveLength(306);
    expect(cut.endsWith('xxx...')).toBe(true);
    expect(smsTextOf('я'.repeat(1_000))).toBe(`${'я'.repeat(133)}…`);
  });

  it('never takes more than two segments, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        const cut = smsTextOf(text);
        expect(segmentsOf(cut)).toBeLessThanOrEqual(2);
        expect(cut).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
