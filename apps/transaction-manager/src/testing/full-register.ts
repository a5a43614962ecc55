import type { ManagerOnPostgresql } from './manager-on-postgresql.js';

/** For tests of plans: as many transfers as no statement may read through. */
export async function fillRegister(
  manager: ManagerOnPostgresql,
  settled: number,
  pending: number,
): Promise<void> {
  await manager.temporary.query(FILL, [settled, pending]);
  await manager.temporary.query('VACUUM ANALYZE transaction_manager.transfer');
}

/** Mostly completed transfers among a thousand customers, a hundredth of them failed, the newest pending. */
const FILL = `
  INSERT INTO transaction_manager.transfer
    (id, request_id, customer_id, kind, payload_hash, debit_account_id, credit_account_number, credit_customer_id,
     amount_minor, currency, status, reason, requested_at, forward_count, next_forward_at, result, decided_by_ledger)
  SELECT gen_random_uuid(), gen_random_uuid(), md5((n % 1000)::text)::uuid, 'transfer', sha256(n::text::bytea),
         gen_random_uuid(), 'QP76KPCK000012345678',
         CASE WHEN s.status = 'completed' THEN md5((n % 999)::text)::uuid END, 1, 'EUR', s.status,
         CASE WHEN s.status = 'failed' THEN 'insufficient_funds' END, now(), 1,
         CASE WHEN s.status = 'pending' THEN now() END,
         CASE WHEN s.status <> 'pending' THEN '{}' END, s.status <> 'pending'
    FROM generate_series(1, $1::int + $2::int) AS n,
         LATERAL (SELECT CASE WHEN n > $1 THEN 'pending' WHEN n % 100 = 0 THEN 'failed' ELSE 'completed' END) AS s (status)`;
