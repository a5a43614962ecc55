/**
 * Another process has moved a chain on since this one last looked: after a rebalance two believe for a moment that a
 * partition is theirs. Nothing was written. The code is SQLSTATE's serialization_failure, so that `Database.transaction`
 * starts the whole work again, on the chain as it is now.
 */
export class FencedError extends Error {
  override readonly name = 'FencedError';
  readonly code = '40001';

  /** @param chains one of them at least has another head than expected. */
  constructor(
    readonly chains: readonly number[],
    options?: ErrorOptions,
  ) {
    super(
      `Another process has written to one of the chains ${chains.join(', ')}: read their heads and decide again`,
      options,
    );
  }
}
