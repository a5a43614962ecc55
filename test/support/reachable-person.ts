import { randomInt, randomUUID } from 'node:crypto';
import { OUTSIDE_CHANNELS, type Language, type OutsideChannel } from '@kopeck/contracts';
import { BankClient, expected, fundedAccount, PASSWORD, signIn, type Account } from './bank-client.js';
import { eventually } from './eventually.js';
import { HttpReceiver } from './receivers/http-receiver.js';
import { SmsGatewayReceiver } from './receivers/sms-gateway.js';
import { SmtpReceiver } from './receivers/smtp-receiver.js';
import { TelegramApi } from './receivers/telegram-api.js';
import { verifiedOnce, type VerifiedWebhook } from './receivers/webhook-receiver.js';

/** Where messages that leave the bank arrive: real servers on this machine. */
export class Outside {
  private constructor(
    readonly smtp: SmtpReceiver,
    readonly telegram: TelegramApi,
    readonly sms: SmsGatewayReceiver,
  ) {}

  static async start(): Promise<Outside> {
    return new Outside(
      await SmtpReceiver.start(),
      await TelegramApi.start(),
      await SmsGatewayReceiver.start(),
    );
  }

  /** For the system under test. */
  get environment(): Record<string, string> {
    return {
      SMTP_URL: this.smtp.url,
      TELEGRAM_API_URL: this.telegram.url,
      TELEGRAM_BOT_TOKEN: this.telegram.token,
      SMS_GATEWAY_URL: this.sms.url,
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.smtp.stop(), this.telegram.stop(), this.sms.stop()]);
  }
}

/** A customer who can be reached over every channel, and wants to be told everything over each. */
export class ReachablePerson {
  private constructor(
    private readonly outside: Outside,
    readonly client: BankClient,
    readonly account: Account,
    readonly email: string,
    readonly chatId: number,
    readonly phone: string,
    readonly receiver: HttpReceiver,
    readonly webhookSecret: string,
  ) {}

  static async join(
    url: string,
    outside: Outside,
    operator: BankClient,
    { name, language }: { name: string; language: Language },
  ): Promise<ReachablePerson> {
    const email = `${randomUUID()}@example.com`;
    const body = { email, password: PASSWORD, name, language };
    expected(201, await new BankClient(url).send('POST', '/customers', { body }));
    const client = await signIn(url, email, PASSWORD);
    const account = await fundedAccount(client, operator, 'EUR', '100.00');
    const chatId = await linkTelegram(client, outside, name);
    const phone = await confirmPhone(client, outside);
    const receiver = await HttpReceiver.start();
    const endpoint = { url: `${receiver.url}/hooks` };
    const { secret } = expected(201, await client.send('POST', '/webhook-endpoints', { body: endpoint }));
    await wantEverything(client);
    return new ReachablePerson(outside, client, account, email, chatId, phone, receiver, secret as string);
  }

  webhooks(): VerifiedWebhook[] {
    return verifiedOnce(this.receiver, this.webhookSecret);
  }

  /** What came over each channel, as text. */
  heard(): Record<OutsideChannel, string[]> {
    return {
      email: this.outside.smtp.to(this.email).map((mail) => decodedMail(mail.source)),
      telegram: this.outside.telegram.to(this.chatId),
      sms: this.outside.sms.to(this.phone).map(({ text }) => text),
      webhook: this.webhooks().map((webhook) => JSON.stringify(webhook)),
    };
  }

  /** Waits until each channel has told something that fits. @returns it, by channel. */
  async hears(what: RegExp, withinMs = 15_000): Promise<Record<OutsideChannel, string>> {
    return eventually(
      () => {
        const heard = this.heard();
        const found = OUTSIDE_CHANNELS.map((channel) => {
          const text = heard[channel].find((each) => what.test(each));
          if (text === undefined)
            throw new Error(`${channel} did not tell ${String(what)}: ${heard[channel].join(' | ')}`);
          return [channel, text];
        });
        return Object.fromEntries(found) as Record<OutsideChannel, string>;
      },
      { withinMs },
    );
  }
}

async function linkTelegram(client: BankClient, outside: Outside, name: string): Promise<number> {
  const chatId = randomInt(1_000_000, 1_000_000_000);
  const { code } = expected(201, await client.send('POST', '/notification-contacts/telegram'));
  outside.telegram.write(chatId, `/start ${code}`, name);
  await eventually(async () => {
    const contacts = expected(200, await client.get('/notification-contacts'));
    expect(contacts.telegram.linkedAt).not.toBeNull();
  });
  return chatId;
}

async function confirmPhone(client: BankClient, outside: Outside): Promise<string> {
  const phone = `+7926${randomInt(1_000_000, 9_999_999)}`;
  expected(200, await client.send('PUT', '/notification-contacts/phone', { body: { phone } }));
  const code = await eventually(() => {
    const sent = outside.sms.codeFor(phone);
    if (sent === undefined) throw new Error('no code has come yet');
    return sent;
  });
  expected(200, await client.send('POST', '/notification-contacts/phone/confirmation', { body: { code } }));
  return phone;
}

async function wantEverything(client: BankClient): Promise<void> {
  const { body, headers } = await client.get('/notification-preferences');
  const channels = Object.fromEntries(
    Object.keys(body.channels).map((type) => [type, ['in_app', ...OUTSIDE_CHANNELS]]),
  );
  const answer = await client.send('PUT', '/notification-preferences', {
    body: { ...body, channels, rateCurrencies: ['EUR'] },
    headers: { 'if-match': headers.get('etag')! },
  });
  expected(200, answer);
}

/** Headers and text as a reader sees them: encoded words and quoted-printable are undone. */
function decodedMail(source: string): string {
  const unfolded = source.replaceAll(/\r\n[ \t]+/g, '');
  const words = unfolded.replaceAll(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_, form: string, text: string) =>
    form.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64').toString()
      : quotedPrintable(text.replaceAll('_', ' ')),
  );
  const parts = words.split(/\r\n--[^\r\n]+\r\n/);
  return parts
    .map((part) => {
      if (/content-transfer-encoding: base64/i.test(part)) {
        const at = part.indexOf('\r\n\r\n');
        return part.slice(0, at) + Buffer.from(part.slice(at), 'base64').toString();
      }
      return /content-transfer-encoding: quoted-printable/i.test(part) ? quotedPrintable(part) : part;
    })
    .join('\n');
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/((?:=[0-9A-F]{2})+)/gi, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString());
  return bytes;
}
