import { SESSION_TIMEOUT_MS, type HealthPart } from './kafka-health.js';

/** Told by the consumer's events; a consumer that hangs says nothing, so silence counts. */
export class ConsumerHealth implements HealthPart {
  private joined = false;
  private why = 'it has not joined its group yet';
  private heardAtMs = 0;

  constructor(private readonly groupId: string) {}

  hasJoined(): void {
    this.joined = true;
    this.heard();
  }

  /** A heartbeat or a fetch. */
  heard(): void {
    this.heardAtMs = Date.now();
  }

  hasLeft(why: string): void {
    this.joined = false;
    this.why = why;
  }

  problem(nowMs: number): string | undefined {
    if (!this.joined) return `the consumer group ${this.groupId}: ${this.why}`;
    const silentMs = nowMs - this.heardAtMs;
    if (silentMs <= 2 * SESSION_TIMEOUT_MS) return undefined;
    return `the consumer group ${this.groupId}: no heartbeat and no fetch for ${Math.round(silentMs / 1_000)} s`;
  }
}
