import { eventually } from './eventually.js';

const STOP_WITHIN_MS = 25_000;

/** A replica that another suite started, of which only the number is known. */
export class LeftProcess {
  constructor(private readonly pid: number) {}

  get hasEnded(): boolean {
    try {
      return !process.kill(this.pid, 0);
    } catch {
      return true;
    }
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.hasEnded) process.kill(this.pid, signal);
  }

  async stop(): Promise<void> {
    this.signal('SIGTERM');
    await this.ended();
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }

  leave(): number {
    return this.pid;
  }

  private async ended(): Promise<void> {
    await eventually(() => expect(this.hasEnded).toBe(true), { withinMs: STOP_WITHIN_MS });
  }
}
