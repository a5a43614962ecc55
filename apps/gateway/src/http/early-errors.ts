import type { Socket } from 'node:net';
import type { EarlyErrorHandlers } from '@kopeck/service';
import { problemOf } from './problem-of.js';
import { PROBLEM_MEDIA_TYPE, Problem } from './problem.js';
import { sendProblem } from './problem.filter.js';
import { API_HEADERS } from './security-headers.js';

/** What Node's HTTP parser refuses, by its code. */
const BY_PARSER_CODE: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(
    'headers_too_large',
    'Headers may have at most 16 kB together. Send fewer or shorter ones.',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(
    'request_timeout',
    'The whole request has to arrive within 15 seconds. Send it again.',
  ),
};
const MALFORMED = new Problem(
  'malformed_request',
  'This is not an HTTP request that can be read. Check the request line and the headers.',
);

/**
 * Problem documents also for what fails before there is a route: Fastify answers an address that isn't readable, and
 * Node one whose headers aren't, in words and a shape of their own.
 */
export const EARLY_ERRORS: EarlyErrorHandlers = {
  frameworkErrors: (error, request, reply) => {
    // No hook has run: there are no headers yet.
    reply.headers(API_HEADERS);
    sendProblem(reply as never, request as never, problemOf(error));
  },
  clientErrorHandler: (error, socket) => {
    // The client is gone, or the answer has begun: there is nobody to tell, or no way.
    if (error.code === 'ECONNRESET' || !socket.writable || hasBegun(socket)) {
      socket.destroy(error);
      return;
    }
    socket.end(answerOf(BY_PARSER_CODE[error.code ?? ''] ?? MALFORMED));
  },
};

/** Node's own reference from a socket to the answer under way on it. */
function hasBegun(socket: Socket): boolean {
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: { headersSent?: boolean } | null };
  return answer?.headersSent === true;
}

/** RFC 9112: the connection can't be used any more, because nobody knows where the next request would begin. */
function answerOf(problem: Problem): string {
  const document = problem.toDocument('/', undefined);
  const body = JSON.stringify(document);
  const headers = {
    ...API_HEADERS,
    'content-type': PROBLEM_MEDIA_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${document.status} ${document.title}`, ...lines, '', body].join('\r\n');
}
