import type { FunctionComponent } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Visit } from '../visits/visit.js';
import { VisitContext } from './visit-context.js';

/** A page as text. Whatever stands in its facts is escaped; nothing of it can become markup. */
export function renderPage<Props extends object>(
  visit: Visit,
  Page: FunctionComponent<Props>,
  props: Props,
): string {
  const page = (
    <VisitContext.Provider value={visit}>
      <Page {...props} />
    </VisitContext.Provider>
  );
  return `<!doctype html>${renderToString(page)}`;
}
