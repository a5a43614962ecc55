import type { StreamConnection } from './stream-connection.js';

/** Who listens, found by customer. */
export class OpenStreams {
  private readonly byCustomer = new Map<string, Set<StreamConnection>>();
  private count = 0;

  constructor(private readonly limitPerCustomer: number) {}

  get size(): number {
    return this.count;
  }

  /** @returns the customer's oldest one where there are too many now: it's to be ended. */
  add(connection: StreamConnection): StreamConnection | undefined {
    const { customerId } = connection.session;
    const ofCustomer = this.byCustomer.get(customerId) ?? new Set();
    this.byCustomer.set(customerId, ofCustomer.add(connection));
    this.count++;
    const [oldest] = ofCustomer;
    return ofCustomer.size > this.limitPerCustomer ? oldest : undefined;
  }

  /** @returns false when it was removed before. */
  remove(connection: StreamConnection): boolean {
    const { customerId } = connection.session;
    const ofCustomer = this.byCustomer.get(customerId);
    if (!ofCustomer?.delete(connection)) return false;
    if (ofCustomer.size === 0) this.byCustomer.delete(customerId);
    this.count--;
    return true;
  }

  /** Undefined where nobody listens: all that most messages cost. */
  of(customerId: string): ReadonlySet<StreamConnection> | undefined {
    return this.byCustomer.get(customerId);
  }

  *all(): Iterable<StreamConnection> {
    for (const ofCustomer of this.byCustomer.values()) yield* ofCustomer;
  }
}
