/** Runs at most so many at once; the others wait in order. */
export class Lane {
  private waiting: (() => Promise<void>)[] = [];
  private active = 0;
  private onIdle: (() => void) | undefined;

  constructor(private readonly maxConcurrent: number) {}

  /** @param work must not throw. */
  push(work: () => Promise<void>): void {
    this.waiting.push(work);
    this.next();
  }

  /** Forgets what waits; resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.waiting = [];
    if (this.active > 0) await new Promise<void>((resolve) => (this.onIdle = resolve));
  }

  private next(): void {
    while (this.active < this.maxConcurrent) {
      const work = this.waiting.shift();
      if (!work) return;
      this.active++;
      void work().finally(() => {
        this.active--;
        if (this.active === 0) this.onIdle?.();
        this.next();
      });
    }
  }
}
