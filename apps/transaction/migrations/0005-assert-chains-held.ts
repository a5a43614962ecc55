import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AssertChainsHeld0000000000005 implements MigrationInterface {
  name = 'AssertChainsHeld0000000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ASSERT_CHAINS_HELD);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/**
 * An error inside the statement that writes a batch: COMMIT leaves right behind that statement, so whoever isn't a chain's
 * writer any more must not be told so afterwards.
 */
const ASSERT_CHAINS_HELD = `
  CREATE FUNCTION ledger.assert_chains_held(moved integer[], wanted integer[]) RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    IF cardinality(moved) IS DISTINCT FROM cardinality(wanted) THEN
      RAISE EXCEPTION 'Another writer has moved one of the chains %: read their heads and decide again', wanted
        USING ERRCODE = 'serialization_failure', CONSTRAINT = 'chains_held';
    END IF;
    RETURN true;
  END $$;
  GRANT EXECUTE ON FUNCTION ledger.assert_chains_held TO kopeck_transaction`;
