import { Injectable } from '@nestjs/common';
import { ERRORS, isRefusal, type ErrorCode, type Question, type Refusal } from '@kopeck/contracts';
import { QuestionClient } from '@kopeck/kafka';
import { notFound, Problem } from './problem.js';

/** Codes by which services say that there is nothing, or nothing of the asker's; over HTTP they are one. */
const NOT_FOUND_CODES: ReadonlySet<string> = new Set([
  'not_found',
  'account_not_found',
  'transfer_not_found',
  'customer_not_found',
  'quote_not_found',
]);

/** What isn't there for the moment may be there in a second; without a hint clients ask again at once. */
const LOOK_AGAIN_SECONDS = 1;

export interface AskOptions {
  /** Message key: questions of one key are answered by one instance. */
  readonly key: string;
  /** What the question is about, for the words of a 404. */
  readonly about: string;
  readonly timeoutMs?: number;
}

/** Asks another service and turns its "no" into a problem. */
@Injectable()
export class Questions {
  constructor(private readonly client: QuestionClient) {}

  /**
   * @throws {Problem} what the service refused with.
   * @throws {BrokerUnavailable | DeadlineExceeded} which the filter answers with 503 and 504.
   */
  async ask<Request extends object, Answer>(
    question: Question<Request, Answer | Refusal>,
    request: Request,
    { key, about, timeoutMs }: AskOptions,
  ): Promise<Exclude<Answer, Refusal>> {
    const answer = await this.client.ask(question, request, { key, timeoutMs });
    if (isRefusal(answer)) throw problemOfRefusal(answer, about);
    return answer as Exclude<Answer, Refusal>;
  }
}

export function problemOfRefusal(refusal: Refusal, about: string): Problem {
  if (NOT_FOUND_CODES.has(refusal.code)) return notFound(about);
  if (refusal.code === 'try_later') {
    return new Problem('unavailable', refusal.detail, { retryAfterSeconds: refusal.retryAfterSeconds ?? 2 });
  }
  const code = refusal.code in ERRORS ? (refusal.code as ErrorCode) : 'internal_error';
  return new Problem(code, refusal.detail, {
    ...(refusal.pointer && { errors: [{ detail: refusal.detail, pointer: `#${refusal.pointer}` }] }),
    retryAfterSeconds:
      refusal.retryAfterSeconds ?? (ERRORS[code].status === 503 ? LOOK_AGAIN_SECONDS : undefined),
    ...(code === 'internal_error' && { cause: new Error(`refused with the unknown code "${refusal.code}"`) }),
  });
}
