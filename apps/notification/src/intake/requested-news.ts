import type { NotificationData, NotificationRequest } from '@kopeck/contracts';
import { shortened, withoutAccountNumbers } from '../templates/plain-text.js';
import { OPERATORS, type News } from './news.js';

const MAX_FIELDS = 40;
const NAME_MAX_LENGTH = 60;
const VALUE_MAX_LENGTH = 2_000;

/** What another service asks to be told, to one person or to all operators. */
export function requestedNewsOf(request: NotificationRequest): News {
  return {
    eventId: `request/${request.notificationId.toLowerCase()}`,
    customerId: request.customerId?.toLowerCase() ?? OPERATORS,
    type: request.type,
    data: safeDataOf(request.data),
    occurredAt: request.occurredAt,
  };
}

/** Others' data as it may be stored and shown: flat, of bounded size, without full account numbers, and nothing PostgreSQL refuses. */
export function safeDataOf(data: Readonly<Record<string, unknown>>): NotificationData {
  const safe: NotificationData = {};
  for (const [name, value] of Object.entries(data).slice(0, MAX_FIELDS)) {
    if (name.length > NAME_MAX_LENGTH || name === '__proto__') continue;
    if (typeof value === 'string') safe[storable(name)] = safeText(value);
    else if (typeof value === 'number' || typeof value === 'boolean' || value === null)
      safe[storable(name)] = value;
  }
  return safe;
}

function safeText(text: string): string {
  return shortened(withoutAccountNumbers(storable(text)), VALUE_MAX_LENGTH);
}

/** `jsonb` takes neither a NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, '');
}
