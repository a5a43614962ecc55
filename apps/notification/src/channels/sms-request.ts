/** What a gateway is told of one message. */
export interface TextMessage {
  /** E.164. */
  readonly phone: string;
  readonly text: string;
  readonly id: string;
}

export interface GatewayTemplate {
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'GET';
  /** JSON object of header texts. */
  readonly headers: string;
  readonly body: string;
}

export interface GatewayRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const PLACEHOLDER = /\{(phone|text|id)\}/g;
const MAX_HEADERS = 20;

/** @returns undefined for anything but a JSON object of texts; names in lower case. */
export function readHeaders(json: unknown): Record<string, string> | undefined {
  try {
    const headers = JSON.parse(String(json)) as unknown;
    if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return undefined;
    const entries = Object.entries(headers);
    const isUsable = entries.length <= MAX_HEADERS && entries.every(([name, value]) => isHeader(name, value));
    return isUsable
      ? Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value as string]))
      : undefined;
  } catch {
    return undefined;
  }
}

function isHeader(name: string, value: unknown): boolean {
  return /^[\w-]{1,100}$/.test(name) && typeof value === 'string' && /^[\t\x20-\x7e]{0,1000}$/.test(value);
}

/** Placeholders are filled in once: a text that has `{id}` in it stays as it is. */
export function gatewayRequestOf(template: GatewayTemplate, message: TextMessage): GatewayRequest {
  const headers = readHeaders(template.headers) ?? {};
  const fill = (text: string, escape: (value: string) => string) =>
    text.replace(PLACEHOLDER, (_, name: keyof TextMessage) => escape(message[name]));
  const { method } = template;
  return {
    url: fill(template.url, encodeURIComponent),
    method,
    headers,
    body: method === 'GET' ? undefined : fill(template.body, escapeFor(headers['content-type'] ?? '')),
  };
}

function escapeFor(contentType: string): (value: string) => string {
  if (/[/+]json\b/i.test(contentType)) return (value) => JSON.stringify(value).slice(1, -1);
  if (/x-www-form-urlencoded/i.test(contentType)) return encodeURIComponent;
  if (/[/+]xml\b/i.test(contentType)) return escapeXml;
  return (value) => value;
}

function escapeXml(value: string): string {
  return value.replace(/[<>&"']/g, (character) => `&#${character.codePointAt(0)};`);
}
