import { randomUUID } from 'node:crypto';
import {
  expected,
  fundedAccount,
  BankClient,
  PASSWORD,
  signIn,
  type Account,
} from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

/** A browser without JavaScript: it keeps cookies and sends the forms it was shown. */
class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  async get(path: string): Promise<{ status: number; text: string; path: string }> {
    return this.follow(await this.fetch(path, {}), path);
  }

  /** Fills in the form on a page that goes to this address; redirects are followed. */
  async submit(page: string, action: string, fields: Record<string, string>) {
    const { text } = await this.get(page);
    return this.send(action, { ...hiddenFieldsOf(text, action), ...fields });
  }

  async send(action: string, fields: Record<string, string>) {
    const body = new URLSearchParams(fields);
    return this.follow(await this.fetch(action, { method: 'POST', body }), action);
  }

  private async follow(response: Response, path: string) {
    const location = response.headers.get('location');
    if (response.status === 303 && location) return this.get(location);
    return { status: response.status, text: await response.text(), path };
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { cookie, origin: this.url, 'accept-language': 'en' };
    const response = await fetch(`${this.url}${path}`, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

function hiddenFieldsOf(html: string, action: string): Record<string, string> {
  const form = (html.match(/<form[\s\S]*?<\/form>/g) ?? []).find((one) => one.includes(`action="${action}"`));
  if (form === undefined) throw new Error(`no form for ${action}:\n${html}`);
  const inputs = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return Object.fromEntries(inputs.map(([, name, value]) => [name, value!.replaceAll('&amp;', '&')]));
}

describe('the pages on the running bank', () => {
  let system: SharedSystem;
  let anna: BankClient;
  let euros: Account;
  let boriss: Account;
  let browser: Browser;

  beforeAll(async () => {
    system = await sharedSystem();
    const operator = await signIn(system.url, system.operator.email, system.operator.password);
    anna = await register('Anna');
    euros = await fundedAccount(anna, operator, 'EUR', '100.00');
    boriss = await (await register('Boris')).openAccount('EUR');
  }, 120_000);

  beforeEach(() => {
    browser = new Browser(system.url);
  });

  const emails = new Map<string, string>();

  async function register(name: string): Promise<BankClient> {
    const email = `${randomUUID()}@example.com`;
    emails.set(name, email);
    const body = { email, password: PASSWORD, name };
    expected(201, await new BankClient(system.url).send('POST', '/customers', { body }));
    return signIn(system.url, email, PASSWORD);
  }

  const enter = (name = 'Anna') =>
    browser.submit('/sign-in', '/sign-in', { email: emails.get(name)!, password: PASSWORD });

  const balance = async () => {
    const { data } = expected(200, await anna.get('/accounts')) as { data: Account[] };
    return data.find(({ id }) => id === euros.id)!.balance.amount;
  };

  it('send money once, from the form to the receipt, and show it in the history and its file', async () => {
    expect((await enter()).path).toBe('/');
    const reference = `page-${randomUUID()}`;
    const form = { from: euros.id, to: boriss.number, amount: '12,30', reference };
    const check = await browser.submit('/send', '/send', form);
    expect(check.path).toMatch(/^\/send\/check\?draft=/);
    const fields = hiddenFieldsOf(check.text, '/send/check');
    const sent = await Promise.all(Array.from({ length: 5 }, () => browser.send('/send/check', fields)));
    expect(new Set(sent.map(({ path }) => path)).size).toBe(1);
    await eventually(async () => {
      const { text } = await browser.get(sent[0]!.path);
      expect(text).toContain('Settled');
    });
    expect(await balance()).toBe('87.70');
    const found = await browser.get(`/accounts/${euros.id}?search=${reference}&direction=out`);
    expect(found.text).toContain(reference);
    expect((await browser.get(`/accounts/${euros.id}?search=${reference}&direction=in`)).text).toContain(
      'Nothing fits',
    );
    const file = await browser.get(`/accounts/${euros.id}/entries.csv`);
    expect(file.text).toContain(`,${reference},${boriss.number},,12.30,87.70,EUR,`);
  });

  it('say what happened where the bank refuses', async () => {
    await enter();
    const form = { from: euros.id, to: boriss.number, amount: '1 000', reference: '' };
    const refused = await browser.submit('/send', '/send', form);
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/You have 87\.70.EUR available/);
  });

  it('ask for a price and show where it comes from', async () => {
    const roubles = await anna.openAccount('RUB');
    await enter();
    const form = { from: euros.id, to: roubles.id, side: 'sell', amount: '10' };
    const price = await browser.submit('/convert', '/convert', form);
    expect(price.path).toMatch(/^\/convert\/[0-9a-f-]{36}$/);
    const done = await browser.send(price.path, hiddenFieldsOf(price.text, price.path));
    await eventually(async () => expect((await browser.get(done.path)).text).toContain('Converted'));
    expect(await balance()).toBe('77.70');
  });

  it('show nobody what is somebody else’s', async () => {
    await enter('Boris');
    expect((await browser.get(`/accounts/${euros.id}`)).status).toBe(404);
    expect((await browser.get(`/accounts/${euros.id}/entries.csv`)).status).toBe(404);
    expect((await new Browser(system.url).get(`/accounts/${euros.id}`)).path).toMatch(/^\/sign-in\?next=/);
  });
});
