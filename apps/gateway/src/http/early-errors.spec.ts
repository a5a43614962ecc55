import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createHttpAdapter } from '@kopeck/service';
import type { FastifyInstance } from 'fastify';
import { EARLY_ERRORS } from './early-errors.js';

describe('requests that get to no route', () => {
  let fastify: FastifyInstance;

  beforeAll(async () => {
    fastify = createHttpAdapter({ TRUST_PROXY: false }, EARLY_ERRORS).getInstance<FastifyInstance>();
    fastify.get('/things/:id', () => ({}));
    await fastify.listen({ host: '127.0.0.1', port: 0 });
  });

  afterAll(() => fastify.close());

  async function answerTo(request: string): Promise<{ head: string; problem: Record<string, unknown> }> {
    const socket = connect((fastify.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(request);
    const [head, body] = (await text(socket)).split('\r\n\r\n');
    return { head: head!, problem: JSON.parse(body!) as Record<string, unknown> };
  }

  const request = (path: string, more = '') =>
    `GET ${path} HTTP/1.1\r\nhost: kopeck\r\nconnection: close\r\n${more}\r\n`;

  it.each([
    ['percent-encoding that is none', request('/things/%zz'), 404, 'not_found'],
    ['a parameter without an end', request(`/things/${'x'.repeat(500)}`), 404, 'not_found'],
    ['no HTTP at all', 'HELO kopeck\r\n\r\n', 400, 'malformed_request'],
    ['headers without an end', request('/', `cookie: ${'x'.repeat(20_000)}\r\n`), 431, 'headers_too_large'],
  ])('are answered as problems: %s', async (_what, bytes, status, code) => {
    const { head, problem } = await answerTo(bytes);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json');
    expect(head).toContain('x-content-type-options: nosniff');
    expect(problem).toMatchObject({ status, code, type: `/docs/problems#${code}` });
  });
});
