/** The messages may have been written: the broker got them, but its answer was lost. Repeat only what is idempotent. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}
