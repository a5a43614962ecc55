import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyServerOptions } from 'fastify';
import type { BaseSettings } from '../settings/base.settings.js';
import { parseTraceparent, continueTrace } from '../tracing/trace-context.js';

/** The largest body of any request: forms and JSON documents here are a few hundred bytes. */
export const BODY_LIMIT_BYTES = 64 * 1024;
/** For a request to arrive whole; slow senders must not hold sockets. */
const REQUEST_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** What is answered to requests that get to no route: addresses and headers that can't be read. Fastify's own words without. */
export type EarlyErrorHandlers = Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler'>;

/** The request's id is its trace id: one id in the answer, the logs and the messages that follow from it. */
export function createHttpAdapter(
  settings: Pick<BaseSettings, 'TRUST_PROXY'>,
  earlyErrors: EarlyErrorHandlers = {},
): FastifyAdapter {
  return new FastifyAdapter({
    ...earlyErrors,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: settings.TRUST_PROXY,
    requestIdHeader: false,
    genReqId: (request: unknown) => traceIdOf(request as IncomingMessage),
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
  });
}

function traceIdOf(request: IncomingMessage): string {
  return parseTraceparent(request.headers.traceparent)?.traceId ?? continueTrace(undefined).traceId;
}
