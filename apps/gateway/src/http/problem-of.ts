import {
  BrokerUnavailable,
  DeadlineExceeded,
  OutcomeUnknown,
  Overloaded,
  QuestionFailed,
} from '@kopeck/kafka';
import { CacheUnavailable } from '@kopeck/cache';
import type { ErrorCode } from '@kopeck/contracts';
import { Problem, unavailable } from './problem.js';

/** What Fastify, Nest and the router throw by themselves, by Fastify's code or by status. */
const BY_FASTIFY_CODE: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', 'The body may have at most 64 kB. Send a smaller one.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    'Send the body as JSON, with "Content-Type: application/json".',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed_json', 'The body is empty. Send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed_json', 'The body is not valid JSON. Check quotes and commas.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed_json',
    'The body is longer or shorter than its Content-Length says. Send it again.',
  ],
  FST_ERR_BAD_URL: ['not_found', 'The address is not readable. Check its percent-encoding.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'There is nothing at this address.'],
};

const BY_STATUS: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  400: ['malformed_json', 'The request is not readable: its body must be a JSON object.'],
  401: ['unauthenticated', 'Sign in and send the token as "Authorization: Bearer <token>".'],
  403: ['forbidden', 'Your role does not allow this.'],
  404: ['not_found', 'There is nothing at this address. The API is described at /docs.'],
  405: ['method_not_allowed', 'This address does not take this method.'],
  413: BY_FASTIFY_CODE['FST_ERR_CTP_BODY_TOO_LARGE']!,
  414: ['not_found', 'There is nothing at this address.'],
  415: BY_FASTIFY_CODE['FST_ERR_CTP_INVALID_MEDIA_TYPE']!,
  503: ['unavailable', 'The service is going away or not there yet. Try again in a moment.'],
};

/** Any thrown thing to a problem. What nobody foresaw becomes `internal_error`, and says nothing of its inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return problemOfTransport(error) ?? problemOfFramework(error) ?? internalError(error);
}

export function isUnforeseen(problem: Problem): boolean {
  return problem.code === 'internal_error';
}

function problemOfTransport(error: unknown): Problem | undefined {
  if (error instanceof BrokerUnavailable) {
    return unavailable('Nothing was accepted: the message broker takes no requests. Try again soon.', error);
  }
  if (error instanceof Overloaded) {
    return unavailable('Nothing was accepted: there are too many requests waiting. Try again soon.', error);
  }
  if (error instanceof DeadlineExceeded) {
    return new Problem('deadline_exceeded', 'The service behind this did not answer in time. Ask again.', {
      retryAfterSeconds: 1,
      cause: error,
    });
  }
  if (error instanceof OutcomeUnknown) {
    return new Problem(
      'deadline_exceeded',
      "We don't know yet whether this arrived. Look before you repeat it.",
      {
        cause: error,
      },
    );
  }
  if (error instanceof QuestionFailed) return internalError(error);
  if (error instanceof CacheUnavailable) {
    return unavailable('Sessions cannot be read for the moment. Try again soon.', error);
  }
  return undefined;
}

function problemOfFramework(error: unknown): Problem | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode, status } = error as { code?: string; statusCode?: number; status?: number };
  const known = BY_FASTIFY_CODE[code ?? ''] ?? BY_STATUS[httpStatusOf(error) ?? statusCode ?? status ?? 0];
  return known && new Problem(known[0], known[1], { cause: error });
}

/** Nest's HttpException, read by shape: its `getStatus` is all that matters here. */
function httpStatusOf(error: object): number | undefined {
  const { getStatus } = error as { getStatus?: () => number };
  return typeof getStatus === 'function' ? getStatus.call(error) : undefined;
}

function internalError(cause: unknown): Problem {
  return new Problem(
    'internal_error',
    'This is our mistake, and it is written down. If you report it, name the traceId.',
    { cause },
  );
}
