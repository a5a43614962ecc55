import { DeadlineExceeded } from '../errors/deadline-exceeded.error.js';
import { Overloaded } from '../errors/overloaded.error.js';

export const MAX_WAITING = 10_000;
export const MAX_EXPECTED = 50_000;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** Who waits for which answer. Every wait ends: with the answer, or at its deadline. */
export class WaitingAnswers {
  private readonly waiting = new Map<string, Waiting>();
  private readonly expected = new Map<string, (answer: unknown) => void>();

  /** @throws {Overloaded} when too many wait already. */
  wait(correlationId: string, what: string, timeoutMs: number): Promise<unknown> {
    if (this.waiting.size >= MAX_WAITING) {
      throw new Overloaded(`${this.waiting.size} questions already wait for their answers`);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(correlationId);
        reject(new DeadlineExceeded(`Nobody answered ${what} within ${timeoutMs} ms`));
      }, timeoutMs);
      this.waiting.set(correlationId, { resolve, reject, timer });
    });
  }

  /** Many answers for one id, until the returned function is called. */
  expect(correlationId: string, onReply: (answer: unknown) => void): () => void {
    if (this.expected.size >= MAX_EXPECTED) {
      throw new Overloaded(`${this.expected.size} attempts already wait for their answers`);
    }
    this.expected.set(correlationId, onReply);
    return () => {
      if (this.expected.get(correlationId) === onReply) this.expected.delete(correlationId);
    };
  }

  isAwaited(correlationId: string): boolean {
    return this.waiting.has(correlationId) || this.expected.has(correlationId);
  }

  answer(correlationId: string, answer: unknown): void {
    this.take(correlationId)?.resolve(answer);
    this.expected.get(correlationId)?.(answer);
  }

  fail(correlationId: string, error: Error): void {
    this.take(correlationId)?.reject(error);
  }

  failAll(error: Error): void {
    for (const correlationId of [...this.waiting.keys()]) this.fail(correlationId, error);
    this.expected.clear();
  }

  private take(correlationId: string): Waiting | undefined {
    const waiting = this.waiting.get(correlationId);
    if (!waiting) return undefined;
    this.waiting.delete(correlationId);
    clearTimeout(waiting.timer);
    return waiting;
  }
}
