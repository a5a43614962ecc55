import type { CustomerState } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

/** The copy of who is who. */
@Injectable()
export class RecipientRepository {
  constructor(private readonly database: Database) {}

  /** Keeps the highest revision of each person, in whatever order and how often they come. */
  async save(states: readonly CustomerState[]): Promise<void> {
    await this.database.query(SAVE, [
      states.map(({ customerId }) => customerId),
      states.map(({ email }) => email),
      states.map(({ name }) => name),
      states.map(({ role }) => role),
      states.map(({ language }) => language),
      states.map(({ revision }) => revision),
    ]);
  }
}

/** One row a person, or the statement would meet itself; sorted, so that two replicas can't lock in a circle. */
const SAVE = `
  INSERT INTO notification.recipient AS known (customer_id, email, name, role, language, revision)
  SELECT DISTINCT ON (customer_id) *
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
      AS state (customer_id, email, name, role, language, revision)
   ORDER BY customer_id, revision DESC
      ON CONFLICT (customer_id) DO UPDATE
     SET email = excluded.email, name = excluded.name, role = excluded.role, language = excluded.language,
         revision = excluded.revision
   WHERE known.revision < excluded.revision`;
