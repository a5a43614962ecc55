import { CUSTOMER_QUESTIONS, refusal, type CustomerView } from '@kopeck/contracts';
import { ACCESS } from '../sessions/access.decorator.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { ASSETS_VERSION } from './assets/asset-files.js';
import { PAGE_CONTROLLERS } from './pages.js';
import { BrowserUnderTest, hiddenFieldsOf, textOf } from './testing/browser-under-test.js';

const customer: CustomerView = {
  customerId: '11111111-1111-4111-8111-111111111111',
  email: 'anna@example.com',
  name: 'Anna',
  role: 'customer',
  language: 'ru',
  registeredAt: '2026-03-01T09:30:00.000Z',
};
const PASSWORD = 'correct horse battery';

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly access: unknown;
}

/** Every page there is, with ids filled in. */
function routes(): Route[] {
  return PAGE_CONTROLLERS.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
      const handler = (controller.prototype as unknown as Record<string, unknown>)[name] as object;
      if (name === 'constructor' || !Reflect.hasMetadata('path', handler)) return [];
      const path = `/${[Reflect.getMetadata('path', controller), Reflect.getMetadata('path', handler)].join('/')}`;
      return {
        // Nest's own numbers for methods.
        method: Reflect.getMetadata('method', handler) === 0 ? ('GET' as const) : ('POST' as const),
        path: filled(path),
        access: Reflect.getMetadata(ACCESS, handler),
      };
    }),
  );
}

function filled(path: string): string {
  return path
    .replace(/\/+/g, '/')
    .replace(/(?<=.)\/$/, '')
    .replace(':base', 'EUR')
    .replace(':quote', 'RUB')
    .replace(/:\w+/g, '22222222-2222-4222-8222-222222222222');
}

