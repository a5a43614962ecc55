/** Every route of the REST interface starts with this; pages live beside it. */
export const API = 'api/v1';

/** What isn't a page: interfaces for programs, documents about them, and what `libs/service` serves. */
const NO_PAGE = /^\/(api|docs|health|metrics|assets)(\/|\?|$)/;

export function addressOf(path: string): string {
  return `/${API}/${path}`;
}

/**
 * Pages are for people: they have cookies instead of tokens, and errors in words of the person's language instead of
 * problem documents. An address that is neither is a page that isn't there.
 *
 * @param url path, with or without a query.
 */
export function isPageAddress(url: string): boolean {
  return !NO_PAGE.test(url);
}

/** @param url path with or without a query. */
export function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
