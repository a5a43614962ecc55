import fastifyStatic from '@fastify/static';
import { ERRORS } from '@kopeck/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import swaggerUiPath from 'swagger-ui-dist/absolute-path.js';
import { assetAddress } from '../pages/assets/asset-files.js';

const SCRIPT = `window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: '/docs/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null, persistAuthorization: false,
    presets: [SwaggerUIBundle.presets.apis],
  });
};`;

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 70ch; margin: 2rem auto; padding: 0 1rem; }
dt { font-weight: 600; margin-top: 1rem; } dt:target { background: #fff3c4; } dd { margin: 0; }`;

const UI = page(
  'Kopeck API',
  '<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/init.js"></script>',
  '<div id="swagger-ui"></div>',
);

const PROBLEMS = page(
  'Problems of the Kopeck API',
  '<link rel="stylesheet" href="/docs/style.css">',
  `<h1>Problems</h1><p>What each <code>code</code> of a problem document means.</p><dl>${Object.entries(
    ERRORS,
  )
    .map(
      ([code, { status, title }]) =>
        `<dt id="${code}"><code>${code}</code> (${status})</dt><dd>${title}</dd>`,
    )
    .join('')}</dl>`,
);

/** `/docs`: the document, a page to read and try it, and what the problem types mean. All of it is served by us. */
export async function documentationPages(
  fastify: FastifyInstance,
  documentOf: () => OpenAPIObject,
): Promise<void> {
  let document: string | undefined;
  const html =
    (body: string) => async (_: unknown, reply: { type(type: string): { send(body: string): unknown } }) =>
      reply.type('text/html; charset=utf-8').send(body);
  fastify.get('/docs', html(UI));
  fastify.get('/docs/problems', html(PROBLEMS));
  fastify.get('/docs/init.js', async (_, reply) => reply.type('text/javascript').send(SCRIPT));
  fastify.get('/docs/style.css', async (_, reply) => reply.type('text/css').send(STYLE));
  fastify.get('/docs/openapi.json', async (_, reply) =>
    reply.type('application/json').send((document ??= JSON.stringify(documentOf()))),
  );
  await fastify.register(fastifyStatic, {
    root: swaggerUiPath(),
    prefix: '/docs/assets/',
    index: false,
    allowedPath: (path) => /^\/swagger-ui(-bundle)?\.(css|js)$/.test(path),
  });
}

function page(title: string, head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" type="image/svg+xml" href="${assetAddress('icon.svg')}">${head}</head><body>${body}</body></html>`;
}
