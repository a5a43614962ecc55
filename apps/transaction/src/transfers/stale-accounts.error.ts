/**
 * An account is not as it was remembered: another process has posted to it, or an operator has frozen it. Nothing was
 * written. The code is SQLSTATE's serialization_failure, so that `Database.transaction` starts the whole work again.
 */
export class StaleAccountsError extends Error {
  override readonly name = 'StaleAccountsError';
  readonly code = '40001';

  constructor(options?: ErrorOptions) {
    super(
      'An account was changed by somebody else since it was remembered: read it and decide again',
      options,
    );
  }
}
