import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { formatAmount, MAX_AMOUNT_MINOR, parseAmount } from './money.js';

/** decimal.js knows nothing of our code: what it says an amount is worth is what we must read and write. */
const Exact = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });

const CURRENCIES = { 0: 'JPY', 2: 'EUR', 3: 'KWD' } as const;
const exponent = fc.constantFrom(0 as const, 2 as const, 3 as const);
const minor = fc.bigInt({ min: 1n, max: MAX_AMOUNT_MINOR });

function worth(amountMinor: bigint, decimals: number): Decimal {
  return new Exact(amountMinor.toString()).div(new Exact(10).pow(decimals));
}

describe('formatAmount', () => {
  it('writes what decimal.js writes, either sign, any size of a bigint column', () => {
    const any = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(any, exponent, (amountMinor, decimals) => {
        expect(formatAmount(amountMinor, CURRENCIES[decimals])).toBe(
          worth(amountMinor, decimals).toFixed(decimals),
        );
      }),
    );
  });

  it.each([
    [0n, 'EUR', '0.00'],
    [5n, 'EUR', '0.05'],
    [-5n, 'EUR', '-0.05'],
    [123450n, 'EUR', '1234.50'],
    [7n, 'KWD', '0.007'],
    [0n, 'JPY', '0'],
    [-120n, 'JPY', '-120'],
  ])('writes %p %s as %s', (amountMinor, currency, text) =>
    expect(formatAmount(amountMinor, currency)).toBe(text),
  );

  it('does not guess the decimals of a currency it does not know', () => {
    expect(() => formatAmount(1n, 'ABC')).toThrow(/not an ISO 4217/);
  });
});

describe('parseAmount', () => {
  it('reads back what formatAmount writes', () => {
    fc.assert(
      fc.property(minor, exponent, (amountMinor, decimals) => {
        const currency = CURRENCIES[decimals];
        expect(parseAmount(formatAmount(amountMinor, currency), currency)).toEqual({
          ok: true,
          money: { amountMinor, currency },
        });
      }),
    );
  });

  it('takes exactly the numbers that decimal.js says are worth a whole, positive number of minor units', () => {
    const digits = fc.stringMatching(/^\d{1,18}$/);
    const written = fc.tuple(digits, fc.option(fc.stringMatching(/^\d{1,5}$/))).map((parts) => {
      return parts[1] === null ? parts[0] : parts.join('.');
    });
    fc.assert(
      fc.property(written, exponent, (text, decimals) => {
        const parsed = parseAmount(text, CURRENCIES[decimals]);
        const scaled = new Exact(text).times(new Exact(10).pow(decimals));
        const canonical = text === worth(BigInt(scaled.trunc().toFixed(0)), decimals).toFixed(decimals);
        const allowed = canonical && scaled.gt(0) && scaled.lte(MAX_AMOUNT_MINOR.toString());
        expect(parsed.ok).toBe(allowed);
        if (parsed.ok) expect(parsed.money.amountMinor.toString()).toBe(scaled.toFixed(0));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses every text that is not a decimal number, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parsed = parseAmount(text, 'EUR');
        if (!/^\d+\.\d\d$/.test(text)) expect(parsed).toMatchObject({ ok: false });
      }),
    );
  });

  it.each([
    ['1.0', 'EUR'],
    ['1.000', 'EUR'],
    ['1', 'EUR'],
    ['1.', 'EUR'],
    ['.50', 'EUR'],
    ['01.50', 'EUR'],
    ['+1.50', 'EUR'],
    ['-1.50', 'EUR'],
    ['1e2', 'EUR'],
    ['0x10', 'JPY'],
    ['1,50', 'EUR'],
    ['1 000.00', 'EUR'],
    ['1.50\n', 'EUR'],
    [' 1.50', 'EUR'],
    ['１.50', 'EUR'],
    ['NaN', 'EUR'],
    ['Infinity', 'JPY'],
    ['', 'JPY'],
    ['1.0', 'JPY'],
    ['1.23', 'KWD'],
  ])('refuses %p %s and says what it should look like', (text, currency) => {
    const sample = { EUR: '1234.50', JPY: '1234', KWD: '1234.500' }[currency];
    expect(parseAmount(text, currency)).toMatchObject({
      ok: false,
      fault: { code: 'invalid_amount', detail: expect.stringContaining(`such as "${sample}"`) },
    });
  });

  it.each([12.5, 1, 0n, null, undefined, {}, [], ['1.50'], true])(
    'refuses %p for not being a string',
    (value) => {
      expect(parseAmount(value, 'EUR')).toMatchObject({
        ok: false,
        fault: { code: 'invalid_amount', detail: expect.stringContaining(`not a ${typeof value}`) },
      });
    },
  );

  it.each([undefined, null, 978, 'eur', 'XXX', ''])('refuses the currency %p', (currency) => {
    expect(parseAmount('1.50', currency)).toMatchObject({ ok: false, fault: { code: 'unknown_currency' } });
  });

  it('says zero, too little and too much in words', () => {
    expect(parseAmount('0.00', 'EUR')).toMatchObject({
      fault: { detail: 'amount must be greater than zero' },
    });
    expect(parseAmount('9999999999999.99', 'EUR')).toMatchObject({ ok: true });
    expect(parseAmount('10000000000000.00', 'EUR')).toMatchObject({
      fault: { detail: 'amount must be at most 9999999999999.99' },
    });
    expect(parseAmount('1000000000000000', 'JPY')).toMatchObject({
      fault: { detail: 'amount must be at most 999999999999999' },
    });
  });
});
