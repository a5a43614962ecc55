import { MAX_AMOUNT_MINOR, minorUnitExponent } from '@kopeck/contracts';
import { Fraction } from '../rates/fraction.js';

/** Millionths: 5,000 is a margin of half a percent. */
export const MARKUP_SCALE = 1_000_000n;

/** What is agreed on. The customer's rate is `mid × (1 − markup)`; nothing of it is rounded before the amounts are. */
export interface Terms {
  readonly sellCurrency: string;
  readonly buyCurrency: string;
  /** Units of the bought currency that one unit of the sold one costs. */
  readonly mid: Fraction;
  /** The bank's margin, in millionths, from 0 to 999,999. */
  readonly markupMillionths: bigint;
}

/** Where each minor unit of a conversion goes. The position pays what the others get: Σ = 0 in both currencies. */
export interface Conversion {
  /** The customer's debit and the bank's position's credit, in minor units of the sold currency. */
  readonly sellMinor: bigint;
  /** The customer's credit, in minor units of the bought currency, like all that follow. */
  readonly buyMinor: bigint;
  /** The bank's position's debit: what the sold amount is worth at the middle rate, whole units of it. */
  readonly positionMinor: bigint;
  /** The margin, credited to revenue. */
  readonly revenueMinor: bigint;
  /** What is left of whole units when each part is rounded down: credited to the rounding account, never below zero. */
  readonly roundingMinor: bigint;
}

/**
 * Sells exactly this much. The customer gets the whole units of what it's worth less the margin: rounding is never in
 * their favour, so selling and buying back gains nothing.
 *
 * @returns undefined when it's worth less than one unit.
 */
export function sell(terms: Terms, sellMinor: bigint): Conversion | undefined {
  const worth = worthOfMinorUnit(terms);
  const positionMinor = worth.ofUnits(sellMinor);
  const buyMinor = worth.times(customersPart(terms)).ofUnits(sellMinor);
  if (buyMinor < 1n) return undefined;
  const revenueMinor = terms.markupMillionths === 0n ? 0n : worth.times(banksPart(terms)).ofUnits(sellMinor);
  const roundingMinor = positionMinor - buyMinor - revenueMinor;
  return { sellMinor, buyMinor, positionMinor, revenueMinor, roundingMinor };
}

/**
 * Buys exactly this much, for the least amount that is worth it. What the amount is worth beyond, less than the value of
 * one unit of the sold currency, is margin and rounding like anything else.
 */
export function buy(terms: Terms, buyMinor: bigint): Conversion {
  const worth = worthOfMinorUnit(terms);
  const sellMinor = worth.times(customersPart(terms)).inverse().ofUnitsRoundedUp(buyMinor);
  const positionMinor = worth.ofUnits(sellMinor);
  const marginMinor = terms.markupMillionths === 0n ? 0n : worth.times(banksPart(terms)).ofUnits(sellMinor);
  // A minor unit of the sold currency may be worth many of the bought one: the customer gets just what was asked for.
  return {
    sellMinor,
    buyMinor,
    positionMinor,
    revenueMinor: marginMinor,
    roundingMinor: positionMinor - buyMinor - marginMinor,
  };
}

/** Minor units of the bought currency that one minor unit of the sold one is worth at the middle rate. */
function worthOfMinorUnit({ mid, sellCurrency, buyCurrency }: Terms): Fraction {
  const scale = Fraction.of(
    10n ** BigInt(minorUnitExponent(buyCurrency)),
    10n ** BigInt(minorUnitExponent(sellCurrency)),
  );
  return mid.times(scale);
}

function customersPart({ markupMillionths }: Terms): Fraction {
  return Fraction.of(MARKUP_SCALE - markupMillionths, MARKUP_SCALE);
}

function banksPart({ markupMillionths }: Terms): Fraction {
  return Fraction.of(markupMillionths, MARKUP_SCALE);
}

/** Amounts that a transfer may have; a rate can make a modest amount of one currency an impossible one of another. */
export function fitsTransfer({ sellMinor, positionMinor }: Conversion): boolean {
  return sellMinor <= MAX_AMOUNT_MINOR && positionMinor <= MAX_AMOUNT_MINOR;
}
