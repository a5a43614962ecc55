/** Certainly nothing was sent: the broker cannot be reached. Repeating is safe. */
export class BrokerUnavailable extends Error {
  override readonly name = 'BrokerUnavailable';
}
