import { pathOf } from '../../http/address.js';
import { Form } from '../components/form.js';
import { useVisit } from '../rendering/visit-context.js';
import { Icon } from './icon.js';
import { homeOf, placesFor, type Place } from './places.js';
import { UnreadMark } from './unread-mark.js';

/** Beside the page on wide screens; on narrow ones below it, and what is personal above it. */
export function Navigation() {
  const { words, session } = useVisit();
  const places = placesFor(session?.role);
  const common = places.filter(({ isPersonal }) => !isPersonal);
  return (
    <header class="bar">
      <a class="brand" href={homeOf(session?.role)}>
        <Mark />
        {words.layout.bank}
      </a>
      <nav class={common.length > 5 ? 'nav nav--many' : 'nav'} aria-label={words.layout.navigation}>
        <Places places={common} />
      </nav>
      {session && (
        <nav class="own" aria-label={words.layout.personal}>
          <Places places={places.filter(({ isPersonal }) => isPersonal)} />
        </nav>
      )}
      {session && (
        <Form action="/sign-out" class="bar__out">
          <button class="quiet" type="submit">
            {words.layout.signOut}
          </button>
        </Form>
      )}
    </header>
  );
}

function Places({ places }: { readonly places: readonly Place[] }) {
  const { words, address } = useVisit();
  const here = pathOf(address);
  return (
    <ul>
      {places.map(({ href, word, icon }) => {
        const isHere = href === '/' ? here === '/' : here.startsWith(href);
        return (
          <li key={href}>
            <a href={href} aria-current={isHere ? 'page' : undefined}>
              <Icon name={icon} />
              <span>{words.layout.places[word]}</span>
              {word === 'notifications' && <UnreadMark />}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function Mark() {
  return (
    <svg class="brand__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" />
      <path d="M12 8v16M21 8l-8.5 8L21 24" />
    </svg>
  );
}
