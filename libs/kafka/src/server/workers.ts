import { Logger } from '@nestjs/common';
import type { KafkaMetrics } from '../kafka-metrics.js';
import type { KafkaServerOptions } from '../kafka-server.options.js';
import type { GroupConsumer } from '../consumer/group-consumer.js';
import { envelopeOf } from '../messages/envelope.js';
import { HEADERS } from '../messages/headers.js';
import type { Outgoing } from '../messages/outgoing.js';
import type { Producer } from '../producer/producer.js';
import { Backlog } from './backlog.js';
import { BatchProcessor } from './batch-processor.js';
import { BatchWorker } from './batch-worker.js';
import { DeadLetters } from './dead-letters.js';
import type { BatchHandler, HandlerTable } from './handler-table.js';
import { QuestionWorker, type QuestionHandler, type Reply } from './question-worker.js';
import { isReplyTopic, type Replies } from './replies.js';
import type { TopicWorker } from './topic-worker.js';
import { isTransientKafkaError } from './transient.js';

const logger = new Logger('KafkaQuestions');

export interface WorkerParts {
  readonly kafka: KafkaServerOptions;
  readonly metrics: KafkaMetrics;
  readonly send: Producer;
  readonly replies: Replies;
  readonly group: GroupConsumer;
  readonly signal: AbortSignal;
}

/** One worker for each topic. */
export function createWorkers(
  { batches, questions }: HandlerTable,
  parts: WorkerParts,
): ReadonlyMap<string, TopicWorker> {
  const deadLetters = new DeadLetters(parts.metrics, parts.kafka.mode === 'broadcast');
  const workers = new Map<string, TopicWorker>();
  for (const [topic, handler] of batches) workers.set(topic, batchWorker(handler, deadLetters, parts));
  for (const [topic, handlers] of questions) {
    workers.set(topic, questionWorker(topic, handlers, deadLetters, parts));
  }
  return workers;
}

function batchWorker(handler: BatchHandler, deadLetters: DeadLetters, parts: WorkerParts): BatchWorker {
  const { topic, maxMessages, lingerMs, gatherMs } = handler;
  const { kafka, metrics, send, group, signal } = parts;
  const processor = new BatchProcessor({
    topic,
    handler: handler.handler,
    reader: handler.reader,
    isTransient: isTransientFor(kafka),
    send: (outgoing) => produce(outgoing, parts),
    sendDeadLetters: (letters) => send.sendMessages(letters),
    deadLetters,
    metrics,
    trace: kafka.trace,
    signal,
  });
  const backlog = new Backlog(topic, group);
  return new BatchWorker({
    topic,
    processor,
    backlog,
    maxMessages,
    lingerMs,
    gatherMs,
    onDone: () => group.touch(),
    signal,
  });
}

function questionWorker(
  topic: string,
  handlers: readonly QuestionHandler[],
  deadLetters: DeadLetters,
  { kafka, metrics, send, replies, group }: WorkerParts,
): QuestionWorker {
  return new QuestionWorker({
    topic,
    handlers,
    isTransient: isTransientFor(kafka),
    reply: (reply) => replies.send(reply.topic, [replyMessageOf(reply, kafka.service)]),
    bury: async ({ partition }, message, error) => {
      const letters = deadLetters.of({ topic, partition, message, reason: 'malformed', error, attempts: 0 });
      await send.sendMessages(letters).catch((failure: unknown) => logger.error(failure));
    },
    metrics,
    backlog: new Backlog(topic, group),
    onDone: () => group.touch(),
    trace: kafka.trace,
  });
}

function isTransientFor({ isTransient }: KafkaServerOptions): (error: unknown) => boolean {
  return (error) => {
    if (isTransientKafkaError(error)) return true;
    try {
      return isTransient?.(error) === true;
    } catch {
      return false;
    }
  };
}

/** What goes to a waiting instance is not waited for: it may be gone, and the result on its topic is what counts. */
async function produce(outgoing: readonly Outgoing[], { kafka, send, replies }: WorkerParts): Promise<void> {
  const lasting = outgoing.filter(({ topic }) => !isReplyTopic(topic));
  if (lasting.length < outgoing.length) {
    const context = { source: `/${kafka.service}`, time: new Date().toISOString(), traceparent: undefined };
    for (const each of outgoing) {
      if (isReplyTopic(each.topic)) void replies.send(each.topic, [envelopeOf(each, context)]);
    }
  }
  await send.send(lasting);
}

function replyMessageOf(reply: Reply, service: string) {
  const { correlationId, partition, traceparent } = reply;
  const headers = {
    [HEADERS.correlationId]: correlationId,
    [HEADERS.isDisposed]: '1',
    ...(reply.failure === undefined ? {} : { [HEADERS.error]: reply.failure }),
  };
  const outgoing = { topic: reply.topic, key: correlationId, type: 'kopeck.answer.v1', headers };
  const context = { source: `/${service}`, time: new Date().toISOString(), traceparent };
  const value = (reply.answer ?? null) as object;
  return {
    ...envelopeOf({ ...outgoing, value }, context),
    ...(partition === undefined ? {} : { partition }),
  };
}
