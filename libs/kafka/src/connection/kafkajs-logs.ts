import { Logger } from '@nestjs/common';
import { logLevel, type logCreator } from 'kafkajs';

const REPEAT_MS = 10_000;
const MAX_REMEMBERED = 200;

/**
 * kafkajs's logs on Nest's logger. While a broker is away it says the same on each attempt: the same sentence is let
 * through once in ten seconds.
 */
export function kafkaJsLogs(part: string, now: () => number = Date.now): logCreator {
  const logger = new Logger(`Kafka ${part}`);
  const saidAt = new Map<string, number>();
  return () =>
    ({ level, log }) => {
      const detail = typeof log.error === 'string' ? `: ${log.error}` : '';
      const sentence = `${log.message}${detail}`;
      const last = saidAt.get(sentence);
      if (last !== undefined && now() - last < REPEAT_MS) return;
      if (saidAt.size >= MAX_REMEMBERED) saidAt.clear();
      saidAt.set(sentence, now());
      // What kafkajs calls an error it mostly tries again; what it gives up on arrives as a rejection or a crash.
      if (level === logLevel.ERROR || level === logLevel.WARN) logger.warn(sentence);
      else logger.debug(sentence);
    };
}
