import { untilNextTurn } from '../next-turn.js';

/** The part of kafkajs 2.2.4's `RequestQueue` that the patch reads and replaces. */
export interface RequestQueueInternals {
  pending: unknown[];
  inflight: Map<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>;
  requestTimeout: number;
  enforceRequestTimeout: boolean;
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  requestTimeoutIntervalId: NodeJS.Timeout | undefined;
  isConnected(): boolean;
  destroy(): void;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
  setMaxListeners(limit: number): void;
}

const PATCHED = Symbol.for('kopeck.kafka.idle-timer');
const MIN_DELAY_MS = 10;
const TIMEOUT_CHECK_INTERVAL_MS = 1_000;
/** Each connection that is closed with requests under way waits on the queue once more. */
const MAX_LISTENERS = 100;

/**
 * An idle kafkajs connection arms a timer of about 1 ms again and again: 3.5 to 6.5 % of a core for an idle process, and
 * a TimeoutNegativeWarning on Node 24. Here it's armed only while a request waits or the broker throttles; the check for
 * requests past their timeout runs once instead of ten times a second, for all connections of a process at once.
 *
 * @returns false where kafkajs isn't what this was written for; then it's left alone, and only costs more.
 */
export function patchIdleTimer(queue: { prototype: RequestQueueInternals }): boolean {
  const prototype = queue?.prototype as (RequestQueueInternals & { [PATCHED]?: boolean }) | undefined;
  if (prototype?.[PATCHED]) return true;
  if (
    typeof prototype?.scheduleCheckPendingRequests !== 'function' ||
    typeof prototype.checkPendingRequests !== 'function' ||
    typeof prototype.scheduleRequestTimeoutCheck !== 'function' ||
    typeof prototype.setMaxListeners !== 'function' ||
    !prototype.scheduleCheckPendingRequests.toString().includes('throttleCheckTimeoutId')
  ) {
    return false;
  }
  prototype.scheduleCheckPendingRequests = scheduleCheckPendingRequests;
  prototype.scheduleRequestTimeoutCheck = scheduleRequestTimeoutCheck;
  prototype.setMaxListeners(MAX_LISTENERS);
  prototype[PATCHED] = true;
  return true;
}

function scheduleCheckPendingRequests(this: RequestQueueInternals): void {
  if (this.throttleCheckTimeoutId) return;
  const throttledForMs = this.throttledUntil - Date.now();
  if (this.pending.length === 0 && throttledForMs <= 0) return;
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    Math.max(throttledForMs, MIN_DELAY_MS),
  );
}

function scheduleRequestTimeoutCheck(this: RequestQueueInternals): void {
  if (!this.enforceRequestTimeout) return;
  this.destroy();
  const everyMs = Math.min(this.requestTimeout, TIMEOUT_CHECK_INTERVAL_MS);
  const checkAgain = () => {
    // kafkajs ends it by `clearInterval`, which ends a `setTimeout` as well.
    this.requestTimeoutIntervalId = setTimeout(check, untilNextTurn(everyMs));
  };
  const check = () => {
    const now = Date.now();
    for (const request of this.inflight.values()) {
      if (now - request.sentAt > request.requestTimeout) request.timeoutRequest();
    }
    if (this.isConnected()) checkAgain();
    else this.destroy();
  };
  checkAgain();
}
