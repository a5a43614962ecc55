import { ERRORS, type ErrorCode } from '@kopeck/contracts';

/** Where a mistake sits: `pointer` into the body (RFC 6901 as a URI fragment), or the name of a parameter or header. */
export interface Fault {
  readonly detail: string;
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
}

/** The document of RFC 9457, with this API's own members `code`, `errors`, `transferId` and `traceId`. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ErrorCode;
  readonly errors?: readonly Fault[];
  readonly transferId?: string;
  readonly traceId?: string;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Where each code is explained; relative, so that it holds wherever the gateway is reached. */
export function problemTypeOf(code: ErrorCode): string {
  return `/docs/problems#${code}`;
}

/** Thrown anywhere behind a route; the filter turns it into the document. */
export class Problem extends Error {
  readonly errors?: readonly Fault[];
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;

  /** @param detail what happened in this case and what to do, in words for a person. */
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    more: {
      errors?: readonly Fault[];
      retryAfterSeconds?: number;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(`${code}: ${detail}`, more.cause === undefined ? undefined : { cause: more.cause });
    this.errors = more.errors;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.headers = more.headers;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  toDocument(instance: string, traceId: string | undefined): ProblemDocument {
    const { status, title } = ERRORS[this.code];
    return {
      type: problemTypeOf(this.code),
      title,
      status,
      detail: this.detail,
      instance,
      code: this.code,
      ...(this.errors && { errors: this.errors }),
      ...(traceId && { traceId }),
    };
  }
}

/** One 404 for what isn't there and for what is somebody else's, so that nobody can tell which (OWASP ASVS 8.2). */
export function notFound(what: string): Problem {
  return new Problem('not_found', `There is no such ${what}, or it isn't yours. Check the id.`);
}

export function unavailable(detail: string, cause?: unknown): Problem {
  return new Problem('unavailable', detail, { retryAfterSeconds: 2, cause });
}
