import fc from 'fast-check';
import { RATE } from '@kopeck/contracts';
import { readTypedRate } from './typed-rate.js';

const whole = fc.bigInt({ min: 0n, max: 9_999_999_999n }).map(String);
const decimals = fc.stringMatching(/^\d{1,10}$/);

describe('a rate that somebody typed', () => {
  it('is what was typed, with a point or a comma, in full', () => {
    fc.assert(
      fc.property(whole, decimals, fc.constantFrom('.', ','), (before, after, separator) => {
        fc.pre(after.length !== 3 || before === '0' || before.length > 3);
        const read = readTypedRate(` ${before}${separator}${after} `);
        const rate = `${before}.${after.padEnd(10, '0')}`;
        expect(read).toEqual(/^[0.]+$/.test(rate) ? { ok: false, fault: 'zero' } : { ok: true, rate });
      }),
    );
  });

  it('is never guessed: a thousand or one and a bit', () => {
    for (const typed of ['1,234', '1.234', '92,407', '999.000'])
      expect(readTypedRate(typed)).toEqual({ ok: false, fault: 'ambiguous' });
    expect(readTypedRate('0,109')).toEqual({ ok: true, rate: '0.1090000000' });
    expect(readTypedRate('1234,567')).toEqual({ ok: true, rate: '1234.5670000000' });
  });

  it('is one that may be stored, whatever it was', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.,\s]{0,25}$/)), (typed) => {
        const read = readTypedRate(typed);
        if (read.ok) expect(read.rate).toMatch(RATE);
      }),
    );
  });

  it.each([
    ['', 'missing'],
    ['ninety', 'unreadable'],
    ['-1', 'unreadable'],
    ['1 234,5', 'unreadable'],
    ['1.2.3', 'unreadable'],
    ['1'.repeat(70), 'unreadable'],
    ['12345678901', 'too_many_digits'],
    ['1.00000000001', 'too_many_digits'],
    ['0,00', 'zero'],
  ])('%j is %s', (typed, fault) => expect(readTypedRate(typed)).toEqual({ ok: false, fault }));
});
