import type { FastifyInstance } from 'fastify';

interface KnownRoute {
  readonly shape: RegExp;
  readonly methods: Set<string>;
}

const known = new WeakMap<object, Map<string, KnownRoute>>();

/** Remembers every route as it is registered, so that a 404 can be told from a 405. Call before the routes exist. */
export function rememberRoutes(fastify: FastifyInstance): void {
  const routes = new Map<string, KnownRoute>();
  known.set(fastify.server, routes);
  fastify.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const route = routes.get(url) ?? { shape: shapeOf(url), methods: new Set<string>() };
    for (const name of [method].flat()) route.methods.add(name);
    routes.set(url, route);
  });
}

/** Methods that an address takes, sorted; none where there is nothing at all. Only for the slow way of a 404. */
export function allowedMethods(fastify: FastifyInstance, path: string): string[] {
  const methods = new Set<string>();
  for (const route of known.get(fastify.server)?.values() ?? []) {
    if (route.shape.test(path)) for (const method of route.methods) methods.add(method);
  }
  return [...methods].sort();
}

function shapeOf(url: string): RegExp {
  const pattern = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/');
  return new RegExp(`^${pattern}/?$`);
}
