import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { ProduceWatch } from './produce-watch.js';

const request = (apiKey: number) => {
  const bytes = Buffer.alloc(12);
  bytes.writeInt32BE(8, 0);
  bytes.writeInt16BE(apiKey, 4);
  return bytes;
};

describe('the produce watch', () => {
  let server: Server;
  const received: Buffer[] = [];

  beforeAll(async () => {
    server = createServer((peer) =>
      peer.on('data', (data) => received.push(data)).on('error', () => undefined),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  function connect(watch: ProduceWatch): Promise<Socket> {
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve) => {
      const socket = watch.socketFactory({
        host: '127.0.0.1',
        port,
        ssl: undefined as never,
        onConnect: () => resolve(socket),
      });
      socket.on('error', () => undefined);
    });
  }

  it('counts Produce requests and nothing else', async () => {
    const watch = new ProduceWatch();
    const socket = await connect(watch);
    for (const apiKey of [18, 3, 0, 3, 0]) socket.write(request(apiKey));
    expect(watch.written).toBe(2);
    socket.destroy();
  });

  it('lets nothing leave and nothing connect once the sender was told that nothing was sent', async () => {
    const watch = new ProduceWatch();
    const socket = await connect(watch);
    watch.close();
    expect(() => socket.write(request(0))).toThrow(/not sent/);
    expect(socket.destroyed).toBe(true);
    expect(watch.written).toBe(0);
    expect(() => watch.socketFactory({ host: '127.0.0.1', port: 1 } as never)).toThrow(/not sent/);
  });
});
