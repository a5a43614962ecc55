import { Injectable } from '@nestjs/common';
import { CUSTOMER_QUESTIONS } from '@kopeck/contracts';
import { Problem } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import { unlessAway } from '../rendering/unless-away.js';

/** Somebody by name: whose account it is, or who decided. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Most people that one page asks about. */
const MAX_PEOPLE = 20;

/** Names behind ids. A page is shown without them where the customer service is away. */
@Injectable()
export class People {
  constructor(private readonly questions: Questions) {}

  /** @returns undefined where nobody can say. */
  async find(customerId: string): Promise<Person | undefined> {
    const options = { key: customerId, about: 'customer' };
    try {
      const found = await unlessAway(this.questions.ask(CUSTOMER_QUESTIONS.read, { customerId }, options));
      return found && { name: found.name, email: found.email };
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  /** Those that could be found, by id. */
  async findAll(customerIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const ids = [...new Set(customerIds)].slice(0, MAX_PEOPLE);
    const found = await Promise.all(ids.map(async (id) => [id, await this.find(id)] as const));
    return new Map(found.flatMap(([id, person]) => (person ? [[id, person] as const] : [])));
  }
}
