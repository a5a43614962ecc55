import type { AccountState } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import type { Outgoing } from '@kopeck/kafka';
import { Injectable } from '@nestjs/common';
import { accountNewsOf, type SeenState } from './account-news.js';
import { AccountRepository } from './account.repository.js';
import { IntakeSettings, newsSinceOf } from './intake.settings.js';
import { TellPeopleService } from './tell-people.service.js';

/** A state as it comes: whoever published it without saying when published it long ago. */
export interface IncomingState {
  readonly state: AccountState;
  readonly publishedAt: string | undefined;
}

/** Tells people that an account of theirs was opened, frozen or unfrozen: what is told and what was told are one transaction. */
@Injectable()
export class FollowAccountsService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly telling: TellPeopleService,
    private readonly settings: IntakeSettings,
  ) {}

  /** @returns what to send. States that are known tell nothing new, and give the pushes of what they told again. */
  async follow(states: readonly IncomingState[]): Promise<Outgoing[]> {
    const seen = states.map(seenOf);
    const newsSince = newsSinceOf(this.settings, new Date());
    const told = await this.database.transaction(async (tx) => {
      const before = await this.accounts.lock(
        tx,
        seen.map(({ state }) => state.accountId),
      );
      const { news, again, known } = accountNewsOf(seen, before, newsSince);
      await this.accounts.save(tx, known);
      return this.telling.store(tx, news, again);
    });
    return this.telling.messagesOf(told);
  }
}

const LONG_AGO = new Date(0).toISOString();

function seenOf({ state, publishedAt = LONG_AGO }: IncomingState): SeenState {
  return { state, publishedAt };
}
