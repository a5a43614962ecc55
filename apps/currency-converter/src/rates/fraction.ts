/**
 * An exact positive rational: what rates are until somebody has to write one down. Floats and decimals of fixed length
 * lose digits in each division, and a cross rate is one.
 */
export class Fraction {
  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  /** @throws {RangeError} unless both are positive. */
  static of(numerator: bigint, denominator = 1n): Fraction {
    if (numerator <= 0n || denominator <= 0n)
      throw new RangeError('A rate is above zero, and so are both its parts');
    const divisor = greatestCommonDivisor(numerator, denominator);
    return new Fraction(numerator / divisor, denominator / divisor);
  }

  /** @param text digits with an optional decimal point, such as `0.85463`. @throws {RangeError} for anything else. */
  static ofDecimal(text: string): Fraction {
    const match = /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text);
    if (!match) throw new RangeError(`"${text}" is not a decimal number`);
    const decimals = match[2] ?? '';
    return Fraction.of(BigInt(`${match[1]}${decimals}`), 10n ** BigInt(decimals.length));
  }

  times(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  dividedBy(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  inverse(): Fraction {
    return Fraction.of(this.denominator, this.numerator);
  }

  equals(other: Fraction): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  isBelow(other: Fraction): boolean {
    return this.numerator * other.denominator < other.numerator * this.denominator;
  }

  /** The whole part of `units × this`: what is left of a fraction belongs to nobody yet. */
  ofUnits(units: bigint): bigint {
    return (units * this.numerator) / this.denominator;
  }

  /** The same, rounded up. */
  ofUnitsRoundedUp(units: bigint): bigint {
    return (units * this.numerator + this.denominator - 1n) / this.denominator;
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
