import { randomBytes, randomUUID } from 'node:crypto';
import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CacheUnavailable, RedisClient } from '@kopeck/cache';
import type { AttemptAnswer, Question, Role, TransferRequest } from '@kopeck/contracts';
import { Producer, QuestionClient, TopicAdmin, type Outgoing } from '@kopeck/kafka';
import { BaseSettings, BODY_LIMIT_BYTES, Metrics } from '@kopeck/service';
import { GATEWAY_PROVIDERS, HTTP_CONTROLLERS } from '../app.module.js';
import { GatewaySettings } from '../gateway.settings.js';
import { configureHttp } from '../http/configure-http.js';
import { PAGE_CONTROLLERS } from '../pages/pages.js';
import { AttemptThrottle } from '../sessions/attempt-throttle.js';
import { SessionStore, type SessionsEnded } from '../sessions/session.store.js';
import { newToken, sessionIdOf, type CurrentSession } from '../sessions/session.js';
import { StreamHub } from '../stream/stream-hub.service.js';
import { PendingHints } from '../transfers/pending-hints.js';
import { TransferDesk } from '../transfers/transfer-desk.service.js';
import type { Transfer } from '../transfers/transfer.js';

const SESSION_MS = 600_000;

/** The other services, for unit tests: each question is answered by what a test says. */
export class ServicesUnderTest {
  readonly replyTopic = 'replies.gateway-test';
  readonly asked: { pattern: string; request: Record<string, unknown> }[] = [];
  readonly sent: Outgoing[] = [];
  answers: Record<string, (request: never) => unknown> = {};
  onSend: (request: TransferRequest) => void | Promise<void> = () => undefined;
  private readonly expected = new Map<string, (answer: AttemptAnswer) => void>();

  async ask(question: Question<object, unknown>, request: Record<string, unknown>): Promise<unknown> {
    this.asked.push({ pattern: question.pattern, request });
    const answer = this.answers[question.pattern];
    if (!answer) throw new Error(`the test says nothing about ${question.pattern}`);
    return answer(request as never);
  }

  expect(id: string, onReply: (answer: AttemptAnswer) => void): () => void {
    this.expected.set(id, onReply);
    return () => this.expected.delete(id);
  }

  reply(answer: AttemptAnswer): void {
    this.expected.get(answer.requestId)?.(answer);
  }

  async send(messages: Outgoing[]): Promise<void> {
    this.sent.push(...messages);
    for (const { value } of messages) await this.onSend(value as TransferRequest);
  }

  async lag(): Promise<{ topic: string; lag: bigint }[]> {
    return [{ topic: 'any', lag: 3n }];
  }
}

/** What Redis would hold, for unit tests; the real thing has component tests. */
class StateUnderTest {
  readonly sessions = new Map<string, CurrentSession>();
  readonly hints = new Map<string, { customerId: string; transfer: Transfer }>();
  isDown = false;

  reachable(): void {
    if (this.isDown) throw new CacheUnavailable(new Error('down'));
  }
}

export interface GatewayUnderTest {
  readonly app: NestFastifyApplication;
  readonly services: ServicesUnderTest;
  readonly state: StateUnderTest;
  readonly desk: TransferDesk;
  readonly hub: StreamHub;
  readonly metrics: Metrics;
  /** @returns the Authorization header of a new session. */
  signIn(role: Role, customerId?: string): string;
}

export async function startGateway(settings: Partial<GatewaySettings> = {}): Promise<GatewayUnderTest> {
  const services = new ServicesUnderTest();
  const state = new StateUnderTest();
  const testing = await Test.createTestingModule({
    controllers: [...HTTP_CONTROLLERS, ...PAGE_CONTROLLERS],
    providers: [
      ...GATEWAY_PROVIDERS,
      Metrics,
      ...[Producer, QuestionClient, TopicAdmin].map((provide) => ({ provide, useValue: services })),
      { provide: RedisClient, useValue: valuesUnderTest() },
      { provide: BaseSettings, useValue: new BaseSettings() },
      { provide: GatewaySettings, useValue: settingsOf(settings) },
    ],
  })
    .overrideProvider(SessionStore)
    .useValue(sessionStoreOn(state))
    .overrideProvider(PendingHints)
    .useValue(pendingHintsOn(state))
    .overrideProvider(AttemptThrottle)
    .useValue({ attempt: async () => 0, forget: async () => undefined, forgiveOne: async () => undefined })
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(
    new FastifyAdapter({ bodyLimit: BODY_LIMIT_BYTES }),
    { logger: false },
  );
  await configureHttp(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const signIn = (role: Role, customerId: string = randomUUID()): string => {
    const token = newToken();
    state.sessions.set(token, {
      customerId,
      role,
      tokenHash: token,
      endsAtMs: Date.now() + SESSION_MS,
      usedAtMs: Date.now(),
    });
    return `Bearer ${token}`;
  };
  return {
    app,
    services,
    state,
    desk: app.get(TransferDesk),
    hub: app.get(StreamHub),
    metrics: app.get(Metrics),
    signIn,
  };
}

function settingsOf(settings: Partial<GatewaySettings>): GatewaySettings {
  return Object.assign(new GatewaySettings(), {
    SEALING_KEY: randomBytes(32).toString('base64'),
    SIGN_UP_LIMIT_PER_HOUR: 0,
    ...settings,
  });
}

function sessionStoreOn(state: StateUnderTest): Partial<SessionStore> {
  const listeners: ((ended: SessionsEnded) => void)[] = [];
  const tell = (ended: SessionsEnded) => listeners.forEach((listener) => listener(ended));
  const all = (customerId: string) =>
    [...state.sessions.values()].filter((session) => session.customerId === customerId);
  const end = ({ customerId, tokenHash }: CurrentSession) => {
    state.sessions.delete(tokenHash);
    tell({ customerId, tokenHash });
  };
  return {
    onEnd: (listener) => void listeners.push(listener),
    find: async (token) => {
      state.reachable();
      return state.sessions.get(token);
    },
    begin: async ({ customerId, role }, device) => {
      const token = newToken();
      const endsAtMs = Date.now() + SESSION_MS;
      const usedAtMs = Date.now();
      state.sessions.set(token, { customerId, role, tokenHash: token, endsAtMs, usedAtMs, device });
      return { token, endsAtMs };
    },
    list: async (customerId) => all(customerId),
    liveOf: async (hashes) => {
      state.reachable();
      return new Set(hashes.filter((hash) => state.sessions.has(hash)));
    },
    end: async (session) => end(session),
    endOne: async (customerId, sessionId) => {
      const session = all(customerId).find((one) => sessionIdOf(one) === sessionId);
      if (session) end(session);
      return session !== undefined;
    },
    endAll: async (customerId) => {
      const ended = all(customerId);
      for (const { tokenHash } of ended) state.sessions.delete(tokenHash);
      tell({ customerId });
      return ended.length;
    },
  };
}

function pendingHintsOn(state: StateUnderTest): Partial<PendingHints> {
  return {
    remember: async (customerId, transfer) => void state.hints.set(transfer.id, { customerId, transfer }),
    recall: async (transferId, customerId) => {
      const hint = state.hints.get(transferId);
      return hint?.customerId === customerId ? hint.transfer : undefined;
    },
  };
}

/** Of Redis only what pages keep for a while: plain values. */
function valuesUnderTest() {
  const values = new Map<string, string>();
  return {
    get: async (key: string) => values.get(key) ?? null,
    set: async (key: string, value: string) => void values.set(key, value),
  };
}
