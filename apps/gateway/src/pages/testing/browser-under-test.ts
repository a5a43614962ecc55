import type { GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { PAGE_FIELD } from '../visits/form-fields.js';
import { TOKEN_FIELD } from '../visits/form-tokens.js';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Where a redirect leads. */
  readonly location: string | undefined;
}

type Headers = Readonly<Record<string, string>>;

/** A browser as far as pages need one: it keeps cookies, and fills in forms that it was shown. */
export class BrowserUnderTest {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly gateway: GatewayUnderTest,
    private readonly headers: Headers = {},
  ) {}

  /** As if this customer had signed in. */
  signIn(role: 'customer' | 'operator', customerId?: string): this {
    const token = this.gateway.signIn(role, customerId).replace('Bearer ', '');
    this.cookies.set('kopeck', token);
    return this;
  }

  get(url: string, headers: Headers = {}): Promise<PageAnswer> {
    return this.request('GET', url, headers);
  }

  /** Sends the form for this address that stands on a page, with its hidden fields. */
  async submit(
    page: string,
    action: string,
    fields: Headers = {},
    headers: Headers = {},
  ): Promise<PageAnswer> {
    const { text } = await this.get(page);
    return this.post(action, { ...hiddenFieldsOf(text, action), ...fields }, headers);
  }

  post(url: string, fields: Headers, headers: Headers = {}): Promise<PageAnswer> {
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    return this.request('POST', url, { ...form, ...headers }, new URLSearchParams(fields).toString());
  }

  /** @returns the page that a redirect leads to. */
  async follow(answer: PageAnswer): Promise<PageAnswer> {
    expect([answer.status, answer.text]).toEqual([303, '']);
    return this.get(answer.location!);
  }

  private async request(
    method: 'GET' | 'POST',
    url: string,
    headers: Headers,
    payload?: string,
  ): Promise<PageAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.gateway.app.inject({
      method,
      url,
      headers: { ...(cookie && { cookie }), ...this.headers, ...headers },
      ...(payload !== undefined && { payload }),
    });
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0 || value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const location = response.headers['location'] as string | undefined;
    return { status: response.statusCode, headers: response.headers, text: response.body, location };
  }
}

/** Hidden fields of the form on a page that is sent to this address. */
export function hiddenFieldsOf(html: string, action: string): Record<string, string> {
  const form = formOf(html, action);
  const inputs = form.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(
    inputs.map((input) => [attributeOf(input, 'name'), unescaped(attributeOf(input, 'value'))]),
  );
}

function formOf(html: string, action: string): string {
  const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((candidate) => attributeOf(candidate, 'action') === action);
  if (form === undefined) throw new Error(`There is no form for ${action} on this page:\n${textOf(html)}`);
  expect(form).toMatch(new RegExp(`name="${TOKEN_FIELD}".*name="${PAGE_FIELD}"`, 's'));
  return form;
}

function attributeOf(tag: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

/** What a person reads: no tags, single blanks. */
export function textOf(html: string): string {
  const body = html.replace(/<head>[\s\S]*?<\/head>/, '').replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
  return unescaped(body.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:])/g, '$1')
    .trim();
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
