import type { Role } from '@kopeck/contracts';
import type { Words } from '../language/words.js';
import type { IconName } from './icon.js';

/** One entry of the navigation. */
export interface Place {
  readonly href: string;
  readonly word: keyof Words['layout']['places'];
  readonly icon: IconName;
  /** About the person, not about money: apart from the rest, and on narrow screens on top. */
  readonly isPersonal?: true;
}

const PERSONAL: readonly Place[] = [
  { href: '/notifications', word: 'notifications', icon: 'bell', isPersonal: true },
  { href: '/profile', word: 'profile', icon: 'person', isPersonal: true },
];

const CUSTOMERS: readonly Place[] = [
  { href: '/', word: 'overview', icon: 'home' },
  { href: '/send', word: 'send', icon: 'send' },
  { href: '/convert', word: 'convert', icon: 'convert' },
  { href: '/accounts', word: 'accounts', icon: 'accounts' },
  { href: '/rates', word: 'rates', icon: 'rates' },
  ...PERSONAL,
];

const OPERATORS: readonly Place[] = [
  { href: '/operator/services', word: 'services', icon: 'tools' },
  { href: '/operator/transactions', word: 'transactions', icon: 'send' },
  { href: '/operator/cash-deposits', word: 'cash', icon: 'cash' },
  { href: '/operator/accounts', word: 'accounts', icon: 'accounts' },
  { href: '/operator/rates', word: 'rates', icon: 'rates' },
  { href: '/operator/deliveries', word: 'deliveries', icon: 'bell' },
  ...PERSONAL,
];

const ANYBODY: readonly Place[] = [
  { href: '/rates', word: 'rates', icon: 'rates' },
  { href: '/sign-in', word: 'signIn', icon: 'person' },
];

/** Where one can go from anywhere; what nobody may see has no link. */
export function placesFor(role: Role | undefined): readonly Place[] {
  if (role === 'customer') return CUSTOMERS;
  return role === 'operator' ? OPERATORS : ANYBODY;
}

/** Where somebody begins. */
export function homeOf(role: Role | undefined): string {
  return role === 'operator' ? '/operator/services' : '/';
}
