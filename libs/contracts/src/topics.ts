/**
 * Every topic of the system, in one table: what `scripts` create, the services subscribe to and the documents list.
 * A topic that isn't here doesn't exist: brokers and clients have auto-creation turned off.
 */

export type ServiceName =
  'gateway' | 'customer' | 'transaction-manager' | 'transaction' | 'currency-converter' | 'notification';

export const SERVICE_NAMES: readonly ServiceName[] = [
  'gateway',
  'customer',
  'transaction-manager',
  'transaction',
  'currency-converter',
  'notification',
];

export interface Topic {
  readonly name: string;
  readonly kind: 'request' | 'command' | 'event' | 'state' | 'question';
  /** What the message key is; messages of one key keep their order. */
  readonly key: string;
  readonly partitions: number;
  /** How long the broker keeps messages; `forever` never deletes, `compacted` keeps the last message of each key. */
  readonly retention: 'forever' | 'compacted' | { readonly hours: number };
  readonly producedBy: readonly ServiceName[];
  readonly consumedBy: readonly ServiceName[];
  /**
   * Services that read it in a consumer group of its own, `<service>-<group>`: what is slow there, or has time, delays nothing
   * else of the service.
   */
  readonly groups?: Readonly<Partial<Record<ServiceName, string>>>;
  readonly description: string;
}

/** As many partitions as replicas of a service can share; raising it later moves keys, so it starts high enough. */
const MONEY_PARTITIONS = 6;
const QUESTION_PARTITIONS = 6;

/** Each channel has a topic and a consumer group of its own: one that is slow or dead delays no other. */
function channelTopic<Name extends string>(channel: Name, word: string) {
  return {
    name: `notifications.${channel}` as const,
    kind: 'command',
    key: 'customer id',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 168 },
    producedBy: ['notification'],
    consumedBy: ['notification'],
    groups: { notification: channel },
    description: `${word} deliveries that are due now.`,
  } as const;
}

