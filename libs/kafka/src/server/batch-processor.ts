import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { KafkaContext, type MessageHandler } from '@nestjs/microservices';
import type { KafkaMessage } from 'kafkajs';
import { messageOf } from '../connection/patience.js';
import type { PartitionPosition } from '../consumer/partition-position.js';
import type { KafkaMetrics } from '../kafka-metrics.js';
import type { TraceSource } from '../kafka-options.js';
import type { DtoReader } from '../messages/dto-reader.js';
import type { Outgoing } from '../messages/outgoing.js';
import { ReceivedMessage } from '../messages/received-message.js';
import type { TopicMessage } from '../producer/producer-link.js';
import { withTraces } from './batch-trace.js';
import { callHandler } from './call-handler.js';
import type { DeadLetters } from './dead-letters.js';

/** One message to handle, and how far its partition is when it's handled. */
export interface Work {
  readonly position: PartitionPosition;
  readonly message: KafkaMessage;
  readonly endOffset: number;
}

export interface BatchProcessorOptions {
  readonly topic: string;
  readonly handler: MessageHandler;
  readonly reader: DtoReader<object>;
  readonly isTransient: (error: unknown) => boolean;
  readonly send: (outgoing: readonly Outgoing[]) => Promise<void>;
  readonly sendDeadLetters: (messages: readonly TopicMessage[]) => Promise<void>;
  readonly deadLetters: DeadLetters;
  readonly metrics: KafkaMetrics;
  readonly trace?: TraceSource;
  readonly signal: AbortSignal;
}

interface Readable {
  readonly work: Work;
  readonly received: ReceivedMessage<object>;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

/** The server stops while work is still to be tried again: it stays undone and comes again. */
export class StoppedInTheMiddle extends Error {}

/** A batch that is handled; what comes of it is being produced. */
export interface HandledBatch {
  /** Resolves when all of it is produced and the offsets have advanced. Rejects with {StoppedInTheMiddle} only. */
  readonly produced: Promise<void>;
}

/** Called with the number of leading messages that are done for good. */
type Done = (count: number) => void;

/** Runs the end of what has been handled (produce, advance): at once, or when what was handled before has ended. */
type InTurn = (ending: () => Promise<void>) => Promise<void> | void;

const AT_ONCE: InTurn = (ending) => ending();

/**
 * Read, handle, produce, advance. What can't be read goes to the dead letters; a transient error is waited out; any
 * other error is bisected to the one message that causes it. The next batch may be handled while this one is produced, but all
 * is produced, and offsets advance, in the order in which it was handled.
 */
export class BatchProcessor {
  private readonly logger = new Logger('KafkaBatches');
  private lastEnding: Promise<void> = Promise.resolve();

  constructor(private readonly options: BatchProcessorOptions) {}

  /** @throws {StoppedInTheMiddle} only. */
  async process(batch: readonly Work[]): Promise<HandledBatch> {
    const startedAt = performance.now();
    const readable = await this.read(batch);
    const done: Done = (count) => advance(batch, readable[count]?.work);
    const endings: Promise<void>[] = [];
    try {
      await this.handle(readable, 1, done, (ending) => void endings.push(this.afterTheLast(ending)));
    } catch (error) {
      await Promise.allSettled(endings);
      throw error;
    }
    const produced = allEnded(endings).then(() => {
      const seconds = (performance.now() - startedAt) / 1_000;
      this.options.metrics.batchHandled(this.options.topic, batch.length, seconds);
    });
    return { produced };
  }

  /** Behind one that was broken off because the server stops, nothing is produced and no offset advances. */
  private afterTheLast(ending: () => Promise<void>): Promise<void> {
    const ended = this.lastEnding.then(ending);
    this.lastEnding = ended.catch((error: unknown) => {
      if (this.options.signal.aborted) throw error;
    });
    this.lastEnding.catch(() => undefined);
    return ended;
  }

  private async read(batch: readonly Work[]): Promise<Readable[]> {
    const { topic, reader, deadLetters } = this.options;
    const readable: Readable[] = [];
    const malformed: TopicMessage[] = [];
    for (const work of batch) {
      const { position, message } = work;
      const { partition } = position;
      try {
        const value = reader.read(message.value);
        readable.push({ work, received: new ReceivedMessage(value, topic, partition, message) });
      } catch (error) {
        malformed.push(
          ...deadLetters.of({ topic, partition, message, reason: 'malformed', error, attempts: 0 }),
        );
      }
    }
    await this.sendDeadLetters(batch, malformed);
    return readable;
  }

