import { HEARTBEAT_TIMEOUT_MS, SERVICE_NAMES, type ServiceHeartbeat } from '@kopeck/contracts';
import { ServiceBoard } from '../../../services/service-board.js';
import { startGateway, type GatewayUnderTest } from '../../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../../testing/browser-under-test.js';
import { OPERATOR_ID } from '../testing/operator.samples.js';

const beat = (change: Partial<ServiceHeartbeat> & { agoMs?: number } = {}): ServiceHeartbeat => {
  const { agoMs = 0, ...rest } = change;
  return {
    service: 'transaction',
    instance: 'transaction-1',
    version: '1.2.3',
    startedAt: '2026-03-01T09:00:00.000Z',
    at: new Date(Date.now() - agoMs).toISOString(),
    status: 'up',
    ...rest,
  };
};

describe('the operators’ page of services', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  const read = async (headers = {}) => {
    const operator = new BrowserUnderTest(gateway, headers).signIn('operator', OPERATOR_ID);
    const answer = await operator.get('/operator/services');
    expect(answer.status).toBe(200);
    return answer.text;
  };
  const hear = (...beats: ServiceHeartbeat[]) =>
    beats.forEach((each) => gateway.app.get(ServiceBoard).hear(each));

  it('says what is down, degraded and up, with version, replicas and what waits', async () => {
    for (const service of SERVICE_NAMES) hear(beat({ service, instance: `${service}-1`, agoMs: 3_000 }));
    expect(textOf(await read())).toContain('All services are up.');
    hear(beat({ instance: 'transaction-2', agoMs: HEARTBEAT_TIMEOUT_MS + 1_000 }));
    hear(beat({ service: 'customer', instance: 'customer-1', status: 'degraded', problem: 'no database' }));
    const text = textOf(await read());
    expect(text).toContain('Degraded: customer.');
    expect(text).toMatch(
      /transaction Up 1\.2\.3 3 transaction-1 Up since 1 March 2026.* heard \d+ seconds ago/,
    );
    expect(text).toMatch(/transaction-2 Down .* heard 1\d seconds ago/);
    expect(text).toMatch(/customer-1 Degraded .* no database/);
  });

  it('says that a service is down when none of it is heard, and up when it is back', async () => {
    hear(beat({ service: 'customer', instance: 'customer-1', status: 'stopping', agoMs: -1_000 }));
    expect(textOf(await read())).toMatch(/Down: customer\..* customer Down .* none heard/);
    expect(textOf(await read({ 'accept-language': 'ru' }))).toContain('Не работают: customer.');
    hear(beat({ service: 'customer', instance: 'customer-1', agoMs: -2_000 }));
    expect(textOf(await read())).toContain('All services are up.');
  });

  it('looks again by itself, with and without JavaScript', async () => {
    const html = await read();
    expect(html).toContain('<noscript><meta http-equiv="refresh" content="3"/></noscript>');
    expect(html).toMatch(/<script type="module" src="\/assets\/[^"]+\/refresh\.js">/);
    for (const id of ['services-summary', 'services-list', 'services-time'])
      expect(html).toMatch(new RegExp(`id="${id}"[^>]*data-refresh="3"`));
  });

  it('is where operators begin, and theirs alone', async () => {
    const operator = new BrowserUnderTest(gateway).signIn('operator');
    expect((await operator.get('/sign-in')).location).toBe('/operator/services');
    const html = await read();
    for (const place of ['services', 'transactions', 'cash-deposits', 'accounts', 'rates', 'deliveries'])
      expect(html).toContain(`href="/operator/${place}"`);
    expect(html).not.toContain('href="/send"');
  });
});
