import { ALL_TOPICS, DEAD_LETTER_RETENTION_HOURS, deadLetterTopicOf, type Topic } from '@kopeck/contracts';
import type { ITopicConfig } from 'kafkajs';

const HOUR_MS = 3_600_000;
const MIN_SEGMENT_MS = 600_000;
const MAX_SEGMENT_MS = 24 * HOUR_MS;
const DEAD_LETTER_PARTITIONS = 1;
const REPLY_RETENTION_MS = HOUR_MS;

export interface Replication {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
}

/** Every topic that must exist before a service starts: those of the table, and a dead-letter topic for each but states. */
export function topicConfigs(
  replication: Replication,
  topics: readonly Topic[] = ALL_TOPICS,
): ITopicConfig[] {
  return topics.flatMap((topic) => {
    const own = configOf(topic.name, topic.partitions, entriesOf(topic.retention), replication);
    if (topic.kind === 'state') return [own];
    const entries = deletedAfter(DEAD_LETTER_RETENTION_HOURS * HOUR_MS);
    return [own, configOf(deadLetterTopicOf(topic.name), DEAD_LETTER_PARTITIONS, entries, replication)];
  });
}

/** Read by one process alone, and worthless when it's gone; replicated as the broker does by default. */
export function replyTopicConfig(name: string): ITopicConfig {
  return {
    topic: name,
    numPartitions: 1,
    replicationFactor: -1,
    configEntries: pairs(deletedAfter(REPLY_RETENTION_MS)),
  };
}

type Entries = Readonly<Record<string, string>>;

function entriesOf(retention: Topic['retention']): Entries {
  if (retention === 'forever') return { 'cleanup.policy': 'delete', 'retention.ms': '-1' };
  if (retention === 'compacted') return { 'cleanup.policy': 'compact' };
  return deletedAfter(retention.hours * HOUR_MS);
}

/** Only whole segments are deleted, so they must be shorter than what is kept. */
function deletedAfter(retentionMs: number): Entries {
  const segmentMs = Math.min(Math.max(retentionMs / 4, MIN_SEGMENT_MS), MAX_SEGMENT_MS);
  return {
    'cleanup.policy': 'delete',
    'retention.ms': String(retentionMs),
    'segment.ms': String(Math.round(segmentMs)),
  };
}

function configOf(
  topic: string,
  numPartitions: number,
  entries: Entries,
  { replicationFactor, minInsyncReplicas }: Replication,
): ITopicConfig {
  const configEntries = pairs({ ...entries, 'min.insync.replicas': String(minInsyncReplicas) });
  return { topic, numPartitions, replicationFactor, configEntries };
}

function pairs(entries: Entries): { name: string; value: string }[] {
  return Object.entries(entries).map(([name, value]) => ({ name, value }));
}
