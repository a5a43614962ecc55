/** Dead members are noticed by the group after this long. */
export const SESSION_TIMEOUT_MS = 10_000;
export const HEARTBEAT_INTERVAL_MS = 3_000;

/** One part that can be well or not: a consumer, a producer. */
export interface HealthPart {
  /** What is wrong, in words for an operator. */
  problem(nowMs: number): string | undefined;
  readings?(): Reading[];
}

/** One number for the metrics; a name that ends in `_total` only ever grows. */
export interface Reading {
  readonly name: string;
  readonly help: string;
  readonly value: number;
}

const byInstance = new Map<string, KafkaHealth>();

/**
 * How the process's connections to Kafka are: its server, its producers, its question client. A process is well when
 * each consumer has joined its group since the last crash and had a heartbeat or a fetch in the last two session times.
 */
export class KafkaHealth {
  private readonly parts = new Map<string, HealthPart>();

  /** The server is made outside of Nest's injection, so server and module find their common health by the instance. */
  static of(instance: string): KafkaHealth {
    const known = byInstance.get(instance);
    if (known) return known;
    const health = new KafkaHealth();
    byInstance.set(instance, health);
    return health;
  }

  watch(name: string, part: HealthPart): void {
    this.parts.set(name, part);
  }

  forget(name: string): void {
    this.parts.delete(name);
  }

  get healthy(): boolean {
    return this.problem === undefined;
  }

  get problem(): string | undefined {
    const now = Date.now();
    const problems = [...this.parts].flatMap(([name, part]) => {
      const problem = part.problem(now);
      return problem === undefined ? [] : [`${name}: ${problem}`];
    });
    if (this.parts.size === 0) return 'nothing is connected to Kafka yet';
    return problems.length === 0 ? undefined : problems.join('; ');
  }

  /** For metrics: what the parts count. */
  readings(): Reading[] {
    return [...this.parts.values()].flatMap((part) => part.readings?.() ?? []);
  }

  /** @throws when something is wrong; the message says what. */
  async check(): Promise<void> {
    const { problem } = this;
    if (problem !== undefined) throw new Error(problem);
  }
}
