import type { SecurityEvent } from '@kopeck/contracts';
import type { News } from './news.js';

export function securityNewsOf({ eventId, type, customerId, device, occurredAt }: SecurityEvent): News {
  return {
    eventId: `security/${eventId.toLowerCase()}`,
    customerId: customerId.toLowerCase(),
    type,
    data: { device: device ?? null, at: occurredAt },
    occurredAt,
  };
}
