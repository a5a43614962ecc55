import { currencyOf, dayOf, decimalOf, eachOnce, elementsOf, parseXml } from './feed-xml.js';
import { FeedFault, type FeedBulletin, type FeedRate, type RateFeed } from './rate-feed.js';

/**
 * The Bank of Russia's official rates: `XML_daily.asp`, windows-1251, decimal commas, rubles for `Nominal` units, set for
 * `Date`, which on a Sunday is Saturday's. Source: https://www.cbr.ru/development/sxml/
 */
export const BANK_OF_RUSSIA: RateFeed = {
  source: 'bank-of-russia',
  pivot: 'RUB',
  parse(bytes): FeedBulletin[] {
    const root = parseXml(textOf(bytes), 'ValCurs');
    const rates = elementsOf(root, 'Valute').map((valute): FeedRate => {
      const currency = currencyOf(valute.CharCode);
      return {
        currency,
        value: decimalOf(valute.Value, currency),
        nominal: nominalOf(valute.Nominal, currency),
        isInverse: false,
      };
    });
    return [{ asOf: asOfOf(root['@Date']), rates: eachOnce(rates) }];
  },
};

/** Letters outside ASCII stand in names only, which nobody reads; still, what is read is what was written. */
function textOf(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const encoding = /encoding="([\w-]{1,20})"/i.exec(head)?.[1] ?? 'windows-1251';
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw new FeedFault(`it is in an unknown encoding, "${encoding}"`);
  }
}

function asOfOf(date: unknown): string {
  const match = /^(\d{2})[./](\d{2})[./](\d{4})$/.exec(String(date));
  if (!match) throw new FeedFault(`its date is "${String(date).slice(0, 40)}"`);
  return dayOf(match[3]!, match[2]!, match[1]!);
}

function nominalOf(text: unknown, currency: string): number {
  if (typeof text !== 'string' || !/^[1-9]\d{0,8}$/.test(text)) {
    throw new FeedFault(`${currency} has the nominal "${String(text).slice(0, 40)}"`);
  }
  return Number(text);
}
