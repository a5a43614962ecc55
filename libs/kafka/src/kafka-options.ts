import type { ServiceName } from '@kopeck/contracts';

/** How the library takes part in traces (W3C Trace Context); without it, each message starts a trace of its own. */
export interface TraceSource {
  /** The `traceparent` of what runs now, if anything. */
  current(): string | undefined;
  /** Runs a handler as a part of the trace that its message carries. */
  run<T>(traceparent: string | undefined, work: () => T): T;
}

export interface KafkaOptions {
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: string[];
  readonly service: ServiceName;
  /** Unique among running processes, such as `transaction-1`; names the reply topic. */
  readonly instance: string;
  readonly trace?: TraceSource;
}
