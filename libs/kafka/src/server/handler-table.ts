import type { MessageHandler } from '@nestjs/microservices';
import type { AnswerExtras } from '../handlers/answers.js';
import type { BatchExtras } from '../handlers/batch-of.js';
import { DtoReader } from '../messages/dto-reader.js';
import type { QuestionHandler } from './question-worker.js';

export interface BatchHandler {
  readonly topic: string;
  readonly handler: MessageHandler;
  readonly reader: DtoReader<object>;
  readonly maxMessages: number;
  readonly lingerMs: number;
  readonly gatherMs: number;
  readonly fromBeginning: boolean;
  /** Undefined: the service's own. */
  readonly group: string | undefined;
}

/** What the controllers handle, by topic. */
export interface HandlerTable {
  readonly batches: ReadonlyMap<string, BatchHandler>;
  readonly questions: ReadonlyMap<string, readonly QuestionHandler[]>;
}

/** @throws for a handler that this server can't run; the message says what to write instead. */
export async function handlerTableOf(handlers: ReadonlyMap<unknown, MessageHandler>): Promise<HandlerTable> {
  const batches = new Map<string, BatchHandler>();
  const questions = new Map<string, QuestionHandler[]>();
  for (const [pattern, handler] of handlers) {
    if (typeof pattern !== 'string') {
      throw new Error(`The pattern ${String(pattern)} must be a topic's or a question's name`);
    }
    const { kopeckBatch, kopeckAnswers } = (handler.extras ?? {}) as Partial<BatchExtras & AnswerExtras>;
    if (kopeckBatch) {
      if (handler.next) throw new Error(`There are two batch handlers of ${pattern}: make them one`);
      const { dto, group, ...options } = kopeckBatch;
      batches.set(pattern, { topic: pattern, handler, reader: await DtoReader.of(dto), group, ...options });
    } else if (kopeckAnswers) {
      const { dto, ...options } = kopeckAnswers;
      const topic = topicOfQuestion(pattern);
      const known = questions.get(topic) ?? [];
      known.push({ pattern, handler, reader: await DtoReader.of(dto), ...options });
      questions.set(topic, known);
    } else {
      throw new Error(`The handler of ${pattern} needs batchOf(…) or answers(…) as the pattern's extras`);
    }
  }
  const both = [...batches.keys()].find((topic) => questions.has(topic));
  if (both !== undefined) throw new Error(`${both} can't carry questions and batches at once`);
  return { batches, questions };
}

/** The table of one consumer group. */
export interface GroupTable extends HandlerTable {
  /** Undefined: the service's own, which comes first and answers the questions. */
  readonly group: string | undefined;
}

/** Only groups that have something to do. */
export function groupTablesOf({ batches, questions }: HandlerTable): GroupTable[] {
  const named = new Set([...batches.values()].map(({ group }) => group));
  named.delete(undefined);
  return [undefined, ...named]
    .map((group) => ({
      group,
      batches: new Map([...batches].filter(([, handler]) => handler.group === group)),
      questions: group === undefined ? questions : new Map<string, readonly QuestionHandler[]>(),
    }))
    .filter((table) => table.batches.size + table.questions.size > 0);
}

function topicOfQuestion(pattern: string): string {
  const [topic, name, ...rest] = pattern.split('/');
  if (!topic || !name || rest.length > 0) {
    throw new Error(`The question "${pattern}" must be named <topic>/<name>`);
  }
  return topic;
}
