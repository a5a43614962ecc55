import { Injectable } from '@nestjs/common';
import { ACCOUNT_QUESTIONS, type EntryView } from '@kopeck/contracts';
import { Questions } from '../../../http/questions.js';
import { OperatorAccounts } from '../../../operator/operator-accounts.service.js';
import type { OperatorAccountResource } from '../../../operator/operator.dto.js';
import { unlessAway } from '../../rendering/unless-away.js';
import { People, type Person } from '../people.service.js';

/** Of its history: enough to see what was going on. */
const LAST_ENTRIES = 10;

export interface AccountFacts {
  readonly account: OperatorAccountResource;
  readonly holder: Person | undefined;
  /** Newest first; undefined where nobody can tell for the moment. */
  readonly entries: readonly EntryView[] | undefined;
}

/** All that an operator sees of one account. */
@Injectable()
export class ReadAccountService {
  constructor(
    private readonly accounts: OperatorAccounts,
    private readonly questions: Questions,
    private readonly people: People,
  ) {}

  /** @throws {Problem} `not_found`, `deadline_exceeded`. */
  async read(accountId: string): Promise<AccountFacts> {
    const account = await this.accounts.read(accountId);
    const [holder, entries] = await Promise.all([
      account.customerId === null ? undefined : this.people.find(account.customerId),
      unlessAway(this.entriesOf(accountId)),
    ]);
    return { account, holder, entries };
  }

  private async entriesOf(accountId: string): Promise<readonly EntryView[]> {
    const question = { accountId, limit: LAST_ENTRIES };
    const options = { key: accountId, about: 'account' };
    const { data } = await this.questions.ask(ACCOUNT_QUESTIONS.entries, question, options);
    return data;
  }
}
