import type { Words } from '../words.js';

export const transfer: Words['transfer'] = {
  statuses: { pending: 'В пути', completed: 'Выполнен', failed: 'Не выполнен' },
};
