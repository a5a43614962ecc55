/** Answers of gateways are short; what is longer isn't read. */
const MAX_ANSWER_BYTES = 64 * 1_024;

export interface Exchanged {
  readonly status: number;
  /** Parsed JSON, or undefined where it isn't any. */
  readonly json: unknown;
  readonly retryAfterMs: number | undefined;
}

/** A request to a service that the bank's operator named. @throws when nothing came back. */
export async function exchange(
  url: string,
  { method, headers, body, signal }: Pick<RequestInit, 'method' | 'headers' | 'body' | 'signal'>,
): Promise<Exchanged> {
  const response = await fetch(url, { method, headers, body, signal, redirect: 'manual' });
  const text = await textOf(response);
  return {
    status: response.status,
    json: parse(text),
    retryAfterMs: retryAfterMsOf(response.headers.get('retry-after'), Date.now()),
  };
}

/** RFC 9110, section 10.2.3: seconds or a date. */
export function retryAfterMsOf(header: string | null | undefined, nowMs: number): number | undefined {
  if (header === null || header === undefined) return undefined;
  if (/^\d{1,8}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

/** What went wrong below HTTP, without an address or a secret in it. */
export function connectionFaultOf(error: unknown): string {
  const { name, cause, code } = error as Error & { code?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time';
  const reason = code ?? (cause as { code?: string } | undefined)?.code;
  if (reason === 'ECONNREFUSED') return 'the connection was refused';
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN') return 'the host’s name is not known';
  if (reason === 'ECONNRESET' || reason === 'UND_ERR_SOCKET') return 'the connection broke off';
  if (reason === 'ETIMEDOUT' || reason === 'UND_ERR_CONNECT_TIMEOUT') return 'no answer in time';
  if (reason !== undefined && /CERT|TLS|SSL|ALTNAME|SELF_SIGNED|VERIFY/.test(reason))
    return 'the connection could not be secured';
  return 'it could not be reached';
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
