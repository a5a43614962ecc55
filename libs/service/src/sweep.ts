import { untilNextTurn } from '@kopeck/kafka';
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
  private isWanted = false;
  private isStopped = false;

  /** @param otherwise what it means that a turn failed, such as "Orders expire later"; the reason is added. */
  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
    private readonly otherwise: string,
  ) {}

  /** The first turn comes when half of `everyMs` has gone by, or up to once more as much. */
  start(): void {
    this.timer = setTimeout(() => {
      this.start();
      void this.turn();
    }, untilNextTurn(this.everyMs));
    this.timer.unref();
  }

  /** Waits for a turn under way; there is none after it. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** For who has made work and doesn't wait for it: a turn now, or one more behind the one under way, which may have missed it. */
  soon(): void {
    this.isWanted = true;
    void this.turn();
  }

  /** A turn now, or the one under way. Never throws. */
  private turn(): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    return (this.running ??= this.take());
  }

  private async take(): Promise<void> {
    do {
      this.isWanted = false;
      try {
        await this.work();
      } catch (error) {
        this.log.warn(`${this.otherwise}: ${(error as Error).message}`);
      }
    } while (this.isWanted && !this.isStopped);
    // In the same tick as the last look at `isWanted`, so that no wish falls in between.
    this.running = undefined;
  }
}
