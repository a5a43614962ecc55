/** One message as a batch handler gets it. */
export interface Received<T> {
  readonly value: T;
  /** Empty when the message has none. */
  readonly key: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  /** Read when first asked for: most handlers never look at them. */
  readonly headers: Readonly<Record<string, string>>;
}
