import { Inject, Injectable, Logger } from '@nestjs/common';
import { orUnavailable, RedisClient } from '@kopeck/cache';
import type { CustomerView } from '@kopeck/contracts';
import {
  ABSOLUTE_MS,
  MAX_SESSIONS_PER_CUSTOMER,
  REFRESH_AFTER_MS,
  hashOf,
  newToken,
  sessionIdOf,
  timeToLiveMs,
  type CurrentSession,
  type Session,
} from './session.js';
import { SessionLookups } from './session-lookups.js';

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
/** Keys of one MGET: more would hold up everybody else's. */
const LOOK_AT_ONCE = 500;

/** What was ended on purpose. */
export interface SessionsEnded {
  readonly customerId: string;
  /** Absent: all of the customer's. */
  readonly tokenHash?: string;
}

/** Opaque sessions in Redis, found by the SHA-256 of their token: looked up for each request, those of a turn together. */
@Injectable()
export class SessionStore {
  private readonly logger = new Logger(SessionStore.name);
  private readonly endListeners: ((ended: SessionsEnded) => void)[] = [];
  private readonly lookups = new SessionLookups((tokenHashes) => this.stored(tokenHashes), LOOK_AT_ONCE);

  constructor(@Inject(RedisClient) private readonly redis: RedisClient) {}

  /** Tells of every end on purpose at this instance: what is open for a session closes with it. */
  onEnd(listener: (ended: SessionsEnded) => void): void {
    this.endListeners.push(listener);
  }

  /** @param device what the person was seen to use, if anybody knows. */
  async begin(customer: CustomerView, device?: string): Promise<{ token: string; endsAtMs: number }> {
    const token = newToken();
    const tokenHash = hashOf(token);
    const nowMs = Date.now();
    const endsAtMs = nowMs + ABSOLUTE_MS;
    const session: Session = {
      customerId: customer.customerId,
      role: customer.role,
      endsAtMs,
      usedAtMs: nowMs,
      startedAtMs: nowMs,
      device,
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
    const stored = await this.lookups.find(tokenHash);
    const nowMs = Date.now();
    const session = liveSessionOf(stored, nowMs);
    if (!session) return undefined;
    if (nowMs - session.usedAtMs > REFRESH_AFTER_MS) this.refresh(tokenHash, session, nowMs);
    return { ...session, tokenHash };
  }

  /** A customer's sessions that still work, the one used last first. Looking at them is no use of them. */
  async list(customerId: string): Promise<CurrentSession[]> {
    const hashes = await orUnavailable(this.redis.zrange(LIST + customerId, 0, -1));
    const sessions = [...(await this.look(hashes))].map(([tokenHash, session]) => ({
      ...session,
      tokenHash,
    }));
    return sessions.sort((a, b) => b.usedAtMs - a.usedAtMs);
  }

  /** @returns which of the sessions still work. Looking at them is no use of them: an open page keeps none alive. */
  async liveOf(tokenHashes: readonly string[]): Promise<ReadonlySet<string>> {
    const live = new Set<string>();
    for (let at = 0; at < tokenHashes.length; at += LOOK_AT_ONCE) {
      const sessions = await this.look(tokenHashes.slice(at, at + LOOK_AT_ONCE));
      for (const tokenHash of sessions.keys()) live.add(tokenHash);
    }
    return live;
  }

  async end(session: CurrentSession): Promise<void> {
    await orUnavailable(
      Promise.all([
        this.redis.del(SESSION + session.tokenHash),
        this.redis.zrem(LIST + session.customerId, session.tokenHash),
      ]),
    );
    this.tell({ customerId: session.customerId, tokenHash: session.tokenHash });
  }

  /** Ends one session of a customer by the id it's listed with. @returns false when the customer has no such session. */
  async endOne(customerId: string, sessionId: string): Promise<boolean> {
    const session = (await this.list(customerId)).find((one) => sessionIdOf(one) === sessionId);
    if (session) await this.end(session);
    return session !== undefined;
  }

  /** Ends every session of a customer. @returns how many. */
  async endAll(customerId: string): Promise<number> {
    const ended = Number(await orUnavailable(this.redis.eval(END_ALL, 1, LIST + customerId, SESSION)));
    this.tell({ customerId });
    return ended;
  }

  private tell(ended: SessionsEnded): void {
    for (const listener of this.endListeners) listener(ended);
  }

  private async look(tokenHashes: readonly string[]): Promise<Map<string, Session>> {
    if (tokenHashes.length === 0) return new Map();
    const stored = await this.stored(tokenHashes);
    const nowMs = Date.now();
    return new Map(
      [...stored].flatMap(([tokenHash, text]) => {
        const session = liveSessionOf(text, nowMs);
        return session ? [[tokenHash, session]] : [];
      }),
    );
  }

  private async stored(tokenHashes: readonly string[]): Promise<Map<string, string>> {
    const texts = await this.redis.getNow(tokenHashes.map((hash) => SESSION + hash));
    const stored = new Map<string, string>();
    for (const [index, text] of texts.entries()) if (text !== null) stored.set(tokenHashes[index]!, text);
    return stored;
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

function liveSessionOf(stored: string | undefined, nowMs: number): Session | undefined {
  if (stored === undefined) return undefined;
  const session = JSON.parse(stored) as Session;
  return session.endsAtMs > nowMs ? session : undefined;
}
