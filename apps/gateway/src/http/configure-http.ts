import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { documentationPages } from '../documentation/documentation-pages.js';
import { openApiDocumentOf } from '../documentation/openapi.js';
import { assetRoutes } from '../pages/assets/asset-routes.js';
import { rememberRoutes } from './routes.js';
import { takeOnlyJson } from './json-only.js';
import { securityHeaders } from './security-headers.js';

/** What Fastify has to know before Nest adds the routes. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  rememberRoutes(fastify);
  takeOnlyJson(fastify);
  await securityHeaders(fastify);
  // `global: false`: the access guard counts, because it knows the session.
  await fastify.register(rateLimit, { global: false });
  await fastify.register(cookie);
  assetRoutes(fastify);
  await documentationPages(fastify, () => openApiDocumentOf(app));
}
