import { refusal } from '@kopeck/contracts';

/** The same for what doesn't exist and for what is somebody else's, so that asking tells nothing. */
export const ACCOUNT_NOT_FOUND = refusal('not_found', 'There is no such account. Check its id or number.');

export const OPENED_OTHERWISE = refusal(
  'idempotency_key_reused',
  'An account was opened under this key with another name or currency. Use a new key for another account.',
);

export const CHANGED_MEANWHILE = refusal(
  'stale_version',
  'The account was changed in the meantime. Read it again and repeat the change on its new version.',
);

export const BANKS_ACCOUNT = refusal(
  'state_conflict',
  "This is one of the bank's own accounts. Only customers' accounts can be frozen.",
);

export function tooManyAccounts(limit: number) {
  return refusal(
    'state_conflict',
    `A customer can have ${limit} accounts at most. Use one of those you have.`,
  );
}
