import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a form was sent by one of our own pages, as far as the browser says. `Sec-Fetch-Site` can't be forged by a page;
 * browsers send it where the connection is trustworthy. Without it `Origin` has to name this very host. With neither
 * it isn't a browser, and forms are for browsers.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, host: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return hostOf(headers.origin) === host.toLowerCase();
}

function hostOf(origin: string | undefined): string | undefined {
  if (origin === undefined || !URL.canParse(origin)) return undefined;
  const { protocol, host } = new URL(origin);
  return protocol === 'http:' || protocol === 'https:' ? host : undefined;
}
