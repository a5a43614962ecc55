import { minorUnitExponent } from '@kopeck/contracts';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { Fraction } from '../rates/fraction.js';
import { buy, fitsTransfer, MARKUP_SCALE, sell, type Conversion, type Terms } from './conversion.js';

const Exact = Decimal.clone({ precision: 160, toExpNeg: -160, toExpPos: 160 });
/** Zero, two and three decimals. */
const CURRENCIES = ['JPY', 'EUR', 'KWD', 'RUB'] as const;

const terms: fc.Arbitrary<Terms> = fc
  .record({
    sellCurrency: fc.constantFrom(...CURRENCIES),
    buyCurrency: fc.constantFrom(...CURRENCIES),
    numerator: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    denominator: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    markupMillionths: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 999_999n })),
  })
  .map(({ numerator, denominator, ...rest }) => ({ ...rest, mid: Fraction.of(numerator, denominator) }));
const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });

/** Minor units of the bought currency that an amount is worth at the middle rate. */
function worth({ mid, sellCurrency, buyCurrency }: Terms, sellMinor: bigint): Decimal {
  return new Exact(sellMinor.toString())
    .div(new Exact(10).pow(minorUnitExponent(sellCurrency)))
    .times(mid.numerator.toString())
    .div(mid.denominator.toString())
    .times(new Exact(10).pow(minorUnitExponent(buyCurrency)));
}

function expectSound(conversion: Conversion, { markupMillionths, ...rest }: Terms): void {
  const { sellMinor, buyMinor, positionMinor, revenueMinor, roundingMinor } = conversion;
  expect(positionMinor).toBe(buyMinor + revenueMinor + roundingMinor);
  for (const part of [sellMinor, buyMinor]) expect(part).toBeGreaterThan(0n);
  for (const part of [revenueMinor, roundingMinor]) expect(part).toBeGreaterThanOrEqual(0n);
  const value = worth({ markupMillionths, ...rest }, sellMinor);
  const own = value.times((MARKUP_SCALE - markupMillionths).toString()).div(MARKUP_SCALE.toString());
  // The customer never gets more than the amount is worth after the margin, nor the bank pays more than it's worth.
  expect(new Exact(buyMinor.toString()).lte(own.plus('1e-40'))).toBe(true);
  expect(new Exact(positionMinor.toString()).lte(value.plus('1e-40'))).toBe(true);
}

describe('selling', () => {
  it('gives the whole units of what decimal.js says it is worth after the margin', () => {
    fc.assert(
      fc.property(terms, amount, (given, sellMinor) => {
        const conversion = sell(given, sellMinor);
        const own = worth(given, sellMinor)
          .times((MARKUP_SCALE - given.markupMillionths).toString())
          .div(MARKUP_SCALE.toString());
        expect((conversion?.buyMinor ?? 0n).toString()).toBe(own.plus('1e-50').floor().toFixed());
        if (!conversion) return;
        expectSound(conversion, given);
        expect(conversion.sellMinor).toBe(sellMinor);
        expect(conversion.roundingMinor).toBeLessThanOrEqual(1n);
      }),
    );
  });

  it('is refused where nothing is left', () => {
    const given = {
      sellCurrency: 'JPY',
      buyCurrency: 'EUR',
      mid: Fraction.of(1n, 200n),
      markupMillionths: 0n,
    };
    expect(sell(given, 1n)).toBeUndefined();
    expect(sell(given, 2n)).toMatchObject({ buyMinor: 1n });
  });
});

describe('buying', () => {
  it('gives just what was asked for, for the least amount that is worth it', () => {
    fc.assert(
      fc.property(terms, amount, (given, buyMinor) => {
        const conversion = buy(given, buyMinor);
        expect(conversion.buyMinor).toBe(buyMinor);
        expectSound(conversion, given);
        if (conversion.sellMinor === 1n) return;
        const less = sell(given, conversion.sellMinor - 1n);
        expect(less?.buyMinor ?? 0n).toBeLessThan(buyMinor);
      }),
    );
  });
});

it('is an example that one can follow: 100.00 EUR at 96.0077 with half a percent', () => {
  const given = {
    sellCurrency: 'EUR',
    buyCurrency: 'RUB',
    mid: Fraction.of(960_077n, 10_000n),
    markupMillionths: 5_000n,
  };
  expect(sell(given, 10_000n)).toEqual({
    sellMinor: 10_000n,
    buyMinor: 955_276n,
    positionMinor: 960_077n,
    revenueMinor: 4_800n,
    roundingMinor: 1n,
  });
});

it('knows amounts that no transfer can have', () => {
  const given = {
    sellCurrency: 'EUR',
    buyCurrency: 'JPY',
    mid: Fraction.of(10n ** 9n),
    markupMillionths: 0n,
  };
  expect(fitsTransfer(sell(given, 10n ** 8n)!)).toBe(false);
  expect(fitsTransfer(buy({ ...given, mid: Fraction.of(1n, 10n ** 9n) }, 10n ** 9n))).toBe(false);
  expect(fitsTransfer(sell(given, 100n)!)).toBe(true);
});

/** xorshift32: a million draws in no time, and the same for the same seed. */
function drawsOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe('a million conversions there and back', () => {
  const seed = Math.floor(Math.random() * 2 ** 31) + 1;

  it(`create no unit and gain nothing (seed ${seed})`, () => {
    const draw = drawsOf(seed);
    for (let count = 0; count < 500_000; count++) {
      const [a, b] = [CURRENCIES[draw(4)]!, CURRENCIES[draw(4)]!];
      const mid = Fraction.of(BigInt(draw(1_000_000) + 1), BigInt(draw(1_000_000) + 1));
      const markupMillionths = draw(3) === 0 ? 0n : BigInt(draw(50_000));
      const there = { sellCurrency: a, buyCurrency: b, mid, markupMillionths };
      const back = { sellCurrency: b, buyCurrency: a, mid: mid.inverse(), markupMillionths };
      const amountMinor = BigInt(draw(2 ** 30) + 1);
      const first = draw(2) === 0 ? sell(there, amountMinor) : buy(there, amountMinor);
      if (!first) continue;
      const second = sell(back, first.buyMinor);
      const created = [first, second].some(
        (one) =>
          one &&
          (one.positionMinor !== one.buyMinor + one.revenueMinor + one.roundingMinor ||
            one.roundingMinor < 0n),
      );
      if (created || (second && second.buyMinor > first.sellMinor)) {
        throw new Error(
          `seed ${seed}, draw ${count}: ${a} → ${b} → ${a} ${String(first.sellMinor)} → ${String(second?.buyMinor)}`,
        );
      }
      // What bought back exactly would cost is never less than what one has.
      if (draw(4) === 0 && buy(back, first.sellMinor).sellMinor < first.buyMinor) {
        throw new Error(`seed ${seed}, draw ${count}: buying back is too cheap`);
      }
    }
  }, 120_000);
});
