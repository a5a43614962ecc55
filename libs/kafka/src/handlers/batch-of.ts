export type DtoClass<T extends object> = new () => T;

export interface BatchOptions {
  /** The most messages in one call; 500 unless given. */
  readonly maxMessages?: number;
  /**
   * Handle at most once in so many milliseconds: for work that isn't urgent, to get bigger batches. Where all of a `group` linger,
   * it fetches less often as well.
   */
  readonly lingerMs?: number;
  /**
   * Under load a batch that is smaller than usual waits so long for more of its kind: for the first step of what others go on
   * with, because each batch costs all of them the same, however small it is. What comes now and then never waits.
   */
  readonly gatherMs?: number;
  /** In broadcast mode: read what was there before the process started as well. Shared groups always do. */
  readonly fromBeginning?: boolean;
  /**
   * Read it in a consumer group of its own, `<service>-<group>`, with its own connection and its own pace: work that is
   * slow, or that hangs, delays no handler of another group. Handlers without share the service's own group.
   */
  readonly group?: string;
}

/** Becomes part of the group's name. */
const GROUP = /^[a-z][a-z0-9-]{0,39}$/;

export const DEFAULT_MAX_MESSAGES = 500;

/** What a batch handler's pattern carries besides its topic. */
export interface BatchExtras {
  readonly kopeckBatch: Required<Omit<BatchOptions, 'group'>> &
    Pick<BatchOptions, 'group'> & { readonly dto: DtoClass<object> | null };
}

/**
 * Extras of a batch handler:
 * `@EventPattern(TOPICS.transferRequests.name, Transport.KAFKA, batchOf(TransferRequest, { maxMessages: 500 }))`.
 *
 * @param dto Messages are validated against it; unknown fields are tolerated, so that a newer producer doesn't break an
 * older consumer. What doesn't fit goes to the dead letters. With null, messages are only parsed as JSON.
 */
export function batchOf<T extends object>(
  dto: DtoClass<T> | null,
  options: BatchOptions = {},
): Record<string, unknown> {
  const { maxMessages = DEFAULT_MAX_MESSAGES, lingerMs = 0, gatherMs = 0 } = options;
  const { fromBeginning = false, group } = options;
  if (!Number.isInteger(maxMessages) || maxMessages < 1) {
    throw new Error('batchOf: maxMessages must be a whole number from 1');
  }
  if (group !== undefined && !GROUP.test(group)) {
    throw new Error('batchOf: group must be a short name in lower-case letters, such as email');
  }
  const extras: BatchExtras = { kopeckBatch: { dto, maxMessages, lingerMs, gatherMs, fromBeginning, group } };
  return { ...extras };
}
