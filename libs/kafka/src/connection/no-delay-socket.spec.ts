import { jest } from '@jest/globals';
import { createServer, Socket, type AddressInfo } from 'node:net';
import { noDelaySocket } from './no-delay-socket.js';

describe('the socket factory', () => {
  it("turns Nagle's algorithm off, and keeps the connection alive", async () => {
    const server = createServer((peer) => peer.resume());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const noDelay = jest.spyOn(Socket.prototype, 'setNoDelay');
    const keepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    const { port } = server.address() as AddressInfo;
    const socket = await new Promise<Socket>((resolve) => {
      const made = noDelaySocket({
        host: '127.0.0.1',
        port,
        ssl: undefined as never,
        onConnect: () => resolve(made),
      });
    });
    expect(noDelay).toHaveBeenCalledWith(true);
    expect(keepAlive).toHaveBeenCalledWith(true, 60_000);
    expect(socket.getMaxListeners()).toBeGreaterThan(10);
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});
