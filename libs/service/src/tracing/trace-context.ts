import { AsyncLocalStorage } from 'node:async_hooks';
import { randomFillSync } from 'node:crypto';

/** What one request or message is part of (W3C Trace Context, level 1). */
export interface TraceContext {
  /** `00-<trace id>-<span id>-<flags>`: goes on with everything that is sent. */
  readonly traceparent: string;
  readonly traceId: string;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const MAX_HEADER_LENGTH = 200;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

const storage = new AsyncLocalStorage<TraceContext>();

export function currentTrace(): TraceContext | undefined {
  return storage.getStore();
}

/** Runs `work` as a part of the given trace; of a new one when the header is missing or malformed. */
export function runWithTrace<T>(traceparent: string | undefined, work: () => T): T {
  return storage.run(continueTrace(traceparent), work);
}

/** How the transport goes on with a trace: what is sent carries it, what is received continues it. */
export const TRACE_SOURCE = { current: () => currentTrace()?.traceparent, run: runWithTrace };

/** Goes back into a context that events of a socket have left. */
export function runInContext<T>(context: TraceContext, work: () => T): T {
  return storage.run(context, work);
}

/** The same trace with a span of this process. */
export function continueTrace(traceparent: string | undefined): TraceContext {
  const incoming = parseTraceparent(traceparent);
  const traceId = incoming?.traceId ?? randomHex(16);
  return { traceparent: `00-${traceId}-${randomHex(8)}-${incoming?.flags ?? '00'}`, traceId };
}

export function parseTraceparent(header: unknown): { traceId: string; flags: string } | undefined {
  if (typeof header !== 'string' || header.length > MAX_HEADER_LENGTH) return undefined;
  const match = TRACEPARENT.exec(header);
  if (!match || header.startsWith('ff') || match[1] === NO_TRACE || match[2] === NO_SPAN) return undefined;
  return { traceId: match[1]!, flags: match[3]! };
}

const pool = Buffer.alloc(4_096);
let used = pool.length;

/** Random bytes are drawn 4 kB at a time: one by one they cost more than the rest of a request's tracing. */
function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const hex = pool.toString('hex', used, used + bytes);
  used += bytes;
  return hex;
}
