import type { ServiceDatabase } from '@kopeck/database';
import { CreateTransactionManager0000000000001 } from './0001-create-transaction-manager.js';

export const DATABASE: ServiceDatabase = {
  service: 'transaction-manager',
  schema: 'transaction_manager',
  migrations: [CreateTransactionManager0000000000001],
};
