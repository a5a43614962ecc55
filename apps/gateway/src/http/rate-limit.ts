import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewaySettings } from '../gateway.settings.js';
import { Problem } from './problem.js';

const WINDOW_SECONDS = 60;
const LIMITED_BY = Symbol('limited by');

interface Limit {
  readonly isAllowed: boolean;
  readonly isExceeded?: boolean;
  readonly remaining?: number;
  readonly ttlInSeconds?: number;
}
type Limited = FastifyRequest & { [LIMITED_BY]?: string };

/**
 * Requests a minute, counted by session where there is one, else by address, in this instance's memory: a counter in Redis
 * would cost every request a second round trip, for a limit that only has to keep one client from drowning the others.
 */
@Injectable()
export class RateLimit {
  private readonly perMinute: number;
  private readonly policy: string;
  private limiter?: (request: FastifyRequest) => Promise<Limit>;

  constructor(
    @Inject(GatewaySettings) settings: GatewaySettings,
    private readonly host: HttpAdapterHost,
  ) {
    this.perMinute = settings.RATE_LIMIT_PER_MINUTE;
    this.policy = `"default";q=${this.perMinute};w=${WINDOW_SECONDS}`;
  }

  /**
   * Counts one request and writes RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10).
   *
   * @throws {Problem} `rate_limited` above the limit.
   */
  async count(request: FastifyRequest, reply: FastifyReply, client: string): Promise<void> {
    if (this.perMinute === 0) return;
    (request as Limited)[LIMITED_BY] = client;
    const limit = await this.ready()(request);
    const resetSeconds = limit.ttlInSeconds ?? WINDOW_SECONDS;
    reply.header('ratelimit-policy', this.policy);
    reply.header('ratelimit', `"default";r=${limit.remaining ?? 0};t=${resetSeconds}`);
    if (!limit.isExceeded) return;
    throw new Problem(
      'rate_limited',
      `More than ${this.perMinute} requests in a minute. Wait ${resetSeconds} s, then go on more slowly.`,
      { retryAfterSeconds: resetSeconds },
    );
  }

  private ready(): (request: FastifyRequest) => Promise<Limit> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    return (this.limiter ??= fastify.createRateLimit({
      max: this.perMinute,
      timeWindow: WINDOW_SECONDS * 1_000,
      keyGenerator: (request) => (request as Limited)[LIMITED_BY] ?? request.ip,
    }) as (request: FastifyRequest) => Promise<Limit>);
  }
}
