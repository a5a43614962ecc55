import { request } from 'node:http';
import { createTransport } from 'nodemailer';
import { MailCatcher } from './mail-catcher.mjs';

interface ListedMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

describe('the mail catcher', () => {
  let catcher: MailCatcher;

  beforeAll(async () => {
    catcher = await MailCatcher.start();
  });

  afterAll(() => catcher.stop());

  async function send(mail: { to: string; subject: string; text: string; html?: string }): Promise<void> {
    const transport = createTransport(catcher.smtpUrl);
    await transport.sendMail({ from: 'Kopeck <no-reply@kopeck.example>', ...mail });
    transport.close();
  }

  const listed = async () => (await (await fetch(`${catcher.webUrl}/mails.json`)).json()) as ListedMail[];
  const page = async (path: string) => (await fetch(catcher.webUrl + path)).text();

  it('shows what it was sent, newest first, decoded, and nothing in it runs', async () => {
    await send({ to: 'anna@example.com', subject: 'First', text: 'plain' });
    await send({
      to: 'boris@example.com',
      subject: 'Вам пришли деньги <b>',
      text: 'Аня прислала 12,30 €\n'.repeat(20),
      html: '<p>Аня прислала <script>alert(1)</script></p>',
    });
    const [second, first] = await listed();
    expect(first).toMatchObject({ to: 'anna@example.com', subject: 'First', text: 'plain' });
    expect(second).toMatchObject({ to: 'boris@example.com', subject: 'Вам пришли деньги <b>' });
    expect(second!.text).toBe('Аня прислала 12,30 €\n'.repeat(20).trim());
    expect(await page('/')).toContain('Вам пришли деньги &lt;b&gt;');
    expect(await page(`/mails/${second!.id}`)).toContain('Аня прислала 12,30 €');
    const source = await page(`/mails/${second!.id}/source`);
    expect(source).toContain('Content-Type: multipart/alternative');
    expect(source).not.toContain('<script');
  });

  it('keeps the last two hundred', async () => {
    const transport = createTransport({ url: catcher.smtpUrl, pool: true } as object);
    const from = 'no-reply@kopeck.example';
    await Promise.all(
      Array.from({ length: 205 }, (_, n) =>
        transport.sendMail({ from, to: 'a@example.com', subject: `${n}`, text: '' }),
      ),
    );
    transport.close();
    expect(await listed()).toHaveLength(200);
  });

  it('answers nobody but this machine, by its own name', async () => {
    const status = await new Promise((resolve) => {
      request(catcher.webUrl, { headers: { host: 'rebound.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(403);
    expect((await fetch(`${catcher.webUrl}/mails/nothing`)).status).toBe(404);
  });
});
