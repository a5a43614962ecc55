import { isRefusal, refusal, type Refusal } from '@kopeck/contracts';
import { Logger } from '@nestjs/common';
import { KafkaContext, RpcException, type MessageHandler } from '@nestjs/microservices';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { FetchedBatch } from '../consumer/fetched-batch.js';
import type { PartitionPosition } from '../consumer/partition-position.js';
import type { KafkaMetrics } from '../kafka-metrics.js';
import type { TraceSource } from '../kafka-options.js';
import type { DtoReader } from '../messages/dto-reader.js';
import { HEADERS } from '../messages/headers.js';
import { MalformedMessage } from '../messages/malformed-message.error.js';
import { headerText } from '../messages/received-message.js';
import type { Backlog } from './backlog.js';
import { callHandler } from './call-handler.js';
import { Lane } from './lane.js';
import { OffsetSequence } from './offset-sequence.js';
import type { TopicWorker } from './topic-worker.js';

export interface QuestionHandler {
  readonly pattern: string;
  readonly handler: MessageHandler;
  readonly reader: DtoReader<object>;
  readonly maxConcurrent: number;
  readonly serveExpired: boolean;
}

export interface Reply {
  readonly topic: string;
  readonly partition?: number;
  readonly correlationId: string;
  /** The answer, or why there is none: then the asking side throws QuestionFailed. */
  readonly answer?: unknown;
  readonly failure?: string;
  readonly traceparent?: string;
}

export interface QuestionWorkerOptions {
  readonly topic: string;
  readonly handlers: readonly QuestionHandler[];
  readonly isTransient: (error: unknown) => boolean;
  readonly reply: (reply: Reply) => Promise<void>;
  /** For what can't even be answered. */
  readonly bury: (position: PartitionPosition, message: KafkaMessage, error: Error) => Promise<void>;
  readonly metrics: KafkaMetrics;
  readonly backlog: Backlog;
  readonly onDone: () => void;
  readonly trace?: TraceSource;
  readonly now?: () => number;
}

const RETRY_AFTER_SECONDS = 1;
const FAILURE = 'The question could not be answered; the log of the answering service says why';

/** Questions of one topic: many under way at once, each kind with a limit of its own, offsets advancing without gaps. */
export class QuestionWorker implements TopicWorker {
  private readonly logger = new Logger('KafkaQuestions');
  private readonly lanes: ReadonlyMap<string, { lane: Lane; handler: QuestionHandler }>;
  private readonly sequences = new WeakMap<PartitionPosition, OffsetSequence>();

  constructor(private readonly options: QuestionWorkerOptions) {
    this.lanes = new Map(
      options.handlers.map((handler) => [
        handler.pattern,
        { lane: new Lane(handler.maxConcurrent), handler },
      ]),
    );
  }

  accept({ position, messages, endOffset }: FetchedBatch): void {
    const { backlog } = this.options;
    const sequence = this.sequences.get(position) ?? new OffsetSequence(position);
    this.sequences.set(position, sequence);
    backlog.add(messages.length);
    messages.forEach((message, index) => {
      const isLast = index === messages.length - 1;
      const done = sequence.begin(isLast ? endOffset : Number(message.offset) + 1);
      this.enqueue(position, message, () => {
        done();
        backlog.remove(1);
        this.options.onDone();
      });
    });
  }

  problem(): undefined {
    return undefined;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.lanes.values()].map(({ lane }) => lane.stop()));
  }

  private enqueue(position: PartitionPosition, message: KafkaMessage, done: () => void): void {
    const pattern = headerText(message.headers?.[HEADERS.question]) ?? '';
    const found = this.lanes.get(pattern);
    if (!found) {
      void this.refuseUnknown(position, message, pattern).then(done);
      return;
    }
    const { lane, handler } = found;
    lane.push(async () => {
      if (position.isOwned) await this.serve(handler, position, message);
      done();
    });
  }

  private async refuseUnknown(
    position: PartitionPosition,
    message: KafkaMessage,
    pattern: string,
  ): Promise<void> {
    const why = pattern === '' ? 'it has no header ' + HEADERS.question : `nobody here answers "${pattern}"`;
    const address = addressOf(message.headers);
    if (address) await this.options.reply({ ...address, failure: `Not a question for this service: ${why}` });
    else await this.options.bury(position, message, new MalformedMessage(`Not a question: ${why}`));
  }

  /** Never throws. */
  private async serve(
    question: QuestionHandler,
    position: PartitionPosition,
    message: KafkaMessage,
  ): Promise<void> {
    const { now = Date.now, metrics, reply } = this.options;
    const deadlineMs = Number(headerText(message.headers?.[HEADERS.deadline]) ?? Infinity);
    if (now() >= deadlineMs && !question.serveExpired) {
      metrics.questionAnswered(question.pattern, 'expired', 0);
      return;
    }
    const startedAt = performance.now();
    const address = addressOf(message.headers);
    let outcome: 'answered' | 'refused' | 'failed' = 'answered';
    try {
      const answer = await this.answer(question, position, message);
      if (isRefusal(answer)) outcome = 'refused';
      if (address) await reply({ ...address, answer });
    } catch (error) {
      outcome = 'failed';
      this.logger.error(error, `${question.pattern} failed`);
      if (address) await reply({ ...address, failure: FAILURE });
      else if (error instanceof MalformedMessage) await this.options.bury(position, message, error);
    }
    metrics.questionAnswered(question.pattern, outcome, (performance.now() - startedAt) / 1_000);
  }

  private async answer(
    { handler, reader }: QuestionHandler,
    { topic, partition }: PartitionPosition,
    message: KafkaMessage,
  ): Promise<unknown> {
    try {
      const request = reader.read(message.value);
      const context = new KafkaContext([
        message as never,
        partition,
        topic,
        null as never,
        async () => {},
        null as never,
      ]);
      const work = () => callHandler(handler, request, context);
      const traceparent = headerText(message.headers?.[HEADERS.traceparent]);
      return await (this.options.trace ? this.options.trace.run(traceparent, work) : work());
    } catch (error) {
      return this.refusalOf(error, message);
    }
  }

  /** @throws the error when it isn't one that the asking side can do something about. */
  private refusalOf(error: unknown, { headers }: KafkaMessage): Refusal {
    if (error instanceof MalformedMessage && addressOf(headers)) {
      return refusal('validation_failed', error.message, error.pointer ? { pointer: error.pointer } : {});
    }
    const said = error instanceof RpcException ? error.getError() : undefined;
    if (typeof said === 'object' && 'code' in said) {
      const { code, detail = error instanceof Error ? error.message : '' } = said as Record<string, string>;
      return refusal(String(code), String(detail));
    }
    if (!this.options.isTransient(error)) throw error;
    this.logger.warn(error);
    return refusal('try_later', 'The service can not answer for the moment', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}

type Address = Pick<Reply, 'topic' | 'partition' | 'correlationId' | 'traceparent'>;

function addressOf(headers: IHeaders | undefined): Address | undefined {
  const topic = headerText(headers?.[HEADERS.replyTopic]);
  const correlationId = headerText(headers?.[HEADERS.correlationId]);
  if (!topic || !correlationId) return undefined;
  const partition = headerText(headers?.[HEADERS.replyPartition]);
  const traceparent = headerText(headers?.[HEADERS.traceparent]);
  return {
    topic,
    correlationId,
    ...(partition === undefined ? {} : { partition: Number(partition) }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
