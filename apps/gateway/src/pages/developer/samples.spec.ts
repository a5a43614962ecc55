import crypto, { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { SIGNATURE_SAMPLE } from './samples.js';

/** Runs what the page shows, as somebody would who copied it. */
function isOurs(headers: Record<string, string>, body: string, secret: string): unknown {
  const sample = new Function('headers', 'body', 'secret', 'crypto', `${SIGNATURE_SAMPLE}\nreturn isOurs;`);
  return sample(headers, body, secret, crypto);
}

describe('the five lines that check a message', () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const body = '{"type":"transfer_received","data":{"amountMinor":"100"}}';
  const at = new Date();
  const headersWith = (signature: string) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signature,
  });
  const signature = new Webhook(secret).sign('msg_1', at, body);

  it('are five', () => {
    expect(SIGNATURE_SAMPLE.split('\n')).toHaveLength(5);
  });

  it('know ours by either of two signatures', () => {
    const other = new Webhook(`whsec_${randomBytes(32).toString('base64')}`).sign('msg_1', at, body);
    expect(isOurs(headersWith(signature), body, secret)).toBe(true);
    expect(isOurs(headersWith(`${other} ${signature}`), body, secret)).toBe(true);
    expect(isOurs(headersWith(other), body, secret)).toBe(false);
  });

  it('refuse one that was changed, and nonsense', () => {
    expect(isOurs(headersWith(signature), body.replace('100', '900'), secret)).toBe(false);
    expect(isOurs({ ...headersWith(signature), 'webhook-id': 'msg_2' }, body, secret)).toBe(false);
    expect(isOurs(headersWith('v1,x'), body, secret)).toBe(false);
  });
});