export const TOPICS = {
  transferRequests: {
    name: 'transfers.requests',
    kind: 'request',
    key: 'debited account id',
    partitions: MONEY_PARTITIONS,
    retention: { hours: 168 },
    producedBy: ['gateway', 'currency-converter'],
    consumedBy: ['transaction-manager'],
    description: 'What customers and operators ask for: one message an attempt.',
  },
  transferCommands: {
    name: 'transfers.commands',
    kind: 'command',
    key: 'debited account id',
    partitions: MONEY_PARTITIONS,
    retention: { hours: 168 },
    producedBy: ['transaction-manager'],
    consumedBy: ['transaction'],
    description: 'Validated requests for the ledger to execute; repeats are harmless.',
  },
  transferResults: {
    name: 'transfers.results',
    kind: 'event',
    key: 'debited account id',
    partitions: MONEY_PARTITIONS,
    retention: 'forever',
    producedBy: ['transaction', 'transaction-manager'],
    consumedBy: ['gateway', 'transaction-manager', 'notification'],
    groups: { 'transaction-manager': 'results', notification: 'results' },
    description:
      'The journal: what became of each transfer, with entries, balances after and the hash chain.',
  },
  accountStates: {
    name: 'accounts.states',
    kind: 'state',
    key: 'account id',
    partitions: MONEY_PARTITIONS,
    retention: 'compacted',
    producedBy: ['transaction'],
    consumedBy: ['transaction-manager', 'notification'],
    description: 'The last known owner, number, currency and status of each account; no balances.',
  },
  accountQuestions: {
    name: 'accounts.questions',
    kind: 'question',
    key: 'account or customer id',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 1 },
    producedBy: ['gateway', 'transaction-manager'],
    consumedBy: ['transaction'],
    description: 'Open, list, read, freeze accounts; read entries.',
  },
  transferQuestions: {
    name: 'transfers.questions',
    kind: 'question',
    key: 'transfer or customer id',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 1 },
    producedBy: ['gateway'],
    consumedBy: ['transaction-manager'],
    description: "Read and list transfers and one transfer's steps.",
  },
  customerQuestions: {
    name: 'customers.questions',
    kind: 'question',
    key: 'customer id or e-mail address',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 1 },
    producedBy: ['gateway'],
    consumedBy: ['customer'],
    description: 'Register, check a password, read a profile.',
  },
  conversionRequests: {
    name: 'conversions.requests',
    kind: 'request',
    key: 'quote id',
    partitions: MONEY_PARTITIONS,
    retention: { hours: 168 },
    producedBy: ['gateway'],
    consumedBy: ['currency-converter'],
    description: 'A customer takes a quote: one message an attempt. It becomes a transfer request.',
  },
  conversionQuestions: {
    name: 'conversions.questions',
    kind: 'question',
    key: 'customer or quote id',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 1 },
    producedBy: ['gateway'],
    consumedBy: ['currency-converter'],
    description: 'Give and read quotes; place, list and cancel orders and rate alerts.',
  },
  rateQuestions: {
    name: 'rates.questions',
    kind: 'question',
    key: 'currency',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 1 },
    producedBy: ['gateway'],
    consumedBy: ['currency-converter'],
    description: 'Current rates, their history, feeds and overrides.',
  },
  rateChanges: {
    name: 'rates.changes',
    kind: 'event',
    key: 'source',
    partitions: 1,
    retention: { hours: 720 },
    producedBy: ['currency-converter'],
    consumedBy: ['currency-converter', 'notification'],
    description: 'One currency costs something else now: old and new rate, source and day.',
  },
  notificationRequests: {
    name: 'notifications.requests',
    kind: 'event',
    key: 'customer id',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 720 },
    producedBy: ['currency-converter', 'notification'],
    consumedBy: ['notification'],
    description: 'Any service asks for somebody to be told something.',
  },
  customerStates: {
    name: 'customers.states',
    kind: 'state',
    key: 'customer id',
    partitions: QUESTION_PARTITIONS,
    retention: 'compacted',
    producedBy: ['customer'],
    consumedBy: ['notification'],
    description: 'The last known address, name, role and language of each customer and operator.',
  },
  customerEvents: {
    name: 'customers.events',
    kind: 'event',
    key: 'customer id',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 720 },
    producedBy: ['gateway'],
    consumedBy: ['notification'],
    description: "What happened to somebody's access: signed in, sessions ended.",
  },
  notificationQuestions: {
    name: 'notifications.questions',
    kind: 'question',
    key: 'customer id',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 1 },
    producedBy: ['gateway'],
    consumedBy: ['notification'],
    description: 'Inbox, preferences, contacts, webhooks and deliveries.',
  },
  notificationInbox: {
    name: 'notifications.inbox',
    kind: 'event',
    key: 'customer id',
    partitions: QUESTION_PARTITIONS,
    retention: { hours: 1 },
    producedBy: ['notification'],
    consumedBy: ['gateway'],
    description: "Something is new in somebody's inbox, or was read there: open pages show it at once.",
  },
  notificationEmails: channelTopic('email', 'E-mail'),
  notificationWebhooks: channelTopic('webhook', 'Webhook'),
  notificationTelegrams: channelTopic('telegram', 'Telegram'),
  notificationTexts: channelTopic('sms', 'SMS'),
  serviceHeartbeats: {
    name: 'services.heartbeats',
    kind: 'state',
    key: 'service instance',
    partitions: 1,
    retention: { hours: 1 },
    producedBy: SERVICE_NAMES,
    consumedBy: ['gateway'],
    description:
      'Each instance says every few seconds that it is there, what version it is and how it feels.',
  },
} as const satisfies Record<string, Topic>;

export const ALL_TOPICS: readonly Topic[] = Object.values(TOPICS);

/** Consumer groups of a service's replicas, its own first: what waits for the service waits in all of them together. */
export function consumerGroupsOf(service: ServiceName): string[] {
  const consumed = ALL_TOPICS.filter(({ consumedBy }) => consumedBy.includes(service));
  const own = consumed.map(({ groups }) => groups?.[service]).filter((group) => group !== undefined);
  return [service, ...new Set(own.map((group) => `${service}-${group}`))];
}

/** Where a message goes that can't be read or handled, with headers that say where it came from and why. */
export function deadLetterTopicOf(topicName: string): string {
  return `${topicName}.dlq`;
}

/** Dead letters are kept for thirty days: long enough for somebody to look, inspect and replay. */
export const DEAD_LETTER_RETENTION_HOURS = 720;

/** Answers to one instance's questions and attempts; the instance creates it at start and reads it alone. */
export function replyTopicOf(instance: string): string {
  return `replies.${instance}`;
}
