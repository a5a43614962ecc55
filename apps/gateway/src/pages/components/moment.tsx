import { useVisit } from '../rendering/visit-context.js';

/** A moment for people, with the exact one for programs. */
export function Moment({
  at,
  as = 'moment',
}: {
  readonly at: string;
  readonly as?: 'moment' | 'day' | 'time';
}) {
  const { formats } = useVisit();
  return <time dateTime={at}>{formats[as](at)}</time>;
}
