import { Injectable } from '@nestjs/common';
import {
  CONTACT_QUESTIONS,
  DELIVERY_QUESTIONS,
  OUTSIDE_CHANNELS,
  type OutsideChannel,
} from '@kopeck/contracts';
import { Questions } from '../../http/questions.js';
import { unlessAway } from '../rendering/unless-away.js';
import { lastProblemOf, type ChannelProblem, type ContactFacts } from './contact-facts.js';

/** How far back a channel's last problem is looked for. */
const LOOKED_AT = 20;
/** The page can do without. */
const TIMEOUT_MS = 2_000;

/** Where somebody can be reached and how that went last; all of it asked at once, and left out where nobody answers. */
@Injectable()
export class ContactFactsService {
  constructor(private readonly questions: Questions) {}

  async read(customerId: string): Promise<ContactFacts> {
    const options = { key: customerId, about: 'contact', timeoutMs: TIMEOUT_MS };
    const [contacts, problems] = await Promise.all([
      unlessAway(this.questions.ask(CONTACT_QUESTIONS.read, { customerId }, options)),
      Promise.all(OUTSIDE_CHANNELS.map((channel) => this.problemOf(customerId, channel))),
    ]);
    const found = OUTSIDE_CHANNELS.flatMap((channel, index) => {
      const problem = problems[index];
      return problem ? [[channel, problem]] : [];
    });
    return { contacts, problems: Object.fromEntries(found) as ContactFacts['problems'] };
  }

  private async problemOf(customerId: string, channel: OutsideChannel): Promise<ChannelProblem | undefined> {
    const request = { customerId, channel, limit: LOOKED_AT };
    const options = { key: customerId, about: 'delivery', timeoutMs: TIMEOUT_MS };
    const page = await unlessAway(this.questions.ask(DELIVERY_QUESTIONS.list, request, options));
    return page && lastProblemOf(page.data);
  }
}
