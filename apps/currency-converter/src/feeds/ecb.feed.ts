import { currencyOf, dayOf, decimalOf, eachOnce, elementsOf, isElement, parseXml } from './feed-xml.js';
import { FeedFault, type FeedBulletin, type RateFeed } from './rate-feed.js';

/**
 * The European Central Bank's reference rates: units of a currency for one euro, set about 16:00 CET on working days. The
 * daily file and the history have one format. Source: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/
 */
export const ECB: RateFeed = {
  source: 'ecb',
  pivot: 'EUR',
  parse(bytes): FeedBulletin[] {
    const root = parseXml(new TextDecoder('utf-8').decode(bytes), 'Envelope');
    if (!isElement(root.Cube)) throw new FeedFault('it has no <Cube>');
    const bulletins = elementsOf(root.Cube, 'Cube').map((day): FeedBulletin => {
      const [year = '', month = '', date = ''] = String(day['@time']).split('-');
      const rates = elementsOf(day, 'Cube').map((line) => {
        const currency = currencyOf(line['@currency']);
        return { currency, value: decimalOf(line['@rate'], currency), nominal: 1, isInverse: true };
      });
      return { asOf: dayOf(year, month, date), rates: eachOnce(rates) };
    });
    if (bulletins.length === 0) throw new FeedFault('it has no days');
    return bulletins.sort((a, b) => b.asOf.localeCompare(a.asOf));
  },
};
