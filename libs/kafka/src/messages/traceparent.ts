import { randomFillSync } from 'node:crypto';

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const POOL_BYTES = 240 * (TRACE_ID_BYTES + SPAN_ID_BYTES);

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** A trace of its own for what nothing led to (W3C Trace Context, level 1; not sampled). Drawn from a pool: it's cheap. */
export function newTraceparent(): string {
  if (used >= POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const traceId = pool.toString('hex', used, used + TRACE_ID_BYTES);
  const spanId = pool.toString('hex', used + TRACE_ID_BYTES, used + TRACE_ID_BYTES + SPAN_ID_BYTES);
  used += TRACE_ID_BYTES + SPAN_ID_BYTES;
  return `00-${traceId}-${spanId}-00`;
}
