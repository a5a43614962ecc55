import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** The API takes nothing but JSON; Fastify would read plain text, and Nest forms as well. */
export function takeOnlyJson(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const type = request.headers['content-type'];
    if (type === undefined || !request.url.startsWith('/api/') || JSON_TYPE.test(type)) done();
    else
      done(
        new Problem('unsupported_media_type', `Send the body as application/json, not as ${clipped(type)}.`),
      );
  });
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
