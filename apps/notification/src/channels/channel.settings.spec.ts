import 'reflect-metadata';
import { readSettings } from '@kopeck/service';
import { WebhookSettings } from '../webhooks/webhook.settings.js';
import { ChannelSettings } from './channel.settings.js';

describe('settings of channels', () => {
  const faultsOf = (environment: NodeJS.ProcessEnv) => readSettings(ChannelSettings, environment).faults;

  it('may all be left out', () => expect(faultsOf({})).toEqual([]));

  it('take what real services need', () => {
    expect(
      faultsOf({
        SMTP_URL: 'smtps://bank:secret@mail.example:465',
        SMTP_FROM: 'bank@example.com',
        PUBLIC_URL: 'https://bank.example',
        TELEGRAM_BOT_TOKEN: '123456:AAbb-cc_dd',
        SMS_GATEWAY_URL: 'https://sms.example/{phone}',
        SMS_GATEWAY_HEADERS: '{"content-type":"application/x-www-form-urlencoded","x-key":"k"}',
      }),
    ).toEqual([]);
  });

  it.each([
    ['SMTP_URL', 'http://mail.example'],
    ['SMTP_FROM', 'Bank <bank@example.com>\r\nBcc: eve@example.com'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['TELEGRAM_BOT_TOKEN', 'token'],
    ['SMS_GATEWAY_URL', 'file:///etc/passwd'],
    ['SMS_GATEWAY_METHOD', 'DELETE'],
    ['SMS_GATEWAY_HEADERS', '{"authorization":7}'],
  ])('refuse %s=%s, and do not repeat a secret', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
    if (/URL|TOKEN|HEADERS/.test(name)) expect(faults[0]).not.toContain(value);
  });
});

describe('settings of webhooks', () => {
  const SEALING_KEY = Buffer.alloc(32, 7).toString('base64');
  const read = (environment: NodeJS.ProcessEnv) =>
    readSettings(WebhookSettings, { SEALING_KEY, ...environment });

  it('let webhooks go to this machine, but not in production', () => {
    expect(read({ NODE_ENV: 'development' }).settings.isStrict).toBe(false);
    expect(read({ NODE_ENV: 'production' }).settings.isStrict).toBe(true);
    expect(read({ NODE_ENV: 'test', WEBHOOK_ALLOW_PRIVATE: 'false' }).settings.isStrict).toBe(true);
  });

  it('refuse to let them in production', () => {
    const { faults } = read({ NODE_ENV: 'production', WEBHOOK_ALLOW_PRIVATE: 'true' });
    expect(faults).toEqual([expect.stringContaining('WEBHOOK_ALLOW_PRIVATE must not be true in production')]);
    expect(read({ NODE_ENV: 'production', WEBHOOK_ALLOW_PRIVATE: 'false' }).faults).toEqual([]);
  });

  it('need the key', () => expect(read({ SEALING_KEY: 'short' }).faults).toHaveLength(1));
});
