import { refusal } from '@kopeck/contracts';

/** Thrown instead of queueing more; nothing was done. Answer it with {@link BUSY}. */
export class HashingQueueFull extends Error {
  constructor(waiting: number) {
    super(`${waiting} password checks are waiting already`);
    this.name = 'HashingQueueFull';
  }
}

/** A full queue of 64, two at a time, drains in about a second on a slow core. */
export const BUSY = refusal(
  'rate_limited',
  'Too many people are signing in at the moment. Try again shortly.',
  {
    retryAfterSeconds: 2,
  },
);

/**
 * Questions with a password that a process takes on at once. Above the queue's length, so that a flood is refused in words
 * and at once, where it would otherwise wait for its deadline and get no answer.
 */
export const MAX_PASSWORD_QUESTIONS = 2_000;

/**
 * Lets a few argon2 computations run and a limited number wait. Each takes 19 MiB and a core for tens of
 * milliseconds: without a limit, a flood of sign-ins would take the machine's memory, and every one would time out.
 */
export class HashingQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly maxWaiting: number,
  ) {}

  get isFull(): boolean {
    return this.waiting.length >= this.maxWaiting;
  }

  get depth(): number {
    return this.waiting.length;
  }

  /** @throws {HashingQueueFull} when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.atOnce) {
      this.running += 1;
      return;
    }
    if (this.isFull) throw new HashingQueueFull(this.waiting.length);
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Hands the place on to the next in line, or gives it up. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
