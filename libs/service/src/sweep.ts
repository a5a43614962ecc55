import { Logger } from '@nestjs/common';

/**
 * Work that no message starts (expiries, what a crash left behind): looked for again and again while a service runs, never
 * twice at once in one process. A turn that fails is told of in one line, and the next turn tries again, so `work` must be
 * harmless when it's done twice.
 */
export class Sweep {
  private readonly log = new Logger(Sweep.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  /** @param otherwise what it means that a turn failed, such as "Orders expire later"; the reason is added. */
  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
    private readonly otherwise: string,
  ) {}

  /** The first turn comes after `everyMs`. */
  start(): void {
    this.timer = setInterval(() => void this.turn(), this.everyMs);
    this.timer.unref();
  }

  /** Waits for a turn under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** A turn now, or the one under way. Never throws. */
  turn(): Promise<void> {
    this.running ??= this.take().finally(() => (this.running = undefined));
    return this.running;
  }

  private async take(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.log.warn(`${this.otherwise}: ${(error as Error).message}`);
    }
  }
}
