import type { ServiceDatabase } from '@kopeck/database';
import { CreateTransactionManager0000000000001 } from './0001-create-transaction-manager.js';
import { AddConversions0000000000002 } from './0002-add-conversions.js';
import { KeepPlans0000000000003 } from './0003-keep-plans.js';

export const DATABASE: ServiceDatabase = {
  service: 'transaction-manager',
  schema: 'transaction_manager',
  migrations: [CreateTransactionManager0000000000001, AddConversions0000000000002, KeepPlans0000000000003],
};
