import { readFileSync } from 'node:fs';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { ECB } from '../feeds/ecb.feed.js';
import { crossRateOf } from './bulletin.js';
import { bulletinOf } from './effective-rates.js';
import { Fraction } from './fraction.js';
import { rateOf, rateTextOf, rateTextRoundedDown, rateTextRoundedUp } from './rate-text.js';

/**
 * decimal.js knows nothing of our code. Quotients here have up to twenty digits before the point and are multiplied by
 * fifteen more: 120 digits leave eighty behind the point.
 */
const Exact = Decimal.clone({
  precision: 120,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -120,
  toExpPos: 120,
});
const positive = fc.bigInt({ min: 1n, max: 10n ** 20n });

function worth({ numerator, denominator }: Fraction): Decimal {
  return new Exact(numerator.toString()).div(denominator.toString());
}

describe('a fraction', () => {
  it('multiplies, divides and inverts exactly', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (a, b, c, d) => {
        const [one, other] = [Fraction.of(a, b), Fraction.of(c, d)];
        expect(one.times(other).equals(Fraction.of(a * c, b * d))).toBe(true);
        expect(one.dividedBy(other).times(other).equals(one)).toBe(true);
        expect(one.inverse().inverse().equals(one)).toBe(true);
        expect(one.isBelow(other)).toBe(a * d < c * b);
      }),
    );
  });

  it('takes whole units of an amount, cut off or rounded up', () => {
    fc.assert(
      fc.property(positive, positive, fc.bigInt({ min: 0n, max: 10n ** 15n }), (a, b, units) => {
        const rate = Fraction.of(a, b);
        const exact = worth(rate).times(units.toString());
        expect(rate.ofUnits(units)).toBe((units * a) / b);
        expect(new Exact(rate.ofUnitsRoundedUp(units).toString()).gte(exact.minus('1e-30'))).toBe(true);
        expect(rate.ofUnitsRoundedUp(units) - rate.ofUnits(units)).toBe((units * a) % b === 0n ? 0n : 1n);
      }),
      // Sixty digits of the oracle were too few for this one.
      { examples: [[42857164631446279811n, 3n, 150816327675960n]] },
    );
  });

  it.each(['', '1.', '.5', '-1', '1e3', '0', '0.00', '1,5', '1'.repeat(21)])('is not made of %p', (text) => {
    expect(() => Fraction.ofDecimal(text)).toThrow(RangeError);
  });
});

describe('the text of a rate', () => {
  it('has ten decimals, half-even, cut off or rounded up as decimal.js does', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const rate = Fraction.of(a, b);
        expect(rateTextOf(rate)).toBe(worth(rate).toFixed(10, Decimal.ROUND_HALF_EVEN));
        expect(rateTextRoundedDown(rate)).toBe(worth(rate).toFixed(10, Decimal.ROUND_DOWN));
        expect(rateTextRoundedUp(rate)).toBe(worth(rate).toFixed(10, Decimal.ROUND_UP));
      }),
    );
  });

  it('is read back as what it says', () => {
    expect(rateOf('92.4071').equals(Fraction.of(924_071n, 10_000n))).toBe(true);
    expect(rateTextOf(rateOf('0.0000000001'))).toBe('0.0000000001');
  });
});

describe('cross rates over all days of the ECB', () => {
  const days = ECB.parse(readFileSync(new URL('../feeds/samples/ecb-history.xml', import.meta.url)));

  it('are 277 days', () => expect(days).toHaveLength(277));

  it('equal what decimal.js computes of the same texts, at ten decimals', () => {
    let compared = 0;
    for (const { asOf, rates } of days) {
      const bulletin = bulletinOf('ecb', asOf, rates);
      const perEuro = new Map(rates.map(({ currency, value }) => [currency, new Exact(value)]));
      perEuro.set('EUR', new Exact(1));
      for (const [base, ofBase] of perEuro) {
        for (const [quote, ofQuote] of perEuro) {
          const wanted = ofQuote.div(ofBase).toFixed(10, Decimal.ROUND_HALF_EVEN);
          const found = rateTextOf(crossRateOf(bulletin, base, quote)!);
          if (found !== wanted) throw new Error(`${asOf} ${base}/${quote}: ${found} instead of ${wanted}`);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(200_000);
  }, 60_000);

  it('are none where the bulletin has not both', () => {
    expect(crossRateOf(bulletinOf('ecb', '2026-09-30', days[0]!.rates), 'EUR', 'RUB')).toBeUndefined();
  });
});
