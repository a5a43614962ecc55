/**
 * What is produced. The server sends all outgoing messages of a batch in one request and only then lets the offsets
 * advance.
 */
export interface Outgoing {
  readonly topic: string;
  /** Messages of one key keep their order. */
  readonly key: string;
  /** Becomes JSON; no bigint in it. */
  readonly value: object;
  /** CloudEvents type, such as `kopeck.transfer.requested.v1`. */
  readonly type: string;
  /** CloudEvents id; a new one when absent. */
  readonly id?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
