import { isUUID } from 'class-validator';
import type { NotificationData, NotificationType } from '@kopeck/contracts';

/** Path of the page that shows more. It holds ids only: addresses end up in histories and logs. */
export function linkOf(type: NotificationType | 'test', data: NotificationData): string {
  return LINKS[type](data);
}

type Link = (data: NotificationData) => string;

const transfer: Link = ({ transferId }) => withId('/transfers', transferId);
const account: Link = ({ accountId }) => withId('/accounts', accountId);
const rates: Link = () => '/rates';
const profile: Link = () => '/profile';
const inbox: Link = () => '/notifications';

const LINKS: Readonly<Record<NotificationType | 'test', Link>> = {
  transfer_sent: transfer,
  transfer_received: transfer,
  transfer_refused: transfer,
  conversion_completed: transfer,
  rate_alert: rates,
  rate_change: rates,
  order_triggered: transfer,
  order_expired: rates,
  account_opened: account,
  account_frozen: account,
  account_unfrozen: account,
  sign_in: profile,
  sessions_ended: profile,
  channel_changed: profile,
  announcement: inbox,
  feed_problem: () => '/operator/rates',
  test: inbox,
};

/** Without a proper id, the page it would be found from. */
function withId(path: string, id: unknown): string {
  return typeof id === 'string' && isUUID(id) ? `${path}/${id}` : path;
}
