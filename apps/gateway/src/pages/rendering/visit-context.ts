import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Visit } from '../visits/visit.js';

export const VisitContext = createContext<Visit | undefined>(undefined);

/** The visit that the page is rendered for: its words, formats and form tokens, anywhere in the page. */
export function useVisit(): Visit {
  const visit = useContext(VisitContext);
  if (!visit) throw new Error('A component of a page was rendered without a visit: use renderPage');
  return visit;
}
