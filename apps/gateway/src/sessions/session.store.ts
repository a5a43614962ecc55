import { Inject, Injectable, Logger } from '@nestjs/common';
import { orUnavailable, RedisClient } from '@kopeck/cache';
import type { CustomerView } from '@kopeck/contracts';
import {
  ABSOLUTE_MS,
  MAX_SESSIONS_PER_CUSTOMER,
  REFRESH_AFTER_MS,
  hashOf,
  newToken,
  timeToLiveMs,
  type CurrentSession,
  type Session,
} from './session.js';

/**
 * Writes the session, lists it under its customer, drops ended ones from the list and the oldest above the limit. One
 * script, so that a sign-out everywhere sees a session either listed or not at all.
 * KEYS: session, list. ARGV: session JSON, its ttl, its hash, its end, now, most sessions, key prefix, list ttl.
 */
const BEGIN = `
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[5])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[8])
local above = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[6])
if above > 0 then
  for _, hash in ipairs(redis.call('ZRANGE', KEYS[2], 0, above - 1)) do redis.call('DEL', ARGV[7] .. hash) end
  redis.call('ZREMRANGEBYRANK', KEYS[2], 0, above - 1)
end
return 1`;

/** KEYS: list. ARGV: key prefix. Returns how many sessions ended. */
const END_ALL = `
local hashes = redis.call('ZRANGE', KEYS[1], 0, -1)
for _, hash in ipairs(hashes) do redis.call('DEL', ARGV[1] .. hash) end
redis.call('DEL', KEYS[1])
return #hashes`;

const SESSION = 'session:';
const LIST = 'sessions:';

/** Opaque sessions in Redis, found by the SHA-256 of their token: one GET a request. */
@Injectable()
export class SessionStore {
  private readonly logger = new Logger(SessionStore.name);

  constructor(@Inject(RedisClient) private readonly redis: RedisClient) {}

  async begin(customer: CustomerView): Promise<{ token: string; endsAtMs: number }> {
    const token = newToken();
    const tokenHash = hashOf(token);
    const nowMs = Date.now();
    const endsAtMs = nowMs + ABSOLUTE_MS;
    const session: Session = {
      customerId: customer.customerId,
      role: customer.role,
      endsAtMs,
      usedAtMs: nowMs,
    };
    const written = this.redis.eval(
      BEGIN,
      2,
      SESSION + tokenHash,
      LIST + customer.customerId,
      JSON.stringify(session),
      timeToLiveMs(session, nowMs),
      tokenHash,
      endsAtMs,
      nowMs,
      MAX_SESSIONS_PER_CUSTOMER,
      SESSION,
      ABSOLUTE_MS,
    );
    await orUnavailable(written);
    return { token, endsAtMs };
  }

  async find(token: string): Promise<CurrentSession | undefined> {
    const tokenHash = hashOf(token);
    const stored = await orUnavailable(this.redis.get(SESSION + tokenHash));
    if (stored === null) return undefined;
    const session = JSON.parse(stored) as Session;
    const nowMs = Date.now();
    if (session.endsAtMs <= nowMs) return undefined;
    if (nowMs - session.usedAtMs > REFRESH_AFTER_MS) this.refresh(tokenHash, session, nowMs);
    return { ...session, tokenHash };
  }

  async end(session: CurrentSession): Promise<void> {
    await orUnavailable(
      Promise.all([
        this.redis.del(SESSION + session.tokenHash),
        this.redis.zrem(LIST + session.customerId, session.tokenHash),
      ]),
    );
  }

  /** Ends every session of a customer. @returns how many. */
  async endAll(customerId: string): Promise<number> {
    return Number(await orUnavailable(this.redis.eval(END_ALL, 1, LIST + customerId, SESSION)));
  }

  /** Not waited for; `XX` keeps a session that was revoked in the meantime from coming back. */
  private refresh(tokenHash: string, session: Session, nowMs: number): void {
    const used = JSON.stringify({ ...session, usedAtMs: nowMs });
    this.redis
      .set(SESSION + tokenHash, used, 'PX', timeToLiveMs(session, nowMs), 'XX')
      .catch((error: unknown) => {
        this.logger.warn(`A session's last use could not be written: ${String(error)}`);
      });
  }
}
