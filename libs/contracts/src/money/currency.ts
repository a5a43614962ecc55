/**
 * ISO 4217 active currencies and their minor-unit exponents: the one table every amount in the system is scaled by.
 *
 * Source: ISO 4217:2015, list one (maintained by SIX), as amended up to 2026-01. Funds codes, metals and testing
 * codes (UYI, XAU, XDR, XTS…) are left out: nobody holds an account in them.
 */
const CODES_BY_EXPONENT: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC ' +
    'CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR ' +
    'JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD ' +
    'NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN ' +
    'SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

const EXPONENT_BY_CODE: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_EXPONENT).flatMap(([exponent, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(exponent)]),
  ),
);

/** Every ISO 4217 code the system can scale, sorted. */
export const ISO_CURRENCIES: readonly string[] = [...EXPONENT_BY_CODE.keys()].sort();

/** Currencies in which the bank opens accounts. Each has its own system accounts, created by the ledger's migrations. */
export const OFFERED_CURRENCIES = ['RUB', 'USD', 'EUR', 'GBP', 'CNY', 'JPY', 'KZT', 'KWD'] as const;

export type OfferedCurrency = (typeof OFFERED_CURRENCIES)[number];

export function isIsoCurrency(code: string): boolean {
  return EXPONENT_BY_CODE.has(code);
}

export function isOfferedCurrency(code: string): code is OfferedCurrency {
  return (OFFERED_CURRENCIES as readonly string[]).includes(code);
}

/**
 * How many decimals a currency's amounts have (JPY 0, EUR 2, KWD 3).
 *
 * @throws {RangeError} when the code isn't in the ISO 4217 table. Check with {@link isIsoCurrency} first.
 */
export function minorUnitExponent(code: string): number {
  const exponent = EXPONENT_BY_CODE.get(code);
  if (exponent === undefined) throw new RangeError(`"${code}" is not an ISO 4217 currency code`);
  return exponent;
}
