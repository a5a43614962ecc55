import * as contracts from './index.js';
import {
  ALL_TOPICS,
  consumerGroupsOf,
  deadLetterTopicOf,
  replyTopicOf,
  SERVICE_NAMES,
  TOPICS,
} from './topics.js';
import type { Question } from './messages/question.js';

/** What Kafka takes for a topic name: org.apache.kafka.common.internals.Topic. */
const KAFKA_TOPIC = /^[a-zA-Z0-9._-]{1,249}$/;

describe('the topics table', () => {
  it('has each name once, in a form that Kafka takes, without metric collisions', () => {
    const names = ALL_TOPICS.flatMap((topic) => [topic.name, deadLetterTopicOf(topic.name)]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(KAFKA_TOPIC);
      expect(name).not.toContain('_');
    }
    expect(replyTopicOf('transaction-1')).toMatch(KAFKA_TOPIC);
  });

  it.each(ALL_TOPICS.map((topic) => [topic.name, topic] as const))('%s is whole', (_name, topic) => {
    expect(topic.partitions).toBeGreaterThanOrEqual(1);
    expect(topic.partitions).toBeLessThanOrEqual(60);
    expect(topic.key).not.toBe('');
    expect(topic.description).toMatch(/\.$/);
    expect(topic.producedBy.length).toBeGreaterThan(0);
    expect(topic.consumedBy.length).toBeGreaterThan(0);
    for (const service of [...topic.producedBy, ...topic.consumedBy])
      expect(SERVICE_NAMES).toContain(service);
    expect(new Set(topic.producedBy).size).toBe(topic.producedBy.length);
    expect(new Set(topic.consumedBy).size).toBe(topic.consumedBy.length);
    if (typeof topic.retention === 'object') expect(topic.retention.hours).toBeGreaterThanOrEqual(1);
  });

  it('keeps the journal for ever: it is what an auditor replays', () => {
    expect(TOPICS.transferResults.retention).toBe('forever');
    expect(ALL_TOPICS.filter((topic) => topic.retention === 'forever')).toEqual([TOPICS.transferResults]);
  });

  it('gives the whole way of a transfer the same partitions, so that a key stays in its lane', () => {
    const way = [TOPICS.transferRequests, TOPICS.transferCommands, TOPICS.transferResults];
    expect(new Set(way.map((topic) => topic.partitions)).size).toBe(1);
    expect(new Set(way.map((topic) => topic.key)).size).toBe(1);
  });

  it('gives each channel, and results that have time, a consumer group of its own beside the service’s', () => {
    expect(consumerGroupsOf('transaction')).toEqual(['transaction']);
    expect(consumerGroupsOf('gateway')).toEqual(['gateway']);
    expect(consumerGroupsOf('transaction-manager')).toEqual([
      'transaction-manager',
      'transaction-manager-results',
    ]);
    expect(consumerGroupsOf('notification')).toEqual([
      'notification',
      'notification-results',
      'notification-email',
      'notification-webhook',
      'notification-telegram',
      'notification-sms',
    ]);
  });

  it('gives every service something to do', () => {
    for (const service of SERVICE_NAMES) {
      expect(ALL_TOPICS.some((topic) => (topic.consumedBy as readonly string[]).includes(service))).toBe(
        true,
      );
    }
  });
});

describe('questions', () => {
  const groups = [
    contracts.ACCOUNT_QUESTIONS,
    contracts.CONTACT_QUESTIONS,
    contracts.CONVERSION_QUESTIONS,
    contracts.CUSTOMER_QUESTIONS,
    contracts.DELIVERY_QUESTIONS,
    contracts.INBOX_QUESTIONS,
    contracts.PREFERENCE_QUESTIONS,
    contracts.RATE_QUESTIONS,
    contracts.TRANSFER_QUESTIONS,
    contracts.WEBHOOK_QUESTIONS,
  ] as Record<string, Question<object, unknown>>[];
  const all = groups.flatMap((group) => Object.values(group));

  it('have a pattern of their own', () => {
    expect(new Set(all.map((question) => question.pattern)).size).toBe(all.length);
  });

  it('go to a question topic that one service answers', () => {
    for (const { topic, pattern } of all) {
      const row = ALL_TOPICS.find(({ name }) => name === topic);
      expect(row).toMatchObject({ kind: 'question', consumedBy: [expect.any(String)] });
      expect(pattern).toMatch(/^[a-z]+\.questions\/[a-z-]+$/);
      expect(pattern.startsWith(`${topic}/`)).toBe(true);
    }
  });

  it('exist for every question topic', () => {
    const asked = new Set(all.map((question) => question.topic));
    const rows = ALL_TOPICS.filter((topic) => topic.kind === 'question').map((topic) => topic.name);
    expect([...asked].sort()).toEqual(rows.sort());
  });
});
