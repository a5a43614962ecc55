import type { Logger } from 'nestjs-pino';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  continueTrace,
  parseTraceparent,
  runInContext,
  type TraceContext,
} from '../tracing/trace-context.js';
import type { Metrics } from '../metrics/metrics.js';

/** Slower than this is worth a line in the log. */
const SLOW_MS = 2_000;

const traces = new WeakMap<FastifyRequest, TraceContext>();

/** The trace that a request belongs to. */
export function traceOf(request: FastifyRequest): TraceContext | undefined {
  return traces.get(request);
}

/** Trace context, id in the answer, duration metric, and a log line for what failed or was slow. */
export function addRequestHooks(fastify: FastifyInstance, metrics: Metrics, logger: Logger): void {
  const durations = metrics.histogram('kopeck_http_request_seconds', 'Duration of HTTP requests', [
    'method',
    'route',
    'status',
  ]);
  fastify.addHook('onRequest', (request, reply, done) => {
    const trace = startTrace(request);
    traces.set(request, trace);
    reply.header('x-request-id', trace.traceId);
    runInContext(trace, done);
  });
  // A body arrives in events of the socket, which run outside the request's context: go back into it.
  fastify.addHook('preValidation', (request, _reply, done) => runInContext(traces.get(request)!, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    const elapsedMs = reply.elapsedTime;
    durations.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, elapsedMs / 1_000);
    const line = { method, route, status, elapsedMs: Math.round(elapsedMs), traceId: request.id };
    if (status >= 500) logger.warn(line, 'Request failed', 'Http');
    else if (elapsedMs >= SLOW_MS) logger.warn(line, 'Request was slow', 'Http');
    else logger.debug(line, 'Request', 'Http');
    done();
  });
}

function startTrace(request: FastifyRequest): TraceContext {
  const { traceparent } = request.headers;
  const incoming = parseTraceparent(traceparent);
  if (incoming) return continueTrace(traceparent as string);
  return continueTrace(`00-${request.id}-0000000000000001-00`);
}
