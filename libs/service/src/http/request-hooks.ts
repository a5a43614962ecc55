import type { Logger } from 'nestjs-pino';
import type { FastifyInstance, FastifyReply, FastifyRequest, onResponseHookHandler } from 'fastify';
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

/** Trace context, id in the answer, duration metric, and a log line for what failed or was slow. Before any route. */
export function addRequestHooks(fastify: FastifyInstance, metrics: Metrics, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const trace = startTrace(request);
    traces.set(request, trace);
    reply.header('x-request-id', trace.traceId);
    runInContext(trace, done);
  });
  // A body arrives in events of the socket, which run outside the request's context: go back into it.
  fastify.addHook('preValidation', (request, _reply, done) => runInContext(traces.get(request)!, done));
  const record = recorder(metrics, logger);
  // Each route knows its own pattern; asking Fastify for it costs every request more than all the rest here.
  fastify.addHook('onRoute', (route) => {
    const recordRoute: onResponseHookHandler = (request, reply, done) => {
      record(route.url, request, reply);
      done();
    };
    route.onResponse = [route.onResponse ?? [], recordRoute].flat();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (request.is404) record('unmatched', request, reply);
    done();
  });
}

/** How often connections whose last request has ended are looked for during a stop. */
const CLOSING_INTERVAL_MS = 25;

/**
 * A connection that carried a request when the stop began stays open for the client's next one, and would hold up the
 * stop for as long as that is allowed: close each as soon as it's idle.
 */
export function closeIdleConnections(fastify: FastifyInstance): void {
  fastify.addHook('preClose', (done) => {
    const timer = setInterval(() => fastify.server.closeIdleConnections(), CLOSING_INTERVAL_MS);
    fastify.server.once('close', () => clearInterval(timer));
    timer.unref();
    done();
  });
}

function recorder(metrics: Metrics, logger: Logger) {
  const labels = ['method', 'route', 'status'] as const;
  const durations = metrics.histogram('kopeck_http_request_seconds', 'Duration of HTTP requests', labels);
  return (route: string, request: FastifyRequest, reply: FastifyReply): void => {
    // An event stream lasts as long as its reader likes: it's no request that was slow.
    if (isEventStream(reply)) return;
    const { method, id: traceId } = request;
    const { statusCode: status, elapsedTime: elapsedMs } = reply;
    durations.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, elapsedMs / 1_000);
    const line = { method, route, status, elapsedMs: Math.round(elapsedMs), traceId };
    if (status >= 500) logger.warn(line, 'Request failed', 'Http');
    else if (elapsedMs >= SLOW_MS) logger.warn(line, 'Request was slow', 'Http');
    else logger.debug(line, 'Request', 'Http');
  };
}

function isEventStream({ raw }: FastifyReply): boolean {
  const type = raw.getHeader('content-type');
  return typeof type === 'string' && type.startsWith('text/event-stream');
}

function startTrace(request: FastifyRequest): TraceContext {
  const { traceparent } = request.headers;
  const incoming = parseTraceparent(traceparent);
  if (incoming) return continueTrace(traceparent as string);
  return continueTrace(`00-${request.id}-0000000000000001-00`);
}
