import type { RateSource } from '@kopeck/contracts';
import { Fraction } from './fraction.js';

/** One source's rates for one day. */
export interface Bulletin {
  readonly source: RateSource;
  /** The day the rates are set for, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The currency that all rates are given in. */
  readonly pivot: string;
  /** Units of the pivot that one unit of a currency costs; the pivot itself is not among them. */
  readonly pivotPerUnit: ReadonlyMap<string, Fraction>;
}

/**
 * What one unit of `base` costs in `quote`: by one pivot of one source and one day, so that rates of different origin
 * never meet in one number.
 *
 * @returns undefined when the bulletin doesn't have one of them.
 */
export function crossRateOf(bulletin: Bulletin, base: string, quote: string): Fraction | undefined {
  const baseInPivot = inPivot(bulletin, base);
  const quoteInPivot = inPivot(bulletin, quote);
  if (!baseInPivot || !quoteInPivot) return undefined;
  return baseInPivot.dividedBy(quoteInPivot);
}

const ONE = Fraction.of(1n);

function inPivot({ pivot, pivotPerUnit }: Bulletin, currency: string): Fraction | undefined {
  return currency === pivot ? ONE : pivotPerUnit.get(currency);
}