describe('pages', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.state.isDown = false;
    gateway.services.asked.length = 0;
    gateway.services.sent.length = 0;
    gateway.services.answers = {
      [CUSTOMER_QUESTIONS.checkPassword.pattern]: ({ email }: { email: string }) =>
        email === customer.email ? customer : refusal('invalid_credentials', 'no'),
    };
  });

  const browser = (headers = {}) => new BrowserUnderTest(gateway, headers);

  describe('signing in', () => {
    it('gives the browser a cookie that no script reads, and none in the address or the page', async () => {
      const anna = browser();
      const answer = await anna.submit('/sign-in', '/sign-in', {
        email: ' Anna@example.com',
        password: PASSWORD,
      });
      expect([answer.status, answer.location]).toEqual([303, '/']);
      const cookie = [answer.headers['set-cookie']].flat().find((text) => String(text).startsWith('kopeck='));
      expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
      expect((await anna.get('/sign-in')).location).toBe('/');
    });

    it('takes the customer’s language where the browser has none', async () => {
      const anna = browser();
      await anna.submit('/sign-in', '/sign-in', { email: customer.email, password: PASSWORD });
      expect(textOf((await anna.get('/nowhere')).text)).toContain('Такой страницы нет');
    });

    it('goes on to where somebody wanted to go, and never to another site', async () => {
      const credentials = { email: customer.email, password: PASSWORD };
      const goal = async (next: string) =>
        (await browser().submit(`/sign-in?next=${encodeURIComponent(next)}`, '/sign-in', credentials))
          .location;
      expect(await goal('/accounts?x=1')).toBe('/accounts?x=1');
      for (const foreign of ['https://example.com', '//example.com', '/\\example.com', 'javascript:alert(1)'])
        expect(await goal(foreign)).toBe('/');
    });

    it('says what is wrong, keeps the address, and never the password', async () => {
      const nobody = browser();
      const empty = await nobody.submit('/sign-in', '/sign-in', { email: 'anna', password: '' });
      expect(empty.status).toBe(422);
      expect(textOf(empty.text)).toMatch(
        /There is a problem Enter your e-mail address.* Enter your password/,
      );
      const wrong = await nobody.submit('/sign-in', '/sign-in', {
        email: 'x@example.com',
        password: PASSWORD,
      });
      expect(wrong.status).toBe(422);
      expect(textOf(wrong.text)).toContain('The e-mail address or the password is wrong');
      expect(wrong.text).toContain('value="x@example.com"');
      expect(wrong.text).not.toContain(PASSWORD);
    });

    it('ends with signing out', async () => {
      const anna = browser();
      await anna.submit('/sign-in', '/sign-in', { email: customer.email, password: PASSWORD });
      const [token] = [anna.cookies.get('kopeck')!];
      const page = await anna.follow(await anna.submit('/nowhere', '/sign-out'));
      expect(textOf(page.text)).toContain('Вы вышли');
      expect(gateway.state.sessions.has(token)).toBe(false);
      expect(textOf((await anna.get('/sign-in')).text)).not.toContain('Вы вышли');
    });
  });

  describe('a form', () => {
    const posts = routes().filter(({ method }) => method === 'POST');

    it.each(posts)('for $path is taken from our own pages only', async ({ path }) => {
      const anna = browser().signIn('customer');
      const { text } = await anna.get('/nowhere');
      const token = hiddenFieldsOf(text, '/appearance');
      const own = new Map(anna.cookies);
      const refused = async (fields: Record<string, string>, headers: Record<string, string> = {}) => {
        anna.cookies.clear();
        for (const [name, value] of own) anna.cookies.set(name, value);
        const answer = await anna.post(path, fields, headers);
        expect([answer.status, path]).toEqual([403, path]);
        expect(textOf(answer.text)).toContain('Nothing was done');
      };
      await refused({});
      await refused({ _token: 'x' });
      if (path !== '/appearance') await refused(token);
      for (const site of ['cross-site', 'same-site', 'nonsense'])
        await refused(token, { 'sec-fetch-site': site });
      expect(gateway.services.asked).toEqual([]);
      expect(gateway.services.sent).toEqual([]);
    });

    it('needs the Origin to be ours where the browser says nothing of sites', async () => {
      const nobody = browser();
      const fields = hiddenFieldsOf((await nobody.get('/sign-in')).text, '/appearance');
      const post = async (headers: Record<string, string>) => {
        const response = await gateway.app.inject({
          method: 'POST',
          url: '/appearance',
          headers: {
            host: 'bank.example',
            'content-type': 'application/x-www-form-urlencoded',
            cookie: [...nobody.cookies].map((pair) => pair.join('=')).join('; '),
            ...headers,
          },
          payload: new URLSearchParams({ ...fields, language: 'ru' }).toString(),
        });
        return response.statusCode;
      };
      expect(await post({ origin: 'https://bank.example' })).toBe(303);
      for (const origin of ['https://evil.example', 'null', 'https://bank.example.evil', 'bank.example'])
        expect([origin, await post({ origin })]).toEqual([origin, 403]);
      expect(await post({})).toBe(403);
    });

    it('of one browser is nothing in another', async () => {
      const fields = hiddenFieldsOf((await browser().get('/sign-in')).text, '/appearance');
      const other = browser();
      await other.get('/sign-in');
      expect((await other.post('/appearance', fields)).status).toBe(403);
    });

    it('that was shown before a sign-in in another tab still works', async () => {
      const anna = browser();
      const fields = hiddenFieldsOf((await anna.get('/sign-in')).text, '/appearance');
      await anna.submit('/sign-in', '/sign-in', { email: customer.email, password: PASSWORD });
      expect((await anna.post('/appearance', fields)).status).toBe(303);
    });
  });

  describe('language and colours', () => {
    it('follow the browser, and what was chosen before that', async () => {
      const russian = browser({ 'accept-language': 'fr;q=1, ru-RU;q=0.9, en;q=0.8' });
      expect((await russian.get('/sign-in')).text).toContain('<html lang="ru"');
      await russian.submit('/sign-in', '/appearance', { language: 'en', theme: 'dark' });
      const { text } = await russian.get('/sign-in');
      expect(text).toContain('<html lang="en" data-theme="dark"');
    });

    it('come back to the page they were chosen on', async () => {
      const answer = await browser().submit('/sign-in?next=%2Fsend', '/appearance', { language: 'ru' });
      expect([answer.status, answer.location]).toEqual([303, '/sign-in?next=%2Fsend']);
    });
  });

  describe('what goes wrong', () => {
    it('is told as a page with an id, in the person’s language, without our inside', async () => {
      const { status, text, headers } = await browser({ 'accept-language': 'ru' }).get('/nowhere');
      expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
      expect(headers['cache-control']).toBe('no-store');
      expect(textOf(text)).toMatch(/Такой страницы нет.*назовите этот номер/);
    });

    it('is 503 while sessions cannot be read', async () => {
      const anna = browser().signIn('customer');
      gateway.state.isDown = true;
      const { status, text, headers } = await anna.get('/sign-in');
      expect([status, headers['retry-after']]).toEqual([503, '2']);
      expect(textOf(text)).toContain('no money moved');
    });

    it('stays a problem document for programs', async () => {
      for (const path of ['/api/v1/nowhere', '/docs/nowhere']) {
        const answer = await browser().get(path);
        expect([answer.status, answer.headers['content-type']]).toEqual([
          404,
          expect.stringMatching(/^application\/problem\+json/),
        ]);
      }
    });
  });

  it('say for each route who may visit it', () => {
    for (const { path, access } of routes())
      expect([path, access]).toEqual([path, expect.stringMatching(/^(anyone|signed-in|customer|operator)$/)]);
  });

  it('are for whom they are: others are sent to sign in, or told', async () => {
    for (const { path, access } of routes().filter(({ method }) => method === 'GET')) {
      if (access === 'anyone') continue;
      const answer = await browser().get(path);
      expect([path, answer.status]).toEqual([path, 303]);
      expect(answer.location).toMatch(/^\/sign-in/);
      if (access === 'signed-in') continue;
      const other = browser().signIn(access === 'customer' ? 'operator' : 'customer');
      expect([path, (await other.get(path)).status]).toEqual([path, 403]);
    }
  });

  it('take no bearer token, and the API takes no cookie', async () => {
    const as = gateway.signIn('customer');
    const page = await gateway.app.inject({ url: '/send', headers: { authorization: as } });
    expect(page.statusCode).not.toBe(200);
    const api = await browser().signIn('customer').get('/api/v1/accounts');
    expect(api.status).toBe(401);
  });

  it('load nothing from elsewhere and run nothing inline', async () => {
    const { text, headers } = await browser().get('/sign-in');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(text).not.toMatch(/\sstyle=|\son\w+=|<style|<script(?![^>]*src=)/);
    expect(text.match(/(?:src|href)="(?!\/|#)[^"]*"/g)).toBeNull();
  });

  it('keep their stylesheet and script small, for ever, compressed', async () => {
    const sizes = await Promise.all(
      ['kopeck.css', 'live.js'].map(async (name) => {
        const headers = { 'accept-encoding': 'gzip, br' };
        const answer = await gateway.app.inject({ url: `/assets/${ASSETS_VERSION}/${name}`, headers });
        expect(answer.headers).toMatchObject({
          'content-encoding': 'br',
          'cache-control': 'public, max-age=31536000, immutable',
        });
        return answer.rawPayload.length;
      }),
    );
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(60_000);
    expect((await gateway.app.inject({ url: `/assets/x/inter-latin.woff2` })).headers['content-type']).toBe(
      'font/woff2',
    );
    expect((await gateway.app.inject({ url: '/assets/x/constructor' })).statusCode).toBe(404);
  });
});
