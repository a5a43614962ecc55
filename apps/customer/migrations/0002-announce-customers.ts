import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AnnounceCustomers0000000000002 implements MigrationInterface {
  name = 'AnnounceCustomers0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    // Whoever was registered before is announced like everybody else: nothing of theirs has been so far.
    await runner.query(`
      ALTER TABLE customer.customer
        ADD COLUMN revision           bigint NOT NULL DEFAULT 1,
        ADD COLUMN announced_revision bigint NOT NULL DEFAULT 0,
        ADD CONSTRAINT customer_announced_at_most CHECK (announced_revision <= revision)`);
    await runner.query(`
      CREATE INDEX customer_unannounced ON customer.customer (customer_id) WHERE announced_revision < revision`);
    await runner.query(`GRANT UPDATE (announced_revision) ON customer.customer TO kopeck_customer`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}