  private async handle(
    items: readonly Readable[],
    attempt: number,
    done: Done,
    inTurn: InTurn,
  ): Promise<void> {
    let outgoing: readonly Outgoing[];
    try {
      outgoing = await this.persist(worksOf(items), () => this.handleOwned(items));
    } catch (error) {
      if (error instanceof StoppedInTheMiddle) throw error;
      return this.narrow(items, attempt, error, done, inTurn);
    }
    await inTurn(() => this.produce(items, outgoing, attempt, done));
  }

  private async produce(
    items: readonly Readable[],
    outgoing: readonly Outgoing[],
    attempt: number,
    done: Done,
  ): Promise<void> {
    try {
      if (outgoing.length > 0) await this.persist(worksOf(items), () => this.options.send(outgoing));
      done(items.length);
    } catch (error) {
      if (error instanceof StoppedInTheMiddle) throw error;
      await this.narrow(items, attempt, error, done, AT_ONCE);
    }
  }

  private async narrow(
    items: readonly Readable[],
    attempt: number,
    error: unknown,
    done: Done,
    inTurn: InTurn,
  ): Promise<void> {
    const [first] = items;
    if (items.length === 1 && first) return inTurn(() => this.bury(first, attempt, error, done));
    this.logger.warn(
      `A batch of ${items.length} from ${this.options.topic} failed and is tried in halves: ${messageOf(error)}`,
    );
    const middle = Math.ceil(items.length / 2);
    await this.handle(items.slice(0, middle), attempt + 1, done, inTurn);
    await this.handle(items.slice(middle), attempt + 1, (count) => done(middle + count), inTurn);
  }

  private async bury({ work }: Readable, attempts: number, error: unknown, done: Done): Promise<void> {
    const { topic, deadLetters } = this.options;
    const { message, position } = work;
    const letters = deadLetters.of({
      topic,
      partition: position.partition,
      message,
      reason: 'poison',
      error,
      attempts,
    });
    await this.sendDeadLetters([work], letters);
    done(1);
  }

  /** A dead letter that can't be written is never dropped: its partition waits. */
  private async sendDeadLetters(works: readonly Work[], letters: readonly TopicMessage[]): Promise<void> {
    if (letters.length === 0) return;
    await this.persist(
      works,
      () => this.options.sendDeadLetters(letters),
      () => true,
    );
  }

  /** What somebody else owns by now is theirs to handle. */
  private async handleOwned(items: readonly Readable[]): Promise<readonly Outgoing[]> {
    const owned = items.filter(({ work }) => work.position.isOwned);
    if (owned.length === 0) return [];
    const received = owned.map((item) => item.received);
    return withTraces(await this.call(received), received);
  }

  private async call(received: ReceivedMessage<object>[]): Promise<Outgoing[]> {
    const { handler, topic, trace } = this.options;
    const first = received[0]!;
    const context = new KafkaContext([
      first as never,
      first.partition,
      topic,
      null as never,
      async () => {},
      null as never,
    ]);
    const work = () => callHandler(handler, received, context);
    const result = trace ? await trace.run(first.traceparent, work) : await work();
    if (result === undefined || result === null) return [];
    if (!Array.isArray(result)) {
      throw new Error(`The batch handler of ${topic} must return an array of outgoing messages`);
    }
    return result as Outgoing[];
  }

  /**
   * Tries for as long as the error passes and one of the partitions is owned.
   *
   * @throws {StoppedInTheMiddle} the server stops or the partitions are gone · any error that doesn't pass.
   */
  private async persist<Result>(
    works: readonly Work[],
    attempt: () => Promise<Result>,
    isTransient: (error: unknown) => boolean = this.options.isTransient,
  ): Promise<Result> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof StoppedInTheMiddle || !isTransient(error)) throw error;
        this.options.metrics.batchRetried(this.options.topic);
        this.logger.warn(`${this.options.topic} is tried again in ${pauseMs} ms: ${messageOf(error)}`);
        await delay(pauseMs, undefined, { signal: this.options.signal }).catch(() => {
          throw new StoppedInTheMiddle();
        });
        if (!works.some(({ position }) => position.isOwned)) throw new StoppedInTheMiddle();
      }
    }
  }
}

/** Waits for all of them, also behind one that fails. */
async function allEnded(endings: readonly Promise<void>[]): Promise<void> {
  for (const ending of await Promise.allSettled(endings))
    if (ending.status === 'rejected') throw ending.reason;
}

function worksOf(items: readonly Readable[]): Work[] {
  return items.map(({ work }) => work);
}

/** Everything before `next` is done. */
function advance(batch: readonly Work[], next: Work | undefined): void {
  for (const work of batch) {
    if (work === next) return;
    work.position.advanceTo(work.endOffset);
  }
}
