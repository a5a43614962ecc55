import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { orUnavailable, RedisClient } from '@kopeck/cache';
import { seal, unseal } from '@kopeck/contracts';
import { GatewaySettings } from '../../gateway.settings.js';

export type Draft = Readonly<Record<string, string>>;

/** A form that was sent after its session had ended, and where to go on with it. */
export interface InterruptedForm {
  /** The page that the form is on. */
  readonly page: string;
  readonly fields: Draft;
}

/** As long as a session lasts without a request, and a little. */
const TIME_TO_LIVE_MS = 45 * 60_000;
const MAX_DRAFT_LENGTH = 8_000;
const ID = /^[0-9a-f-]{36}$/;
const CONTEXT = 'kopeck interrupted form v1';

/**
 * What somebody has typed and not sent for good: between a form and the page that checks it, and over a sign-in. Kept under
 * its owner, so that an address with a draft's id shows nobody else anything.
 */
@Injectable()
export class FormDrafts {
  private readonly key: Buffer;

  constructor(
    @Inject(RedisClient) private readonly redis: RedisClient,
    @Inject(GatewaySettings) settings: GatewaySettings,
  ) {
    this.key = Buffer.from(settings.SEALING_KEY, 'base64');
  }

  /** @returns the draft's id, for the address of the page that goes on with it. */
  async keep(customerId: string, fields: Draft, draftId: string = randomUUID()): Promise<string> {
    const text = JSON.stringify(fields);
    if (text.length <= MAX_DRAFT_LENGTH && ID.test(draftId)) {
      await orUnavailable(this.redis.set(keyOf(customerId, draftId), text, 'PX', TIME_TO_LIVE_MS));
    }
    return draftId;
  }

  /** @returns undefined where there is none, or somebody else's. */
  async read(customerId: string, draftId: unknown): Promise<Draft | undefined> {
    if (typeof draftId !== 'string' || !ID.test(draftId)) return undefined;
    const stored = await orUnavailable(this.redis.get(keyOf(customerId, draftId)));
    return stored === null ? undefined : (JSON.parse(stored) as Draft);
  }

  /** For a hidden field of the sign-in form: nobody knows yet whose it is, so it stays in the browser, unreadable. */
  sealed(form: InterruptedForm): string | undefined {
    const text = JSON.stringify(form);
    return text.length > MAX_DRAFT_LENGTH ? undefined : seal(text, this.key, CONTEXT);
  }

  /** @returns undefined for what we didn't seal. */
  opened(sealed: string): InterruptedForm | undefined {
    try {
      return JSON.parse(unseal(sealed, this.key, CONTEXT)) as InterruptedForm;
    } catch {
      return undefined;
    }
  }
}

function keyOf(customerId: string, draftId: string): string {
  return `draft:${customerId}:${draftId}`;
}
