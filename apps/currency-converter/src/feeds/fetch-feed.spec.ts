import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_FEED_BYTES } from './feed-xml.js';
import { FeedFetcher } from './fetch-feed.js';

const LIMITS = { timeoutMs: 10_000, attempts: 2, firstPauseMs: 5, breakAfter: 2, breakMs: 1_000 };
const IMPATIENT = { ...LIMITS, timeoutMs: 300 };
const NOTHING = { etag: null, lastModified: null };

describe('fetching a feed', () => {
  let server: Server;
  let url: string;
  let asked: IncomingMessage[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request);
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
  });

  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  it('gives the bytes, and what to ask with next time', async () => {
    answer = (_, response) => response.setHeader('etag', '"7"').end('rates');
    const fetched = await new FeedFetcher(LIMITS).fetch(url, NOTHING);
    expect(fetched).toMatchObject({ kind: 'new', etag: '"7"', lastModified: null });
    expect(fetched.kind === 'new' && Buffer.from(fetched.bytes).toString()).toBe('rates');
  });

  it('asks with it, and hears that nothing is new', async () => {
    answer = (_, response) => response.writeHead(304).end();
    const known = { etag: '"7"', lastModified: 'Wed, 30 Sep 2026 14:00:00 GMT' };
    expect(await new FeedFetcher(LIMITS).fetch(url, known)).toEqual({ kind: 'unchanged' });
    expect(asked[0]!.headers).toMatchObject({
      'if-none-match': '"7"',
      'if-modified-since': known.lastModified,
    });
  });

  it('tries again, and no more often than it may', async () => {
    answer = (_, response) => (asked.length === 1 ? response.writeHead(500).end() : response.end('rates'));
    expect(await new FeedFetcher(LIMITS).fetch(url, NOTHING)).toMatchObject({ kind: 'new' });
    answer = (_, response) => response.writeHead(503).end();
    asked = [];
    await expect(new FeedFetcher(LIMITS).fetch(url, NOTHING)).rejects.toThrow('the server answers 503');
    expect(asked).toHaveLength(LIMITS.attempts);
  });

  it.each<[string, (response: ServerResponse) => void, RegExp, typeof LIMITS]>([
    ['never answers', () => undefined, /no answer in time/, IMPATIENT],
    ['never ends', (response) => response.writeHead(200).write('<rates>'), /no answer in time/, IMPATIENT],
    [
      'sends too much',
      (response) => response.end('x'.repeat(MAX_FEED_BYTES + 1)),
      /more than 1000000 bytes/,
      LIMITS,
    ],
    ['hangs up', (response) => response.destroy(), /could not be read/, LIMITS],
  ])('gives up a server that %s', async (_, behave, words, limits) => {
    answer = (_request, response) => behave(response);
    await expect(new FeedFetcher(limits).fetch(url, NOTHING)).rejects.toThrow(words);
  });

  it('leaves a server alone that failed too often, and comes back', async () => {
    const fetcher = new FeedFetcher(LIMITS);
    answer = (_, response) => response.writeHead(500).end();
    for (let round = 0; round < LIMITS.breakAfter; round++) {
      await expect(fetcher.fetch(url, NOTHING)).rejects.toThrow('answers 500');
    }
    asked = [];
    await expect(fetcher.fetch(url, NOTHING)).rejects.toThrow('left alone');
    expect(asked).toEqual([]);
    answer = (_, response) => response.end('rates');
    const deadline = Date.now() + 15_000;
    let fetched: unknown;
    while (fetched === undefined && Date.now() < deadline) {
      fetched = await fetcher.fetch(url, NOTHING).catch(() => undefined);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(fetched).toMatchObject({ kind: 'new' });
  });
});
