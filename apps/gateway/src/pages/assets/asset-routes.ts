import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ASSET_FILES, ASSETS_VERSION } from './asset-files.js';

const FOR_EVER = 'public, max-age=31536000, immutable';

type AssetRequest = FastifyRequest<{ Params: { version: string; name: string } }>;

/** `/assets/<version>/<name>`: stylesheet, script and fonts, all of them from here. */
export function assetRoutes(fastify: FastifyInstance): void {
  fastify.get('/assets/:version/:name', async (request: AssetRequest, reply) => {
    const { version, name } = request.params;
    const file = Object.hasOwn(ASSET_FILES, name) ? ASSET_FILES[name] : undefined;
    if (!file) return reply.status(404).type('text/plain').send('There is no such file.');
    // While two versions of the gateway run, either is asked for the other's files: what it has may be used, not kept.
    reply.header('cache-control', version === ASSETS_VERSION ? FOR_EVER : 'no-store');
    reply.header('vary', 'accept-encoding').type(file.type);
    return reply.send(encodedFor(request, reply, file));
  });
}

function encodedFor(
  request: FastifyRequest,
  reply: FastifyReply,
  file: (typeof ASSET_FILES)[string],
): Buffer {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = (['br', 'gzip'] as const).find((name) => new RegExp(`\\b${name}\\b`).test(accepted));
  if (!file.encoded || !encoding) return file.body;
  reply.header('content-encoding', encoding);
  return file.encoded[encoding];
}
