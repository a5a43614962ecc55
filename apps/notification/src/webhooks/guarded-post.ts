import { lookup, Resolver } from 'node:dns/promises';
import {
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

/** What a target answers is read so far, and so long, and thrown away: all that counts is the status. */
const MAX_ANSWER_BYTES = 64 * 1_024;
const ANSWER_WITHIN_MS = 2_000;

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

/** Says which addresses may be connected to, and finds them. */
export interface Guard {
  /** Whether the URL's form is allowed. */
  isUrlAllowed(url: string): boolean;
  isAddressAllowed(address: string): boolean;
  /** All addresses of a name. @throws when it isn't known. */
  resolve(hostname: string): Promise<readonly Resolved[]>;
}

/** The target's address is one that the bank must not connect to. */
export class ForbiddenTarget extends Error {}

export interface Answered {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/**
 * A POST to an address that somebody else chose. The name is resolved once, every address of it has to be allowed, and the
 * connection goes to one that was checked: a second answer of a resolver that changes its mind is never asked for.
 * Redirects are answers like any other.
 *
 * @throws {ForbiddenTarget} and nothing was connected to · whatever the connection throws.
 */
export async function guardedPost(
  url: string,
  { headers, body, signal }: { headers: Readonly<Record<string, string>>; body: string; signal: AbortSignal },
  guard: Guard,
): Promise<Answered> {
  if (!guard.isUrlAllowed(url)) throw new ForbiddenTarget('the form of the address');
  const { protocol, hostname } = new URL(url);
  const checked = await checkedAddress(hostname.replace(/^\[|\]$/g, ''), guard);
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    signal,
    // A connection of its own: one from a pool was checked for another request.
    agent: false,
    lookup: pinnedTo(checked),
    autoSelectFamily: false,
  } as RequestOptions;
  const request = protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
  return answerTo(request, body);
}

/** @throws {ForbiddenTarget} where any of a name's addresses isn't allowed: a mixed answer is a trick. */
async function checkedAddress(host: string, guard: Guard): Promise<Resolved> {
  const family = isIP(host);
  const found = family === 0 ? await guard.resolve(host) : [{ address: host, family }];
  const [first] = found;
  if (first === undefined || !found.every(({ address }) => guard.isAddressAllowed(address))) {
    throw new ForbiddenTarget('the network of the address');
  }
  return first;
}

function pinnedTo({ address, family }: Resolved): LookupFunction {
  return (_hostname, { all }, callback) => {
    if (all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

function answerTo(request: ClientRequest, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      const { statusCode = 0, headers } = response;
      const answered = { status: statusCode, retryAfter: headers['retry-after'] };
      // The answer has come; what happens to the connection afterwards changes nothing.
      readAndForget(response, () => resolve(answered));
    });
    request.end(body);
  });
}

function readAndForget(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  const end = () => {
    clearTimeout(timer);
    response.destroy();
    done();
  };
  const timer = setTimeout(end, ANSWER_WITHIN_MS);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) end();
  });
  response.once('end', end);
  response.once('error', end);
}

/** As the machine has it, its own file of hosts included. */
export function resolveBySystem(hostname: string): Promise<readonly Resolved[]> {
  return lookup(hostname, { all: true });
}

const RESOLVER_LIMITS = { timeout: 2_000, tries: 2 };

/** By DNS alone, beside the few threads that the system's resolver shares: a name server that hangs delays nobody else. */
export async function resolveByDns(hostname: string): Promise<readonly Resolved[]> {
  const resolver = new Resolver(RESOLVER_LIMITS);
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = [
    ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (found.length === 0 && v4.status === 'rejected') throw v4.reason;
  return found;
}
