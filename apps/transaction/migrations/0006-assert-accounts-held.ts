import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AssertAccountsHeld0000000000006 implements MigrationInterface {
  name = 'AssertAccountsHeld0000000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ASSERT_ACCOUNTS_HELD);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: write the next one, or restore a backup.');
  }
}

/** As for chains: COMMIT leaves right behind the statement, so what speaks against it must be an error inside. */
const ASSERT_ACCOUNTS_HELD = `
  CREATE FUNCTION ledger.assert_accounts_held(changed bigint, wanted integer) RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    IF changed IS DISTINCT FROM wanted THEN
      RAISE EXCEPTION 'Only % of % accounts are as they were when the batch was decided: read them and decide again', changed, wanted
        USING ERRCODE = 'serialization_failure', CONSTRAINT = 'accounts_held';
    END IF;
    RETURN true;
  END $$;
  GRANT EXECUTE ON FUNCTION ledger.assert_accounts_held TO kopeck_transaction`;
