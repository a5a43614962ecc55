import { refusal, type Refusal } from '@kopeck/contracts';

/** What is known of somebody's telephone number. */
export interface PhoneState {
  /** Null once it was forgotten. */
  readonly phone: string | null;
  readonly confirmedAt: Date | null;
  readonly codeHash: string | null;
  readonly codeExpiresAt: Date | null;
  readonly wrongCodes: number;
  readonly codesSent: number;
  readonly lastCodeAt: Date | null;
}

export const MAX_WRONG_CODES = 5;
export const MAX_CODES_A_DAY = 5;
export const PHONE_CODE_TTL_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Whether a code may be sent, and the how-manieth of its day it is. The count begins anew a day after the last one.
 *
 * @param sentToNumber codes that others had sent to the same number within a day: nobody's telephone is to be flooded.
 */
export function nextCodeOf(
  state: PhoneState | undefined,
  sentToNumber: number,
  now: Date,
): { readonly codesSent: number } | Refusal {
  const sinceMs = state?.lastCodeAt ? now.getTime() - state.lastCodeAt.getTime() : Infinity;
  const sentToday = sinceMs < DAY_MS ? (state?.codesSent ?? 0) : 0;
  if (sentToday < MAX_CODES_A_DAY && sentToNumber < MAX_CODES_A_DAY) return { codesSent: sentToday + 1 };
  const waitMs = sinceMs < DAY_MS ? DAY_MS - sinceMs : DAY_MS;
  return refusal(
    'rate_limited',
    `No more than ${MAX_CODES_A_DAY} codes a day are sent. Try again tomorrow.`,
    {
      retryAfterSeconds: Math.ceil(waitMs / 1_000),
    },
  );
}

/** Why no code can confirm the number now; undefined when one may. */
export function codeFaultOf(state: PhoneState | undefined, now: Date): Refusal | undefined {
  if (!state || state.phone === null || state.codeHash === null) {
    return refusal('state_conflict', 'There is no code to confirm. Ask for a new one.');
  }
  if (state.wrongCodes >= MAX_WRONG_CODES) {
    return refusal('state_conflict', 'The code was wrong too often. Ask for a new one.');
  }
  if (!state.codeExpiresAt || state.codeExpiresAt <= now) {
    return refusal('state_conflict', 'The code has expired. Ask for a new one.');
  }
  return undefined;
}
