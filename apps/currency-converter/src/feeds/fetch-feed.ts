import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  isBrokenCircuitError,
  retry,
  wrap,
  type IPolicy,
} from 'cockatiel';
import { MAX_FEED_BYTES } from './feed-xml.js';
import { FeedFault } from './rate-feed.js';

/** What the server said about the version it sent, to be asked with next time (RFC 9110, section 13). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type Fetched =
  { readonly kind: 'unchanged' } | ({ readonly kind: 'new'; readonly bytes: Uint8Array } & Validators);

export interface FetchLimits {
  readonly timeoutMs: number;
  /** Tries of one round, the first included. */
  readonly attempts: number;
  readonly firstPauseMs: number;
  /** After so many failed rounds in a row nobody is asked for a while. */
  readonly breakAfter: number;
  readonly breakMs: number;
}

export const FETCH_LIMITS: Omit<FetchLimits, 'timeoutMs'> = {
  attempts: 3,
  firstPauseMs: 500,
  breakAfter: 5,
  breakMs: 60_000,
};

/** Reads one feed, with all its limits; keeps the breaker, so there is one for each feed. */
export class FeedFetcher {
  private readonly policy: IPolicy;
  private readonly breaker;

  constructor(private readonly limits: FetchLimits) {
    const { attempts, firstPauseMs, breakAfter, breakMs } = limits;
    this.breaker = circuitBreaker(handleAll, {
      halfOpenAfter: breakMs,
      breaker: new ConsecutiveBreaker(breakAfter),
    });
    const again = retry(handleAll, {
      maxAttempts: attempts - 1,
      backoff: new ExponentialBackoff({ initialDelay: firstPauseMs, maxDelay: firstPauseMs * 10 }),
    });
    this.policy = wrap(this.breaker, again);
  }

  /** @throws {FeedFault} */
  async fetch(url: string, known: Validators, signal?: AbortSignal): Promise<Fetched> {
    try {
      return await this.policy.execute(() => this.once(url, known), signal);
    } catch (error) {
      if (error instanceof FeedFault) throw error;
      if (isBrokenCircuitError(error))
        throw new FeedFault('it failed too often and is left alone for a while');
      throw new FeedFault(`it could not be read: ${reasonOf(error)}`);
    }
  }

  get isOpen(): boolean {
    return this.breaker.state !== 0;
  }

  private async once(url: string, { etag, lastModified }: Validators): Promise<Fetched> {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(this.limits.timeoutMs),
      redirect: 'follow',
      headers: {
        accept: 'application/xml, text/xml',
        ...(etag !== null && { 'if-none-match': etag }),
        ...(lastModified !== null && { 'if-modified-since': lastModified }),
      },
    });
    if (response.status === 304) return { kind: 'unchanged' };
    if (!response.ok) {
      await response.body?.cancel();
      throw new FeedFault(`the server answers ${response.status}`);
    }
    return {
      kind: 'new',
      bytes: await bytesOf(response),
      etag: response.headers.get('etag'),
      lastModified: response.headers.get('last-modified'),
    };
  }
}

/** No more than fits: a server that never stops sending fills nobody's memory. */
async function bytesOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_FEED_BYTES) throw new FeedFault(`it has more than ${MAX_FEED_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'no answer in time';
  return cause instanceof Error ? cause.message || cause.name : message;
}
