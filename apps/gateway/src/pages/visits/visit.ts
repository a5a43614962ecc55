import type { Language } from '@kopeck/contracts';
import type { FastifyRequest } from 'fastify';
import type { CurrentSession } from '../../sessions/session.js';
import type { Formats } from '../language/formats.js';
import type { Words } from '../language/words.js';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export function isTheme(value: unknown): value is Theme {
  return THEMES.includes(value as Theme);
}

/** Who looks at a page, and how they want it: all that a page knows besides its own facts. */
export interface Visit {
  /** Absent for who isn't signed in, and on error pages, which ask nobody. */
  readonly session: CurrentSession | undefined;
  readonly language: Language;
  readonly words: Words;
  readonly formats: Formats;
  readonly theme: Theme;
  /** The page's own address, with its query. */
  readonly address: string;
  /** For the hidden field of a form that is sent to this path. */
  readonly tokenFor: (path: string) => string;
  /** What happened just before, to be said once; a key of `words.flash`. */
  readonly flash: keyof Words['flash'] | undefined;
  /** Notifications not read yet; absent for who isn't signed in, and while nobody can say. */
  readonly unreadCount?: number;
  /** Epoch milliseconds at which the page is made. */
  readonly nowMs: number;
  /** What somebody who reports a problem should name. */
  readonly traceId: string;
}

/** A visit of somebody who is signed in. */
export interface SignedInVisit extends Visit {
  readonly session: CurrentSession;
}

const VISIT = Symbol('the visit that a request is');

type Visited = FastifyRequest & { [VISIT]?: Visit };

export function rememberVisit(request: FastifyRequest, visit: Visit): Visit {
  return ((request as Visited)[VISIT] = visit);
}

export function rememberedVisit(request: FastifyRequest): Visit | undefined {
  return (request as Visited)[VISIT];
}
