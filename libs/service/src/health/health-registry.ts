import { Injectable } from '@nestjs/common';

export interface HealthReport {
  readonly ready: boolean;
  /** By check: null when well, otherwise what is wrong in one sentence. */
  readonly problems: Readonly<Record<string, string | null>>;
}

/** A check that hangs is a check that failed. */
const CHECK_TIMEOUT_MS = 2_000;

/** What must be well for the instance to take work. Checks run when somebody asks, never on a timer of their own. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, () => Promise<void>>();

  /** @param check throws when not ready; the message says why, in words for an operator. */
  add(name: string, check: () => Promise<void>): void {
    if (this.checks.has(name)) throw new Error(`There is a health check "${name}" already`);
    this.checks.set(name, check);
  }

  get names(): string[] {
    return [...this.checks.keys()];
  }

  async problemOf(name: string): Promise<string | null> {
    const check = this.checks.get(name);
    if (!check) return `there is no check "${name}"`;
    try {
      await withinLimit(check());
      return null;
    } catch (error) {
      return error instanceof Error && error.message !== '' ? error.message : String(error);
    }
  }

  async report(): Promise<HealthReport> {
    const entries = await Promise.all(
      this.names.map(async (name) => [name, await this.problemOf(name)] as const),
    );
    return { ready: entries.every(([, problem]) => problem === null), problems: Object.fromEntries(entries) };
  }
}

async function withinLimit(check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check, limit]);
  } finally {
    clearTimeout(timer);
  }
}
