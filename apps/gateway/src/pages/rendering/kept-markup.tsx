import { LRUCache } from 'lru-cache';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Visit } from '../visits/visit.js';
import { VisitContext } from './visit-context.js';

/** Characters in memory. */
const MAX_KEPT_LENGTH = 16_000_000;

const kept = new LRUCache<string, string>({
  maxSize: MAX_KEPT_LENGTH,
  sizeCalculation: (markup, key) => markup.length + key.length,
});

/**
 * For parts of pages that never change, such as the row of a posted entry: rendered once, and kept as text for
 * `dangerouslySetInnerHTML`. Nothing dangerous can come in, because the text is what a page would have rendered, escaped.
 *
 * A page that is read again, because one movement has come in, renders one row instead of fifty.
 *
 * @param key says what the part shows; how it's written – language and time zone – is added here. Whatever else of the visit
 * the part may use, such as form tokens, must not be in it.
 */
export function keptMarkup(visit: Visit, key: string, render: () => VNode): string {
  const wholeKey = `${visit.formats.kind} ${key}`;
  const known = kept.get(wholeKey);
  if (known !== undefined) return known;
  const markup = renderToString(<VisitContext.Provider value={visit}>{render()}</VisitContext.Provider>);
  kept.set(wholeKey, markup);
  return markup;
}
