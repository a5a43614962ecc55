import {
  ISO_CURRENCIES,
  OFFERED_CURRENCIES,
  isIsoCurrency,
  isOfferedCurrency,
  minorUnitExponent,
} from './currency.js';

/** ECMA-402 takes exponents from CLDR, which gives none to currencies whose coins are out of use. ISO 4217 still does. */
const CLDR_SAYS_ZERO = 'AFN ALL COP HUF IDR IRR KPW LAK LBP MGA MMK PKR SOS SYP YER IQD'.split(' ');
/** In ISO 4217 list one, but not in CLDR's list of codes in use. */
const UNKNOWN_TO_CLDR = ['VED'];
/** Still in CLDR, no longer or never a currency of list one that one can hold. */
const NOT_OURS = 'ANG BGN CUC HRK SLL XDR XSU ZWL'.split(' ');

const cldr = Intl.supportedValuesOf('currency');

function cldrExponent(code: string): number | undefined {
  return new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
    .maximumFractionDigits;
}

describe('the currency table', () => {
  it('knows what CLDR knows, but for the stated exceptions', () => {
    expect(ISO_CURRENCIES.filter((code) => !cldr.includes(code))).toEqual(UNKNOWN_TO_CLDR);
    expect(cldr.filter((code) => !isIsoCurrency(code))).toEqual(NOT_OURS);
  });

  it.each(ISO_CURRENCIES.filter((code) => !CLDR_SAYS_ZERO.includes(code)))(
    'gives %s as many decimals as CLDR does',
    (code) => expect(minorUnitExponent(code)).toBe(cldrExponent(code)),
  );

  it.each(CLDR_SAYS_ZERO)('gives %s the decimals of ISO 4217, where CLDR says none', (code) => {
    expect(cldrExponent(code)).toBe(0);
    expect(minorUnitExponent(code)).toBe(code === 'IQD' ? 3 : 2);
  });

  it('is sorted and says each code once', () => {
    expect([...new Set(ISO_CURRENCIES)].sort()).toEqual(ISO_CURRENCIES);
    for (const code of ISO_CURRENCIES) expect(code).toMatch(/^[A-Z]{3}$/);
  });

  it.each(['eur', 'EURO', '', 'XAU', 'XTS', 'UYI', '__proto__', 'constructor'])(
    'does not know %p',
    (code) => {
      expect(isIsoCurrency(code)).toBe(false);
      expect(isOfferedCurrency(code)).toBe(false);
      expect(() => minorUnitExponent(code)).toThrow(RangeError);
    },
  );

  it('offers currencies of every exponent it scales by', () => {
    expect(OFFERED_CURRENCIES.every(isIsoCurrency)).toBe(true);
    expect(new Set(OFFERED_CURRENCIES.map(minorUnitExponent))).toEqual(new Set([0, 2, 3]));
  });
});
