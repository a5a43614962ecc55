import type { ComponentChildren } from 'preact';
import { pathOf } from '../../http/address.js';
import { Form } from '../components/form.js';
import { useVisit } from '../rendering/visit-context.js';
import { Icon, type IconName } from './icon.js';
import { homeOf, placesFor } from './places.js';

/** Beside the page on wide screens, below it on narrow ones. */
export function Navigation() {
  const { words, session, address } = useVisit();
  const places = placesFor(session?.role);
  const here = pathOf(address);
  return (
    <header class="bar">
      <a class="brand" href={homeOf(session?.role)}>
        <Mark />
        {words.layout.bank}
      </a>
      <nav class={places.length > 5 ? 'nav nav--many' : 'nav'} aria-label={words.layout.navigation}>
        <ul>
          {places.map(({ href, word, icon }) => (
            <li key={href}>
              <Place href={href} icon={icon} isHere={href === '/' ? here === '/' : here.startsWith(href)}>
                {words.layout.places[word]}
              </Place>
            </li>
          ))}
        </ul>
      </nav>
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

interface PlaceProps {
  readonly href: string;
  readonly icon: IconName;
  readonly isHere: boolean;
  readonly children: ComponentChildren;
}

function Place({ href, icon, isHere, children }: PlaceProps) {
  return (
    <a href={href} aria-current={isHere ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{children}</span>
    </a>
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
