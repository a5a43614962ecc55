import { hash, randomBytes } from 'node:crypto';
import { uuidV5, type Role } from '@kopeck/contracts';
import type { FastifyRequest } from 'fastify';

/** A session ends after so long without a request. */
export const IDLE_MS = 30 * 60_000;
/** A session ends so long after sign-in, used or not. */
export const ABSOLUTE_MS = 12 * 3_600_000;
/** How old the last written use may get: a write a minute instead of one a request. */
export const REFRESH_AFTER_MS = 60_000;
/** Sessions one customer may have at a time; the oldest goes when another begins. */
export const MAX_SESSIONS_PER_CUSTOMER = 20;

/** Namespace of the ids by which people name their sessions; changing it only gives open sessions other ids. */
const SESSION_ID_NAMESPACE = '0b6f4c1e-8d27-4a95-b3f0-57e91c2da688';
const TOKEN_BYTES = 32;
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** What Redis keeps of a session. */
export interface Session {
  readonly customerId: string;
  readonly role: Role;
  /** Epoch milliseconds of its absolute end. */
  readonly endsAtMs: number;
  /** Epoch milliseconds of the last written use. */
  readonly usedAtMs: number;
  /** Epoch milliseconds of the sign-in; sessions of before this was kept don't have it. */
  readonly startedAtMs?: number;
  /** `Firefox on Windows`; absent where nobody knows. */
  readonly device?: string;
}

/** A session found, with the hash that Redis knows it by: the token itself is kept nowhere. */
export interface CurrentSession extends Session {
  readonly tokenHash: string;
}

/** A request that the access guard let through on a route which needs a session. */
export interface SignedInRequest extends FastifyRequest {
  session: CurrentSession;
}

/** 256 random bits: nothing to guess and nothing in it to read. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** A token is random and long, so one round of SHA-256 is enough to make a stolen Redis dump useless. */
export function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** The token of an `Authorization: Bearer` header (RFC 6750); undefined for anything that can't be one of ours. */
export function bearerTokenOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.slice(0, 7).toLowerCase() !== 'bearer ') return undefined;
  const token = authorization.slice(7).trim();
  return TOKEN_SHAPE.test(token) ? token : undefined;
}

/**
 * By which its owner names a session in lists and addresses. Made of the hash, so that it needs no place of its own, and
 * one-way like it: whoever sees it can neither find the session in Redis nor use it.
 */
export function sessionIdOf({ tokenHash }: Pick<CurrentSession, 'tokenHash'>): string {
  return uuidV5(SESSION_ID_NAMESPACE, tokenHash);
}

export function startedAtMsOf({ startedAtMs, endsAtMs }: Session): number {
  return startedAtMs ?? endsAtMs - ABSOLUTE_MS;
}

/** How long the session lives from now on without another request. */
export function timeToLiveMs(session: Session, nowMs: number): number {
  return Math.min(IDLE_MS, session.endsAtMs - nowMs);
}
