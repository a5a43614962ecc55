/**
 * A question is a request that one service asks another over Kafka and that is worth answering only for a while: reads
 * and small commands, never money. Questions of one service share a topic; the name after the slash tells them apart, so
 * `@MessagePattern(QUESTIONS.readAccount.pattern)` is the handler of exactly one.
 */
export interface Question<Request extends object, Answer> {
  /** Topic name and question name: `accounts.questions/read-account`. */
  readonly pattern: string;
  readonly topic: string;
  /** The DTO that the answering side validates the payload against. */
  readonly request: new () => Request;
  /** Only for the type checker: what the handler returns. */
  readonly answer?: Answer;
}

/** Why a question was answered with "no": a value on the wire, never an exception that somebody else retries. */
export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly detail: string;
  /** RFC 6901 pointer into the request, where one field is at fault. */
  readonly pointer?: string;
  /** For `rate_limited` and `try_later`: when asking again makes sense. */
  readonly retryAfterSeconds?: number;
}

export function refusal(code: string, detail: string, more: Partial<Refusal> = {}): Refusal {
  return { ...more, refused: true, code, detail };
}

export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && (answer as Refusal).refused === true;
}

export function question<Request extends object, Answer>(
  topic: string,
  name: string,
  request: new () => Request,
): Question<Request, Answer> {
  return { pattern: `${topic}/${name}`, topic, request };
}

/** One page of a list, and the opaque cursor of the next one (null on the last). */
export interface Page<Item> {
  readonly data: Item[];
  readonly nextCursor: string | null;
}
