import type { GatewayUnderTest } from './gateway-under-test.js';

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  /** The Authorization header; none for nobody. */
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface CallAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Whatever it is: tests say what they expect. */
  readonly body: ReturnType<JSON['parse']>;
}

/** One request to a gateway under test. @param path after `/api/v1`. */
export async function callGateway(
  { app }: GatewayUnderTest,
  path: string,
  { method = 'GET', as, headers = {}, body }: CallOptions = {},
): Promise<CallAnswer> {
  const response = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(as && { authorization: as }),
      ...headers,
    },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    body: response.body === '' ? undefined : JSON.parse(response.body),
  };
}

/** The answer is a problem document of this code, and says nothing of our inside. */
export function expectProblem(answer: CallAnswer, status: number, code: string): void {
  expect([answer.status, answer.body?.code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ status, type: `/docs/problems#${code}` });
  expect(answer.body.detail).toBeTruthy();
  expect(answer.text).not.toMatch(/\.[jt]s:|node_modules|stack/);
}
