import type { ServiceDatabase } from '@kopeck/database';
import { CreateInbox0000000000001 } from './0001-create-inbox.js';
import { CreateDeliveries0000000000002 } from './0002-create-deliveries.js';

export const DATABASE: ServiceDatabase = {
  service: 'notification',
  schema: 'notification',
  migrations: [CreateInbox0000000000001, CreateDeliveries0000000000002],
};
