import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { InboxItem, InboxPush, InboxRead, TransferResult } from '@kopeck/contracts';
import { Metrics, Sweep } from '@kopeck/service';
import type { FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import { GatewaySettings } from '../gateway.settings.js';
import { unavailable } from '../http/problem.js';
import { notificationOf } from '../notifications/notification.js';
import { SessionStore, type SessionsEnded } from '../sessions/session.store.js';
import { eventText, RECONNECT_AFTER_MS, retryText } from './event-text.js';
import { InboxReplays, type WriteReplayed } from './inbox-replays.service.js';
import { ordinalOf } from './inbox-order.js';
import { OpenStreams } from './open-streams.js';
import { StreamConnection, type StreamSession } from './stream-connection.js';
import { partiesOf, transferEventOf } from './transfer-event.js';

/** Open pages of one customer; the oldest ends when another one opens. */
export const MAX_STREAMS_PER_CUSTOMER = 10;
/** A page that had to give way shall not push another one out again at once. */
const GIVE_WAY_MS = 60_000;
const LOOK_AT_SESSION_EVERY_MS = 60_000;
const TICK_MS = 1_000;
/** Results that come again, because somebody asked for them again, are news only once. */
const REMEMBERED_RESULTS = 10_000;

const HELLO = eventText({ name: 'hello', data: {}, retryMs: RECONNECT_AFTER_MS });
/** Nothing on the way may keep, gather or change what is for one reader, now. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

type EndReason = 'closed' | 'replaced' | 'slow' | 'session' | 'shutdown';

/** All open pages of this instance: tells each what concerns its reader, as it happens. */
@Injectable()
export class StreamHub implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(StreamHub.name);
  private readonly streams = new OpenStreams(MAX_STREAMS_PER_CUSTOMER);
  private readonly recentResults = new LRUCache<string, true>({ max: REMEMBERED_RESULTS });
  private readonly limit: number;
  private readonly sent: ReturnType<Metrics['counter']>;
  private readonly dropped: ReturnType<Metrics['counter']>;
  private readonly ended: ReturnType<Metrics['counter']>;
  /** Not waited for: while sessions can't be read, signs of life go on. */
  private readonly ticks = new Sweep(TICK_MS, async () => void this.tick(Date.now()), 'Streams tick later');
  private isStopping = false;

  constructor(
    private readonly sessions: SessionStore,
    private readonly replays: InboxReplays,
    @Inject(GatewaySettings) settings: GatewaySettings,
    metrics: Metrics,
  ) {
    this.limit = settings.MAX_STREAMS;
    metrics.gauge('kopeck_streams_open', 'Open event streams', [], (gauge) => gauge.set(this.streams.size));
    this.sent = metrics.counter('kopeck_stream_events_total', 'Events written to streams', ['event']);
    this.dropped = metrics.counter(
      'kopeck_stream_events_dropped_total',
      'Events not written to a stream: shown before, or replayed later',
      ['reason'],
    );
    this.ended = metrics.counter('kopeck_streams_ended_total', 'Ended event streams', ['reason']);
  }

  onModuleInit(): void {
    this.sessions.onEnd((ended) => this.onSessionsEnded(ended));
    this.ticks.start();
  }

  /** Open streams would hold the stop up for as long as it may take. */
  onModuleDestroy(): void {
    this.isStopping = true;
    void this.ticks.stop();
    for (const connection of this.streams.all()) this.end(connection, 'shutdown');
  }

  /**
   * Makes an answer a stream, until its reader or its session goes.
   *
   * @param lastEventId what the reader has seen last; what came after it is told first.
   * @throws {Problem} `unavailable` above the limit; then the answer is still to be given.
   */
  open(reply: FastifyReply, session: StreamSession, lastEventId?: string): void {
    if (this.isStopping || this.streams.size >= this.limit) {
      throw unavailable(
        'There are too many open pages here. Go on without live updates, and try again soon.',
      );
    }
    reply.headers(HEADERS);
    // Asked for the headers alone: nothing would ever be read of a stream.
    if (reply.request.method === 'HEAD') return void reply.send();
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.writeHead(200);
    const connection = new StreamConnection(reply.raw, session, ordinalOf(lastEventId), Date.now());
    reply.raw.once('close', () => this.forget(connection, 'closed'));
    reply.raw.on('error', () => this.forget(connection, 'closed'));
    reply.raw.on('drain', () => this.wantReplay(connection));
    const replaced = this.streams.add(connection);
    if (replaced) this.end(replaced, 'replaced');
    this.write(connection, HELLO, 'hello');
    this.wantReplay(connection);
  }

  /** Something is new in an inbox. */
  onPush({ customerId, item }: InboxPush): void {
    const listeners = this.streams.of(customerId);
    if (!listeners) return;
    const ordinal = BigInt(item.ordinal);
    let text: Buffer | undefined;
    for (const connection of listeners) {
      const verdict = connection.order.live(ordinal);
      if (verdict === 'send') this.write(connection, (text ??= Buffer.from(textOf(item))), 'notification');
      else this.dropped.inc({ reason: verdict === 'drop' ? 'shown' : 'replayed' });
      if (verdict === 'wait') this.wantReplay(connection);
    }
  }

  /** Somebody has read in their inbox, perhaps on another device. */
  onRead({ customerId, unreadCount }: InboxRead): void {
    const listeners = this.streams.of(customerId);
    if (!listeners) return;
    const text = Buffer.from(eventText({ name: 'unread', data: { unreadCount } }));
    for (const connection of listeners) this.write(connection, text, 'unread');
  }

  /** A transfer ended. Never throws: whoever waits for the money is served by the same message. */
  onResult(result: TransferResult): void {
    try {
      const heard = partiesOf(result).filter((customerId) => this.streams.of(customerId));
      if (heard.length === 0) return;
      if (this.recentResults.has(result.transferId)) return this.dropped.inc({ reason: 'shown' });
      this.recentResults.set(result.transferId, true);
      for (const customerId of heard) {
        const data = transferEventOf(result, customerId);
        const text = Buffer.from(eventText({ name: 'transfer', data }));
        for (const connection of this.streams.of(customerId) ?? []) this.write(connection, text, 'transfer');
      }
    } catch (error) {
      this.logger.error(error);
    }
  }

  /** What time brings: signs of life, replays to try again, sessions that are over. A timer calls it each second. */
  async tick(nowMs: number): Promise<void> {
    const unchecked: StreamConnection[] = [];
    for (const connection of this.streams.all()) {
      if (connection.session.endsAtMs <= nowMs) this.end(connection, 'session');
      else if (!connection.keepAlive(nowMs)) this.end(connection, 'slow');
      else {
        this.wantReplay(connection);
        if (nowMs - connection.checkedAtMs >= LOOK_AT_SESSION_EVERY_MS) unchecked.push(connection);
      }
    }
    for (const connection of unchecked) connection.checkedAtMs = nowMs;
    await this.lookAtSessions(unchecked).catch((error: unknown) => {
      // Nobody knows: who was let in stays until somebody does.
      this.logger.warn(`The sessions of open streams cannot be read: ${String(error)}`);
    });
  }

  private async lookAtSessions(connections: readonly StreamConnection[]): Promise<void> {
    if (connections.length === 0) return;
    const live = await this.sessions.liveOf([
      ...new Set(connections.map(({ session }) => session.tokenHash)),
    ]);
    for (const connection of connections) {
      if (!live.has(connection.session.tokenHash)) this.end(connection, 'session');
    }
  }

  private onSessionsEnded({ customerId, tokenHash }: SessionsEnded): void {
    for (const connection of this.streams.of(customerId) ?? []) {
      if (tokenHash === undefined || connection.session.tokenHash === tokenHash)
        this.end(connection, 'session');
    }
  }

  private wantReplay(connection: StreamConnection): void {
    this.replays.want(connection, this.writeReplayed);
  }

  private readonly writeReplayed: WriteReplayed = (connection, items) => {
    for (const item of items) if (!this.write(connection, textOf(item), 'notification')) return;
  };

  /** @returns false when that was too much for the reader, who is gone now. */
  private write(connection: StreamConnection, text: string | Buffer, event: string): boolean {
    this.sent.inc({ event });
    if (connection.write(text)) return true;
    this.end(connection, 'slow');
    return false;
  }

  private end(connection: StreamConnection, reason: EndReason): void {
    if (!this.forget(connection, reason)) return;
    if (reason === 'slow') connection.cut();
    else connection.end(reason === 'replaced' ? retryText(GIVE_WAY_MS) : '');
  }

  private forget(connection: StreamConnection, reason: EndReason): boolean {
    const wasOpen = this.streams.remove(connection);
    if (wasOpen) this.ended.inc({ reason });
    return wasOpen;
  }
}

function textOf(item: InboxItem): string {
  return eventText({ id: item.ordinal, name: 'notification', data: notificationOf(item) });
}
