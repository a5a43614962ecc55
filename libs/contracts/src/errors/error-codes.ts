/**
 * Every machine-readable `code` of the API, its HTTP status and its title (RFC 9457). Codes are for ever: clients
 * branch on them. `detail` says what happened in this case and what to do.
 */
export const ERRORS = {
  malformed_request: { status: 400, title: 'The request is not valid HTTP' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  idempotency_key_missing: { status: 400, title: 'Idempotency-Key is required' },
  idempotency_key_invalid: { status: 400, title: 'Idempotency-Key is not usable' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  invalid_credentials: { status: 401, title: 'E-mail address or password is wrong' },
  forbidden: { status: 403, title: 'Not allowed' },
  cross_site_request: { status: 403, title: 'The request came from another site' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  email_taken: { status: 409, title: 'There is a customer with this e-mail address' },
  state_conflict: { status: 409, title: 'Not possible in the present state' },
  stale_version: { status: 412, title: 'Changed by somebody else in the meantime' },
  request_timeout: { status: 408, title: 'The request did not arrive in time' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'Send application/json' },
  validation_failed: { status: 422, title: 'The request has mistakes' },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key was used for another request' },
  quote_not_found: { status: 422, title: 'There is no such quote' },
  rate_unknown: { status: 422, title: 'There is no rate for these currencies' },
  amount_too_small: { status: 422, title: 'Worth less than the smallest unit' },
  version_required: { status: 428, title: 'Send If-Match' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available for the moment' },
  rates_unavailable: { status: 503, title: 'No current rates for the moment' },
  deadline_exceeded: { status: 504, title: 'No answer in time' },
  // Refusals of a transfer: final, stored, the answer for that transfer for ever.
  insufficient_funds: { status: 422, title: 'Not enough money in the account' },
  account_not_found: { status: 422, title: 'There is no such account to debit' },
  recipient_not_found: { status: 422, title: 'There is no account with this number' },
  account_frozen: { status: 422, title: 'The account is frozen' },
  recipient_frozen: { status: 422, title: "The recipient's account cannot take money" },
  currency_mismatch: { status: 422, title: 'The account has another currency' },
  same_account: { status: 422, title: 'Both accounts are the same' },
  limit_exceeded: { status: 422, title: 'Over the limit of one transfer' },
  balance_overflow: { status: 422, title: 'The account cannot hold this much' },
  quote_expired: { status: 422, title: 'The quote has expired' },
  quote_used: { status: 422, title: 'The quote was used before' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** Reasons for which a transfer ends as `failed`. */
export const REFUSAL_REASONS = [
  'insufficient_funds',
  'account_not_found',
  'recipient_not_found',
  'account_frozen',
  'recipient_frozen',
  'currency_mismatch',
  'same_account',
  'limit_exceeded',
  'balance_overflow',
  'quote_expired',
  'quote_used',
] as const satisfies readonly ErrorCode[];

export type RefusalReason = (typeof REFUSAL_REASONS)[number];
