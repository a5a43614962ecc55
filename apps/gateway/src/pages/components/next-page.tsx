import { nextPageUrl } from '../../http/paging.js';
import { useVisit } from '../rendering/visit-context.js';

export interface NextPageProps {
  readonly nextCursor: string | null;
  /** Whether this isn't the first page. */
  readonly isContinued: boolean;
  /** The first page, with its filters. */
  readonly first: string;
}

/** The way on through a long list, and back to its beginning. */
export function NextPage({ nextCursor, isContinued, first }: NextPageProps) {
  const { words, address } = useVisit();
  if (nextCursor === null && !isContinued) return null;
  return (
    <nav class="pages" aria-label={words.list.pages}>
      {isContinued && <a href={first}>{words.list.newest}</a>}
      {nextCursor !== null && (
        <a href={nextPageUrl(address, nextCursor)} rel="next">
          {words.list.older}
        </a>
      )}
    </nav>
  );
}
