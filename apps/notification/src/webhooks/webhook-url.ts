import { WEBHOOK_URL_MAX_LENGTH } from '@kopeck/contracts';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.js';

/** Names that never mean a host on the internet (RFC 6761, RFC 6762, RFC 8375, and what clouds call their own). */
const INSIDE =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|test|invalid|onion)$/;

/**
 * The form of an address that the bank may send to; what its name resolves to is looked at when something is sent.
 *
 * @param isStrict only https on port 443, and no host inside a network. Otherwise any host and port, for trying things out.
 * @returns a sentence; undefined when all is well.
 */
export function faultOfWebhookUrl(text: string, isStrict: boolean): string | undefined {
  if (!URL.canParse(text)) return 'url must be an address such as https://shop.example/hooks';
  // The parser turns decimal, octal, hexadecimal and full-width hosts into plain ones: those are what is looked at.
  const { protocol, username, password, port, hash, hostname, href } = new URL(text);
  if (href.length > WEBHOOK_URL_MAX_LENGTH)
    return `url must have ${WEBHOOK_URL_MAX_LENGTH} characters at most`;
  if (username !== '' || password !== '') return 'url must hold no user name and no password';
  if (hash !== '') return 'url must end before the #';
  if (protocol !== 'https:' && protocol !== 'http:') return 'url must begin with https://';
  if (!isStrict) return undefined;
  if (protocol !== 'https:') return 'url must begin with https://';
  if (port !== '') return 'url must use port 443';
  return isInternetHost(hostname) ? undefined : 'url must name a host on the internet';
}

function isInternetHost(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0) return isPublicAddress(address);
  const name = hostname.replace(/\.$/, '').toLowerCase();
  return name.includes('.') && !INSIDE.test(name);
}
