import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import type { OpenAPIObject } from '@nestjs/swagger';
import { HTTP_CONTROLLERS } from '../app.module.js';
import { ACCESS } from '../sessions/access.decorator.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { openApiDocumentOf } from './openapi.js';

const COMMITTED = path.resolve(process.cwd(), 'docs/openapi.json');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

describe('the OpenAPI document', () => {
  let gateway: GatewayUnderTest;
  let document: OpenAPIObject;

  beforeAll(async () => {
    gateway = await startGateway();
    document = openApiDocumentOf(gateway.app);
  });
  afterAll(() => gateway.app.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([address, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation ? [{ address, method, operation }] : [];
      }),
    );

  it('is the committed one (WRITE_OPENAPI=1 writes it anew)', async () => {
    const text = await format(JSON.stringify(document), { parser: 'json', printWidth: 110 });
    if (process.env['WRITE_OPENAPI']) writeFileSync(COMMITTED, text);
    expect(existsSync(COMMITTED)).toBe(true);
    expect(JSON.parse(readFileSync(COMMITTED, 'utf8'))).toEqual(JSON.parse(text));
  });

  it('is OpenAPI 3.1 and names no Nest artefacts', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.stringify(document)).not.toMatch(/Controller_|"nullable"/);
  });

  it('describes every route with a summary, an id of its own and its problems', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations()) {
      expect(operation.summary).toBeTruthy();
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['429', '500', '503', '504']));
      const success = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      expect(success.length).toBeGreaterThan(0);
    }
  });

  it('declares a session wherever one is needed, and nowhere else', () => {
    const open = operations()
      .filter(({ operation }) => !operation.security)
      .map(({ operation }) => operation.operationId);
    expect(open.sort()).toEqual(['estimateConversion', 'listRates', 'readRateHistory', 'signIn', 'signUp']);
  });

  it('gives every field of every schema an example or a type of its own', () => {
    for (const schema of Object.values(document.components?.schemas ?? {})) {
      if ('$ref' in schema) continue;
      for (const property of Object.values(schema.properties ?? {})) {
        expect(Object.keys(property)).not.toHaveLength(0);
      }
    }
  });

  it('covers every route there is, and every route says who may call it', () => {
    let routes = 0;
    for (const controller of HTTP_CONTROLLERS) {
      for (const name of Object.getOwnPropertyNames(controller.prototype)) {
        const handler = (controller.prototype as unknown as Record<string, unknown>)[name] as object;
        if (!Reflect.hasMetadata('path', handler) || name === 'constructor') continue;
        routes++;
        expect([name, Reflect.getMetadata(ACCESS, handler)]).toEqual([
          name,
          expect.stringMatching(/^(anyone|signed-in|customer|operator)$/),
        ]);
      }
    }
    expect(operations()).toHaveLength(routes);
  });
});
