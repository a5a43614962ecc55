import { BREAKS, HANGS, HttpReceiver } from '../../../../test/support/receivers/http-receiver.js';
import { ForbiddenTarget, guardedPost, type Guard } from './guarded-post.js';
import { webhookGuardOf } from './webhook-guard.js';

describe('a guarded POST', () => {
  let receiver: HttpReceiver;
  beforeAll(async () => {
    receiver = await HttpReceiver.start();
  });
  afterAll(() => receiver.stop());
  beforeEach(() => {
    receiver.requests.length = 0;
    receiver.connections = 0;
    receiver.reply = () => ({ status: 200 });
  });

  const message = (timeoutMs = 5_000) => ({
    headers: { 'content-type': 'application/json' },
    body: '{"сумма":1}',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const guard = (more: Partial<Guard> = {}): Guard => ({
    isUrlAllowed: () => true,
    isAddressAllowed: () => true,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    ...more,
  });

  it('connects to the address that was checked, under the name that was asked for', async () => {
    const answer = await guardedPost(`http://shop.example:${receiver.port}/hook`, message(), guard());
    expect(answer.status).toBe(200);
    expect(receiver.requests[0]).toMatchObject({
      method: 'POST',
      path: '/hook',
      body: '{"сумма":1}',
      headers: { host: `shop.example:${receiver.port}` },
    });
  });

  it('connects nowhere when one of the addresses is not allowed', async () => {
    const mixed = guard({
      isAddressAllowed: (address) => address === '127.0.0.1',
      resolve: async () => [
        { address: '127.0.0.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    });
    const url = `http://shop.example:${receiver.port}/`;
    await expect(guardedPost(url, message(), mixed)).rejects.toThrow(ForbiddenTarget);
    await expect(guardedPost(url, message(), guard({ resolve: async () => [] }))).rejects.toThrow(
      ForbiddenTarget,
    );
    await expect(guardedPost(url, message(), guard({ isUrlAllowed: () => false }))).rejects.toThrow(
      ForbiddenTarget,
    );
    expect(receiver.connections).toBe(0);
  });

  it('checks an address that stands in the URL itself, which no resolver is asked for', async () => {
    const strict = { ...webhookGuardOf(true), isUrlAllowed: () => true };
    for (const host of ['127.0.0.1', '2130706433', '[::ffff:127.0.0.1]', '0x7f.1']) {
      await expect(guardedPost(`http://${host}:${receiver.port}/`, message(), strict)).rejects.toThrow(
        ForbiddenTarget,
      );
    }
    expect(receiver.connections).toBe(0);
  });

  it('ends at its deadline, and when the connection breaks', async () => {
    receiver.reply = () => HANGS;
    const url = `http://shop.example:${receiver.port}/`;
    await expect(guardedPost(url, message(200), guard())).rejects.toThrow();
    receiver.reply = () => BREAKS;
    await expect(guardedPost(url, message(), guard())).rejects.toThrow();
  });

  it('says what it was told about coming again', async () => {
    receiver.reply = () => ({ status: 429, headers: { 'retry-after': '7' } });
    const answer = await guardedPost(`http://shop.example:${receiver.port}/`, message(), guard());
    expect(answer).toEqual({ status: 429, retryAfter: '7' });
  });
});
