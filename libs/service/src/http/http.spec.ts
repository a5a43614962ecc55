import 'reflect-metadata';
import { Body, Controller, Get, HttpException, Module, Post, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthCheckService, TerminusModule } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'nestjs-pino';
import { HealthRegistry } from '../health/health-registry.js';
import { Metrics } from '../metrics/metrics.js';
import { currentTrace } from '../tracing/trace-context.js';
import { BODY_LIMIT_BYTES, createHttpAdapter } from './http-adapter.js';
import { addManagementRoutes } from './management-routes.js';
import { addRequestHooks } from './request-hooks.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

@Controller()
class EchoController {
  @Get('trace')
  trace() {
    return { traceId: currentTrace()?.traceId };
  }

  @Post('trace')
  async traceAfterBody(@Body() body: object) {
    await new Promise((resolve) => setImmediate(resolve));
    return { traceId: currentTrace()?.traceId, body };
  }

  @Get('stream')
  stream(@Res() reply: FastifyReply) {
    reply.hijack();
    reply.raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
    reply.raw.end(':\n\n');
  }

  @Get('broken')
  broken() {
    throw new HttpException('broken', 503);
  }
}

@Module({ imports: [TerminusModule.forRoot({ logger: false })], controllers: [EchoController] })
class EchoModule {}

describe('the HTTP side of every service', () => {
  const token = 'a-metrics-token-of-its-own';
  const lines: { level: string; line: Record<string, unknown> }[] = [];
  const note = (level: string) => (line: Record<string, unknown>) => lines.push({ level, line });
  const logger = { debug: note('debug'), warn: note('warn'), log: note('log') } as unknown as Logger;
  let app: NestFastifyApplication;
  let url: string;
  let problem: string | null = null;

  async function start(metricsToken?: string) {
    const started = await NestFactory.create<NestFastifyApplication>(
      EchoModule,
      createHttpAdapter({ TRUST_PROXY: false }),
      { logger: false },
    );
    const health = new HealthRegistry();
    health.add('database', async () => {
      if (problem) throw new Error(problem);
    });
    const fastify = started.getHttpAdapter().getInstance();
    const metrics = new Metrics();
    addRequestHooks(fastify, metrics, logger);
    addManagementRoutes(fastify, { health, checks: started.get(HealthCheckService), metrics, metricsToken });
    await started.listen(0, '127.0.0.1');
    return started;
  }

  beforeAll(async () => {
    app = await start();
    url = await app.getUrl();
  });

  afterAll(() => app.close());

  it('goes on with the trace of the request, before and after its body', async () => {
    const headers = { traceparent: TRACEPARENT, 'content-type': 'application/json' };
    const get = await fetch(`${url}/trace`, { headers });
    expect(await get.json()).toEqual({ traceId: TRACE });
    expect(get.headers.get('x-request-id')).toBe(TRACE);
    const body = { text: 'x'.repeat(40_000) };
    const post = await fetch(`${url}/trace`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(await post.json()).toEqual({ traceId: TRACE, body });
  });

  it('keeps requests that come together apart', async () => {
    const ids = await Promise.all(
      Array.from({ length: 30 }, async () => {
        const response = await fetch(`${url}/trace`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        });
        const { traceId } = (await response.json()) as { traceId: string };
        expect(response.headers.get('x-request-id')).toBe(traceId);
        return traceId;
      }),
    );
    expect(new Set(ids).size).toBe(30);
  });

  it('refuses a body that is too large', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(BODY_LIMIT_BYTES) });
    const response = await fetch(`${url}/trace`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(413);
  });

  it('logs what failed, with its trace', async () => {
    lines.length = 0;
    await fetch(`${url}/broken`, { headers: { traceparent: TRACEPARENT } });
    expect(lines).toContainEqual({
      level: 'warn',
      line: expect.objectContaining({ route: '/broken', status: 503, traceId: TRACE }),
    });
  });

  it('is alive while it answers, ready while nothing objects', async () => {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    problem = 'PostgreSQL is starting up';
    const notReady = await fetch(`${url}/health/ready`);
    problem = null;
    expect(notReady.status).toBe(503);
    expect(await notReady.json()).toMatchObject({
      error: { database: { message: 'PostgreSQL is starting up' } },
    });
  });

  it('measures requests by route, and those that met none under one name', async () => {
    await fetch(`${url}/nowhere/4711`);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(/request_seconds_count\{method="POST",route="\/trace",status="2xx"\} 31/);
    expect(text).toMatch(/request_seconds_count\{method="GET",route="unmatched",status="4xx"\} 1/);
    expect(text).not.toContain('4711');
  });

  it('takes an event stream for no request that was slow', async () => {
    const response = await fetch(`${url}/stream`);
    await response.text();
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('route="/metrics"');
    expect(text).not.toContain('route="/stream"');
  });

  it('gives metrics to this machine, but not through a proxy on it', async () => {
    const metrics = await fetch(`${url}/metrics`);
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toContain('kopeck_http_request_seconds_count');
    const proxied = await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(proxied.status).toBe(403);
  });

  it('gives metrics only for the token where there is one', async () => {
    const guarded = await start(token);
    try {
      const read = async (authorization?: string) =>
        (
          await fetch(`${await guarded.getUrl()}/metrics`, {
            headers: authorization ? { authorization } : {},
          })
        ).status;
      expect(await read()).toBe(401);
      expect(await read('Bearer wrong')).toBe(401);
      expect(await read(`Bearer ${token}`)).toBe(200);
    } finally {
      await guarded.close();
    }
  });
});
