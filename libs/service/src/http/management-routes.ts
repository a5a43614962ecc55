import { timingSafeEqual } from 'node:crypto';
import type { HealthCheckService } from '@nestjs/terminus';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HealthRegistry } from '../health/health-registry.js';
import type { Metrics } from '../metrics/metrics.js';

export interface ManagementOptions {
  readonly health: HealthRegistry;
  readonly checks: HealthCheckService;
  readonly metrics: Metrics;
  readonly metricsToken?: string;
}

/**
 * `/health/live`, `/health/ready` and `/metrics`, on Fastify itself: an app's guards, prefixes and filters don't
 * reach them, so that an orchestrator reads the same answer from every service.
 */
export function addManagementRoutes(fastify: FastifyInstance, options: ManagementOptions): void {
  const { health, checks, metrics, metricsToken } = options;
  // Answering at all is the proof: a loop that hangs doesn't.
  fastify.get('/health/live', () => ({ status: 'ok' }));
  fastify.get('/health/ready', async (_request, reply) => {
    const { status, body } = await readiness(health, checks);
    return reply.code(status).header('cache-control', 'no-store').send(body);
  });
  fastify.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, metricsToken)) {
      return reply
        .code(metricsToken ? 401 : 403)
        .send({ detail: 'Send METRICS_TOKEN as a bearer token, or read metrics on the machine itself' });
    }
    return reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

async function readiness(
  health: HealthRegistry,
  checks: HealthCheckService,
): Promise<{ status: number; body: unknown }> {
  try {
    const body = await checks.check(
      health.names.map((name) => async () => {
        const problem = await health.problemOf(name);
        return { [name]: problem === null ? { status: 'up' } : { status: 'down', message: problem } };
      }),
    );
    return { status: 200, body };
  } catch (error) {
    const response = (error as { getResponse?: () => unknown }).getResponse?.();
    return { status: 503, body: response ?? { status: 'error' } };
  }
}

/** With a token, only the token counts; without, only this machine itself, and not through a proxy on it. */
function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return sameText(request.headers.authorization ?? '', `Bearer ${token}`);
  const { remoteAddress = '' } = request.socket;
  const isForwarded = 'x-forwarded-for' in request.headers || 'forwarded' in request.headers;
  return !isForwarded && /^(::ffff:)?127\.|^::1$/.test(remoteAddress);
}

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
