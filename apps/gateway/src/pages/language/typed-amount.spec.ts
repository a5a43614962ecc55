import 'reflect-metadata';
import fc from 'fast-check';
import { formatAmount, MAX_AMOUNT_MINOR } from '@kopeck/contracts';
import { Formats } from './formats.js';
import { readTypedAmount } from './typed-amount.js';

const CURRENCIES = ['EUR', 'RUB', 'JPY', 'KWD'] as const;
const amounts = fc.tuple(
  fc.bigInt({ min: 1n, max: MAX_AMOUNT_MINOR }),
  fc.constantFrom<(typeof CURRENCIES)[number]>(...CURRENCIES),
);

const read = (text: string, currency = 'EUR') => {
  const amount = readTypedAmount(text, currency);
  return amount.ok ? formatAmount(amount.amountMinor, currency) : amount.fault;
};

/** Groups of three before the decimals. */
const grouped = (text: string, separator: string) => text.replace(/\B(?=(\d{3})+(?!\d))/g, separator);

describe('a typed amount', () => {
  it.each([
    ['1234.56', '1234.56'],
    ['1 234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1\u202f234\u00a0567,8', '1234567.80'],
    ["1'234.50", '1234.50'],
    ['1.234.567', '1234567.00'],
    ['1,234,567.89', '1234567.89'],
    ['12', '12.00'],
    ['12,3', '12.30'],
    ['0,01', '0.01'],
    ['  5 ', '5.00'],
    ['€12', '12.00'],
    ['12 EUR', '12.00'],
  ])('%j is %s', (text, amount) => expect(read(text)).toBe(amount));

  it.each([
    ['', 'missing'],
    ['1,234', 'ambiguous'],
    ['12.345', 'ambiguous'],
    ['0,234', 'too_many_decimals'],
    ['1234.567', 'too_many_decimals'],
    ['0', 'zero'],
    ['0,00', 'zero'],
    ['-5', 'negative'],
    ['−5', 'negative'],
    ['12.', 'unreadable'],
    ['.5', 'unreadable'],
    ['1,2,3', 'unreadable'],
    ['1.2,3.4', 'unreadable'],
    ['12 34', 'unreadable'],
    ['1 234,567.89', 'unreadable'],
    ['twelve', 'unreadable'],
    ['12 USD', 'unreadable'],
    ['1e3', 'unreadable'],
    ['٣', 'unreadable'],
    ['99999999999999999', 'too_large'],
    ['9'.repeat(100), 'unreadable'],
  ])('%j is refused as %s', (text, fault) => expect(read(text)).toBe(fault));

  it.each([
    ['1234', 'JPY', '1234'],
    ['1,234', 'JPY', 'ambiguous'],
    ['12.5', 'JPY', 'too_many_decimals'],
    ['1,234', 'KWD', 'ambiguous'],
    ['1234,567', 'KWD', '1234.567'],
    ['0.234', 'KWD', '0.234'],
  ])('%j %s is %s', (text, currency, outcome) => expect(read(text, currency)).toBe(outcome));

  it('is read back from however a language writes it', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom('en' as const, 'ru' as const), ([minor, currency], language) => {
        const shown = new Formats(language, 'UTC').amountOfMinor(minor, currency);
        const typed = readTypedAmount(shown, currency);
        // `1,234` of a currency without decimals is the one thing that may be either.
        const isAmbiguous = /^[1-9]\d{0,2},\d{3}(?![\d.,])/.test(shown);
        expect(typed).toEqual(
          isAmbiguous ? { ok: false, fault: 'ambiguous' } : { ok: true, amountMinor: minor },
        );
      }),
    );
  });

  it('is the same with any separators that can be told apart', () => {
    const separators = fc.constantFrom(['', '.'], ['', ','], [' ', ','], [' ', '.'], [',', '.'], ['.', ',']);
    fc.assert(
      fc.property(amounts, separators, ([minor, currency], [group, point]) => {
        const [whole = '', decimals] = formatAmount(minor, currency).split('.');
        fc.pre(decimals !== undefined);
        const text = `${grouped(whole, group!)}${point}${decimals}`;
        const typed = readTypedAmount(text, currency);
        const isOneSeparator = !/[., ]/.test(grouped(whole, group!));
        const isAmbiguous = isOneSeparator && decimals!.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
        expect(typed).toEqual(
          isAmbiguous ? { ok: false, fault: 'ambiguous' } : { ok: true, amountMinor: minor },
        );
      }),
    );
  });

  it('is never anything else than what its digits say, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30, unit: fc.constantFrom(...'0123456789., -€') }), (text) => {
        const typed = readTypedAmount(text, 'EUR');
        if (!typed.ok) return;
        const digits = text.replace(/\D/g, '').replace(/^0+/, '');
        expect(typed.amountMinor.toString().replace(/0+$/, '')).toBe(digits.replace(/0+$/, ''));
      }),
    );
  });
});
