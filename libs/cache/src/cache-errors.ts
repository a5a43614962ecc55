/** Redis can't be asked at present. Nothing is known about whether a write arrived; callers decide what to do without. */
export class CacheUnavailable extends Error {
  override readonly name = 'CacheUnavailable';

  constructor(cause: unknown) {
    super(`Redis is not available: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Error replies that speak of the server's state; any other (WRONGTYPE, ERR) is a mistake in a command. */
const SERVER_STATES =
  /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|OOM|MISCONF|NOAUTH|WRONGPASS|BUSY|NOREPLICAS)\b/;

/** What ioredis throws is `CacheUnavailable` unless a command itself was wrong. */
export function asCacheError(error: unknown): unknown {
  if (error instanceof CacheUnavailable) return error;
  if (!(error instanceof Error)) return new CacheUnavailable(error);
  if (error.name === 'ReplyError')
    return SERVER_STATES.test(error.message) ? new CacheUnavailable(error) : error;
  // A mistake in our own code stays one: ioredis reports trouble with plain Errors and its own classes.
  return error instanceof TypeError || error instanceof RangeError ? error : new CacheUnavailable(error);
}

/** For commands sent on `RedisClient` directly: `await orUnavailable(redis.incr(key))`. */
export async function orUnavailable<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw asCacheError(error);
  }
}
