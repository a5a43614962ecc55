import { Logger } from '@nestjs/common';
import { logLevel, type logCreator } from 'kafkajs';

const REPEAT_MS = 10_000;
const MAX_REMEMBERED = 200;
/** A new topic's first moments: the admin asks again, and where that doesn't help its caller hears of it. */
const NO_LEADER_YET = /not the leader for that|no leader for this|does not host this/;

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
      const isBad = level === logLevel.ERROR || level === logLevel.WARN;
      if (isBad && !(part === 'admin' && NO_LEADER_YET.test(sentence))) logger.warn(sentence);
      else logger.debug(sentence);
    };
}
