import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { answers, freePorts, isFree } from './ports.mjs';

/** Where Linux takes the ports of outgoing connections from; other systems begin higher. */
const OUTGOING_FROM = 32_768;

describe('ports', () => {
  it('are given out once, though nobody listens there yet, and not from where outgoing connections get theirs', async () => {
    const ports = [...(await freePorts(20)), ...(await freePorts(20))];
    expect(new Set(ports).size).toBe(40);
    expect(Math.max(...ports)).toBeLessThan(OUTGOING_FROM);
  });

  it('are taken while somebody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect([await isFree(port), await answers(port)]).toEqual([false, true]);
    server.close();
    await once(server, 'close');
    expect([await isFree(port), await answers(port)]).toEqual([true, false]);
  });
});
