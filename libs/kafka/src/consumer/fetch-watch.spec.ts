import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FetchWatch } from './fetch-watch.js';

const FETCH = 1;
const METADATA = 3;

function request(apiKey: number, correlationId: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeInt32BE(16, 0);
  bytes.writeInt16BE(apiKey, 4);
  bytes.writeInt32BE(correlationId, 8);
  return bytes;
}

describe('the fetch watch', () => {
  let server: Server;
  let broker: Socket;
  let socket: Socket;
  let watch: FetchWatch;
  let received: Buffer[];

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    watch = new FetchWatch();
    received = [];
    const { port } = server.address() as AddressInfo;
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    await new Promise<void>((resolve) => {
      socket = watch.socketFactory({
        host: '127.0.0.1',
        port,
        ssl: undefined as never,
        onConnect: () => resolve(),
      });
    });
    [broker] = await accepted;
    socket.on('data', (data) => received.push(data));
  });

  afterEach(async () => {
    socket.destroy();
    broker.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('answers the fetch that waits for news, and nothing else', () => {
    socket.write(request(FETCH, 7));
    socket.write(request(FETCH, 8));
    socket.write(request(METADATA, 9));
    expect(received).toEqual([]);
    watch.endFetches();
    expect(received).toHaveLength(1);
    const [answer] = received;
    expect(answer!.readInt32BE(0)).toBe(answer!.length - 4);
    expect(answer!.readInt32BE(4)).toBe(8);
    expect(answer!.subarray(8).every((byte) => byte === 0)).toBe(true);
  });

  it('keeps what the broker says after that to itself: nobody waits for it any more', async () => {
    socket.write(request(FETCH, 7));
    watch.endFetches();
    broker.end('late');
    await once(socket, 'end');
    expect(received).toHaveLength(1);
  });

  it('leaves a fetch alone whose answer has come, in part or whole', async () => {
    socket.write(request(FETCH, 7));
    broker.write('a part');
    await once(socket, 'data');
    watch.endFetches();
    expect(received.map(String)).toEqual(['a part']);
  });

  it('answers one that was begun just when it was told to stop', async () => {
    watch.endFetches();
    socket.write(request(FETCH, 7));
    await new Promise((resolve) => setImmediate(resolve));
    expect(received).toHaveLength(1);
  });
});
