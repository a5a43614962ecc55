import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FeedFault, type FeedRate } from './rate-feed.js';

/** Feeds have some kilobytes; 90 days of the ECB's have 110. */
export const MAX_FEED_BYTES = 1_000_000;

/** An element: attributes begin with `@`, text is `#text`. */
export type XmlElement = Readonly<Record<string, unknown>>;

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  // Numbers stay as they are written: a float would lose digits.
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
});

/**
 * @param root the name that the outermost element must have: a refusal or a page of HTML comes with status 200 too.
 * @throws {FeedFault}
 */
export function parseXml(text: string, root: string): XmlElement {
  if (text.length > MAX_FEED_BYTES) throw new FeedFault(`it has more than ${MAX_FEED_BYTES} characters`);
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new FeedFault('it declares entities or a document type');
  const check = XMLValidator.validate(text);
  if (check !== true) throw new FeedFault(`it is not whole XML: ${check.err.msg} (line ${check.err.line})`);
  let parsed: Record<string, unknown>;
  try {
    parsed = PARSER.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new FeedFault(`it is not XML: ${(error as Error).message}`);
  }
  const element = parsed[root];
  if (!isElement(element)) {
    throw new FeedFault(`it is <${Object.keys(parsed)[0] ?? 'nothing'}>, not <${root}>`);
  }
  return element;
}

export function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Elements of one name: an array, one alone, or none. */
export function elementsOf(parent: XmlElement, name: string): XmlElement[] {
  const value = parent[name];
  return (Array.isArray(value) ? value : [value]).filter(isElement);
}

/** A comma does for a point; anything but digits around one is refused. @throws {FeedFault} */
export function decimalOf(text: unknown, currency: string): string {
  const value = typeof text === 'string' ? text.trim().replace(',', '.') : '';
  if (!/^\d{1,10}(\.\d{1,10})?$/.test(value))
    throw new FeedFault(`${currency} has no number: "${String(text).slice(0, 40)}"`);
  if (!/[1-9]/.test(value)) throw new FeedFault(`${currency} is zero`);
  return value;
}

/** @throws {FeedFault} */
export function currencyOf(text: unknown): string {
  if (typeof text !== 'string' || !/^[A-Z]{3}$/.test(text)) {
    throw new FeedFault(`"${String(text).slice(0, 40)}" is no currency code`);
  }
  return text;
}

/** @throws {FeedFault} for a day that there is not. */
export function dayOf(year: string, month: string, day: string): string {
  const text = `${year}-${month}-${day}`;
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new FeedFault(`"${text.slice(0, 40)}" is no day`);
  }
  return text;
}

/** @throws {FeedFault} when a currency stands twice, or nothing at all. */
export function eachOnce(rates: FeedRate[]): FeedRate[] {
  if (rates.length === 0) throw new FeedFault('it has no rates');
  const seen = new Set<string>();
  for (const { currency } of rates) {
    if (seen.has(currency)) throw new FeedFault(`${currency} stands in it twice`);
    seen.add(currency);
  }
  return rates;
}
