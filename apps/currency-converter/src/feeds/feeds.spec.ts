import { readFileSync } from 'node:fs';
import { rateTextOf } from '../rates/rate-text.js';
import { bulletinOf } from '../rates/effective-rates.js';
import { BANK_OF_RUSSIA } from './bank-of-russia.feed.js';
import { ECB } from './ecb.feed.js';
import { jumpsOf, refuseAbsurd } from './plausibility.js';
import { FeedFault, type FeedBulletin } from './rate-feed.js';
import { snapshotOf } from './snapshot.js';

const sample = (name: string) => readFileSync(new URL(`./samples/${name}`, import.meta.url));
const bytes = (text: string) => new TextEncoder().encode(text);

const russian = (valutes: string, date = '30.09.2026') =>
  bytes(`<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="${date}" name="x">${valutes}</ValCurs>`);
const valute = (code: string, nominal: string, value: string) =>
  `<Valute><CharCode>${code}</CharCode><Nominal>${nominal}</Nominal><Value>${value}</Value></Valute>`;

describe("the Bank of Russia's feed", () => {
  it('is read as it is: windows-1251, commas, nominals', () => {
    const [bulletin] = BANK_OF_RUSSIA.parse(sample('bank-of-russia-daily.xml')) as [FeedBulletin];
    expect(bulletin.asOf).toBe('2026-09-30');
    expect(bulletin.rates).toHaveLength(29);
    const { pivotPerUnit } = bulletinOf('bank-of-russia', bulletin.asOf, bulletin.rates);
    const text = (currency: string) => rateTextOf(pivotPerUnit.get(currency)!);
    expect(bulletin.rates.find(({ currency }) => currency === 'AUD')).toMatchObject({
      value: '59.3147',
      nominal: 1,
    });
    expect(text('USD')).toBe('84.5085000000');
    // A hundred yen or tenge, ten thousand sum or dong: the price of one.
    for (const { currency, value, nominal } of bulletin.rates) {
      const [whole, decimals = ''] = value.split('.');
      const scaled = BigInt(whole + decimals.padEnd(10, '0')) / BigInt(nominal);
      expect(BigInt(text(currency).replace('.', '')) - scaled).toBeLessThanOrEqual(1n);
    }
    expect(new Set(bulletin.rates.map(({ nominal }) => nominal))).toEqual(new Set([1, 10, 100, 1000, 10000]));
  });

  it.each([
    ['a point instead of a comma', russian(valute('USD', '1', '84.5085'))],
    ['slashes in the date', russian(valute('USD', '1', '84,5085'), '30/09/2026')],
  ])('may have %s', (_, feed) => {
    expect(BANK_OF_RUSSIA.parse(feed)).toEqual([
      { asOf: '2026-09-30', rates: [{ currency: 'USD', value: '84.5085', nominal: 1, isInverse: false }] },
    ]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['a page of HTML', bytes('<html><body>Error</body></html>'), /<html>, not <ValCurs>/],
    ['a refusal', bytes('<?xml version="1.0"?><error>Request denied</error>'), /<error>, not <ValCurs>/],
    ['nothing', bytes(''), /not whole XML|nothing/],
    ['half a file', sample('bank-of-russia-daily.xml').subarray(0, 3_000), /not whole XML/],
    ['no rates', russian(''), /no rates/],
    ['a zero', russian(valute('USD', '1', '0,0000')), /USD is zero/],
    ['a negative price', russian(valute('USD', '1', '-84,5')), /USD has no number/],
    ['words for a price', russian(valute('USD', '1', 'none')), /USD has no number/],
    ['two commas', russian(valute('USD', '1', '1,000,5')), /USD has no number/],
    ['a nominal of zero', russian(valute('USD', '0', '84,5')), /nominal/],
    ['a currency twice', russian(valute('USD', '1', '84,5') + valute('USD', '1', '85,5')), /twice/],
    ['no code', russian(valute('US', '1', '84,5')), /no currency code/],
    ['a day that there is not', russian(valute('USD', '1', '84,5'), '31.02.2026'), /no day/],
    ['no date', russian(valute('USD', '1', '84,5'), ''), /date/],
    [
      'an entity',
      bytes('<!DOCTYPE x [<!ENTITY a "b">]><ValCurs Date="30.09.2026">&a;</ValCurs>'),
      /entities/,
    ],
    ['an encoding nobody knows', bytes('<?xml version="1.0" encoding="klingon"?><ValCurs/>'), /encoding/],
  ])('is refused when it is or has %s', (_, feed, words) => {
    expect(() => BANK_OF_RUSSIA.parse(feed)).toThrow(FeedFault);
    expect(() => BANK_OF_RUSSIA.parse(feed)).toThrow(words);
  });
});

describe("the ECB's feed", () => {
  it('is read as it is, a day or many, the newest first', () => {
    const [day] = ECB.parse(sample('ecb-daily.xml')) as [FeedBulletin];
    expect(day.asOf).toBe('2026-09-30');
    expect(day.rates).toContainEqual({ currency: 'USD', value: '1.1355', nominal: 1, isInverse: true });
    const days = ECB.parse(sample('ecb-history.xml'));
    expect(days[0]).toEqual(day);
    expect(days.map(({ asOf }) => asOf)).toEqual(
      days
        .map(({ asOf }) => asOf)
        .sort()
        .reverse(),
    );
  });

  it.each<[string, string]>([
    ['a page of HTML', '<html></html>'],
    ['no days', '<Envelope><Cube></Cube></Envelope>'],
    ['no rates', "<Envelope><Cube><Cube time='2026-09-30'></Cube></Cube></Envelope>"],
    [
      'a zero',
      "<Envelope><Cube><Cube time='2026-09-30'><Cube currency='USD' rate='0'/></Cube></Cube></Envelope>",
    ],
    ['no day', "<Envelope><Cube><Cube time='soon'><Cube currency='USD' rate='1'/></Cube></Cube></Envelope>"],
  ])('is refused when it is or has %s', (_, feed) => {
    expect(() => ECB.parse(bytes(feed))).toThrow(FeedFault);
  });
});

describe('plausibility', () => {
  const [said] = BANK_OF_RUSSIA.parse(sample('bank-of-russia-daily.xml')) as [FeedBulletin];
  const current = bulletinOf('bank-of-russia', said.asOf, said.rates);
  const changed = (currency: string, factor: bigint, asOf = said.asOf) =>
    bulletinOf(
      'bank-of-russia',
      asOf,
      said.rates.map((rate) =>
        rate.currency === currency
          ? { ...rate, value: (Number(rate.value) * (Number(factor) / 100)).toFixed(4) }
          : rate,
      ),
    );

  it('takes the same again, and the next days', () => {
    expect(() => refuseAbsurd(current, current, '2026-09-30')).not.toThrow();
    expect(() => refuseAbsurd(changed('USD', 101n, '2026-10-06'), current, '2026-09-30')).not.toThrow();
  });

  it.each<[string, () => void, RegExp]>([
    [
      'a day long ahead',
      () => refuseAbsurd(changed('USD', 100n, '2026-10-20'), current, '2026-09-30'),
      /ahead/,
    ],
    [
      'a day gone by',
      () => refuseAbsurd(changed('USD', 100n, '2026-09-29'), current, '2026-09-30'),
      /known already/,
    ],
    [
      'a currency gone',
      () =>
        refuseAbsurd(
          bulletinOf(
            'bank-of-russia',
            said.asOf,
            said.rates.filter(({ currency }) => currency !== 'USD'),
          ),
          current,
          said.asOf,
        ),
      /USD is not in it/,
    ],
    [
      'four rates',
      () =>
        refuseAbsurd(bulletinOf('bank-of-russia', said.asOf, said.rates.slice(0, 4)), undefined, said.asOf),
      /4 rates/,
    ],
    [
      'a price beyond reason',
      () =>
        refuseAbsurd(
          bulletinOf('bank-of-russia', said.asOf, [
            ...said.rates.slice(0, 9),
            { currency: 'XXX', value: '9999999999', nominal: 1, isInverse: false },
          ]),
          undefined,
          said.asOf,
        ),
      /absurd/,
    ],
  ])('refuses %s', (_, work, words) => {
    expect(work).toThrow(words);
  });

  it('tells what jumped, either way, and not what moved as far as it may', () => {
    expect(jumpsOf(changed('USD', 109n), current, 10)).toEqual([]);
    expect(jumpsOf(changed('USD', 111n), current, 10)).toMatchObject([
      { currency: 'USD', oldRate: '84.5085000000' },
    ]);
    expect(jumpsOf(changed('USD', 89n), current, 10)).toMatchObject([{ currency: 'USD' }]);
    expect(jumpsOf(changed('USD', 1n), current, 100)).toEqual([]);
  });
});

describe('the shipped snapshot', () => {
  it('is what the samples say', () => {
    const [newest] = snapshotOf('ecb');
    const [day] = ECB.parse(sample('ecb-daily.xml'));
    expect(snapshotOf('ecb')).toHaveLength(277);
    for (const rate of newest!.rates) expect(day!.rates).toContainEqual(rate);
    expect(snapshotOf('bank-of-russia')).toEqual(BANK_OF_RUSSIA.parse(sample('bank-of-russia-daily.xml')));
  });
});
