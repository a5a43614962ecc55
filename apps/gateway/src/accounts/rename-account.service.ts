import { Injectable } from '@nestjs/common';
import { ACCOUNT_QUESTIONS, type AccountView } from '@kopeck/contracts';
import { requiredVersionOf } from '../http/entity-tag.js';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';

const STALE =
  'The account was changed in the meantime. Read it again, look, and send its new ETag as If-Match.';
const REQUIRED =
  "Send If-Match with the ETag that you read the account with, so that nobody's change is overwritten.";

/** Optimistic concurrency (RFC 9110, section 13): a change says which state of the account it is based on. */
@Injectable()
export class RenameAccountService {
  constructor(private readonly questions: Questions) {}

  /** @throws {Problem} `version_required` (428), `stale_version` (412), `not_found`. */
  async rename(accountId: string, customerId: string, name: string, ifMatch?: string): Promise<AccountView> {
    const revision = await this.revisionFor(accountId, customerId, ifMatch);
    const options = { key: accountId, about: 'account' };
    return this.questions.ask(ACCOUNT_QUESTIONS.rename, { accountId, customerId, name, revision }, options);
  }

  /** The owning service compares again; this only chooses which revision to name, or finds that none can be right. */
  private async revisionFor(accountId: string, customerId: string, ifMatch?: string): Promise<string> {
    const required = requiredVersionOf(ifMatch);
    if (!required) throw new Problem('version_required', REQUIRED);
    const [only, ...more] = required.any ? [] : required.revisions;
    if (only !== undefined && more.length === 0) return only;
    const options = { key: accountId, about: 'account' };
    const { revision } = await this.questions.ask(ACCOUNT_QUESTIONS.read, { accountId, customerId }, options);
    if (!required.any && !required.revisions.includes(revision)) throw new Problem('stale_version', STALE);
    return revision;
  }
}
