import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCustomer0000000000001 implements MigrationInterface {
  name = 'CreateCustomer0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE customer.customer (
        customer_id   uuid PRIMARY KEY,
        email         text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
        -- The address in the form under which it is unique: see emailKeyOf.
        email_key     text NOT NULL CONSTRAINT customer_email_key_unique UNIQUE,
        name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
        role          text NOT NULL CHECK (role IN ('customer', 'operator')),
        language      text NOT NULL CHECK (language IN ('en', 'ru')),
        -- A hash in any other form would be a password written down.
        password_hash text NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
        registered_at timestamptz NOT NULL DEFAULT now()
      )`);
    // Nobody is deleted, and a service that is taken over can't make itself an operator by UPDATE.
    await runner.query(`GRANT SELECT, INSERT ON customer.customer TO kopeck_customer`);
    await runner.query(`GRANT UPDATE (password_hash) ON customer.customer TO kopeck_customer`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}
