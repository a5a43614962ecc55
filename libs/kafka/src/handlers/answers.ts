import type { DtoClass } from './batch-of.js';

export interface AnswerOptions {
  /** The most questions of this kind under way at once; 64 unless given. */
  readonly maxConcurrent?: number;
  /** Handle it even when nobody waits any more: for small commands that should happen all the same. */
  readonly serveExpired?: boolean;
}

export const DEFAULT_MAX_CONCURRENT = 64;

/** What a question handler's pattern carries besides its name. */
export interface AnswerExtras {
  readonly kopeckAnswers: Required<AnswerOptions> & { readonly dto: DtoClass<object> };
}

/**
 * Extras of a question handler: `@MessagePattern(QUESTIONS.read.pattern, Transport.KAFKA, answers(ReadAccount))`. The
 * handler gets a validated instance and returns plain JSON; what doesn't validate is refused with `validation_failed`.
 */
export function answers<T extends object>(
  dto: DtoClass<T>,
  options: AnswerOptions = {},
): Record<string, unknown> {
  const { maxConcurrent = DEFAULT_MAX_CONCURRENT, serveExpired = false } = options;
  const extras: AnswerExtras = { kopeckAnswers: { dto, maxConcurrent, serveExpired } };
  return { ...extras };
}
