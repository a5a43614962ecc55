import { LANGUAGES, type CustomerView, type InboxItem } from '@kopeck/contracts';
import type { ListedSessionResource } from '../../sessions/session.dto.js';
import { Facts } from '../components/facts.js';
import { RadioField } from '../components/field.js';
import { Form } from '../components/form.js';
import { Moment } from '../components/moment.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { THEMES } from '../visits/visit.js';
import { Sessions } from './sessions.js';

export interface ProfilePageProps {
  /** Absent while nobody can read it. */
  readonly customer: CustomerView | undefined;
  readonly sessions: readonly ListedSessionResource[];
  /** News of the person's access, newest first; absent while nobody can read them. */
  readonly events: readonly InboxItem[] | undefined;
}

const LANGUAGE_NAMES = { en: 'English', ru: 'Русский' } as const;

export function ProfilePage({ customer, sessions, events }: ProfilePageProps) {
  const { words, session } = useVisit();
  const { profile } = words;
  return (
    <Shell title={customer?.name ?? profile.title}>
      <p>{profile.lead}</p>
      <Person customer={customer} />
      <nav class="stack" aria-labelledby="more-title">
        <h2 id="more-title">{profile.more}</h2>
        <ul class="links">
          <li>
            <a href="/preferences">{profile.preferences}</a>
          </li>
          <li>
            <a href="/notifications/deliveries">{profile.deliveries}</a>
          </li>
          {session?.role === 'customer' && (
            <li>
              <a href="/developer">{profile.developer}</a>
            </li>
          )}
        </ul>
      </nav>
      <Sessions sessions={sessions} />
      <Events events={events} />
      <Appearance />
    </Shell>
  );
}

function Person({ customer }: Pick<ProfilePageProps, 'customer'>) {
  const { profile } = useVisit().words;
  if (!customer) return <Notice>{profile.personAway}</Notice>;
  return (
    <Facts
      facts={[
        { name: profile.name, value: customer.name },
        { name: profile.email, value: customer.email },
        { name: profile.role, value: profile.roles[customer.role] },
        { name: profile.since, value: <Moment at={customer.registeredAt} as="day" /> },
      ]}
    />
  );
}

function Events({ events }: Pick<ProfilePageProps, 'events'>) {
  const { profile } = useVisit().words;
  return (
    <section class="stack" aria-labelledby="events-title">
      <h2 id="events-title">{profile.events}</h2>
      {events === undefined && <Notice>{profile.eventsAway}</Notice>}
      {events?.length === 0 && <p class="note">{profile.noEvents}</p>}
      {events !== undefined && events.length > 0 && (
        <ul class="records">
          {events.map(({ notificationId, title, text, occurredAt }) => (
            <li class="record" key={notificationId}>
              <h3>{title}</h3>
              <p>{text}</p>
              <p class="note">
                <Moment at={occurredAt} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Appearance() {
  const { words, language, theme } = useVisit();
  const { profile, layout } = words;
  return (
    <section class="stack" aria-labelledby="appearance-title">
      <h2 id="appearance-title">{profile.appearance}</h2>
      <p class="note">{profile.appearanceHint}</p>
      <Form action="/appearance" class="form">
        <RadioField
          name="language"
          label={profile.language}
          value={language}
          choices={LANGUAGES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))}
        />
        <RadioField
          name="theme"
          label={profile.theme}
          value={theme}
          choices={THEMES.map((value) => ({ value, text: layout.themes[value] }))}
        />
        <p class="actions">
          <button class="button button--second" type="submit">
            {profile.save}
          </button>
        </p>
      </Form>
    </section>
  );
}
