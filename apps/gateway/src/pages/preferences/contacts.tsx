import type { ContactsView } from '@kopeck/contracts';
import type { ComponentChildren } from 'preact';
import { Form } from '../components/form.js';
import { Moment } from '../components/moment.js';
import { Notice } from '../components/notice.js';
import { useVisit } from '../rendering/visit-context.js';
import type { ChannelProblem, ContactFacts } from './contact-facts.js';

/** Where somebody is reached: each channel with its state, its last problem and what one can do about it. */
export function Contacts({ contacts, problems }: ContactFacts) {
  const { words, session } = useVisit();
  return (
    <section class="stack" aria-labelledby="contacts-title">
      <h2 id="contacts-title">{words.contacts.title}</h2>
      {contacts === undefined ? (
        <Notice>{words.contacts.away}</Notice>
      ) : (
        <ul class="records">
          <Email contacts={contacts} problem={problems.email} />
          <Telegram contacts={contacts} problem={problems.telegram} />
          <Phone contacts={contacts} problem={problems.sms} />
          {session?.role === 'customer' && <Webhooks contacts={contacts} problem={problems.webhook} />}
        </ul>
      )}
    </section>
  );
}

interface ContactProps {
  readonly contacts: ContactsView;
  readonly problem: ChannelProblem | undefined;
}

function Email({ contacts: { email }, problem }: ContactProps) {
  const { words } = useVisit();
  const { email: texts } = words.contacts;
  return (
    <Contact title={words.notifications.channels.email} problem={problem}>
      <p class="id">{email ?? texts.unknown}</p>
      {email !== null && <p class="note">{texts.change}</p>}
      {email !== null && <TestButton channel="email" />}
    </Contact>
  );
}

function Telegram({ contacts: { telegram }, problem }: ContactProps) {
  const { words } = useVisit();
  const { telegram: texts, notOffered } = words.contacts;
  const { isOffered, linkedAt, chatName } = telegram;
  if (linkedAt === null) {
    return (
      <Contact title={texts.title} problem={problem}>
        <p>{isOffered ? texts.none : notOffered}</p>
        {isOffered && (
          <Form action="/preferences/telegram">
            <button class="quiet" type="submit">
              {texts.link}
            </button>
          </Form>
        )}
      </Contact>
    );
  }
  return (
    <Contact title={texts.title} problem={problem}>
      <p>
        {`${chatName === null ? texts.linkedUnnamed : texts.linked(chatName)}, ${texts.since} `}
        <Moment at={linkedAt} as="day" />
      </p>
      {isOffered ? <TestButton channel="telegram" /> : <p class="note">{notOffered}</p>}
      <ForgetButton action="/preferences/telegram/forget" text={texts.forget} />
    </Contact>
  );
}

function Phone({ contacts: { sms }, problem }: ContactProps) {
  const { words } = useVisit();
  const { phone: texts, notOffered } = words.contacts;
  const { isOffered, phone, confirmedAt } = sms;
  if (phone === null) {
    return (
      <Contact title={words.notifications.channels.sms} problem={problem}>
        <p>{isOffered ? texts.none : notOffered}</p>
        {isOffered && <a href="/preferences/phone">{texts.set}</a>}
      </Contact>
    );
  }
  return (
    <Contact title={words.notifications.channels.sms} problem={problem}>
      <p>{`${phone}, ${confirmedAt === null ? texts.pending : texts.confirmed}`}</p>
      {!isOffered && <p class="note">{notOffered}</p>}
      {isOffered && (
        <a href={confirmedAt === null ? '/preferences/phone' : '/preferences/phone?change=1'}>
          {confirmedAt === null ? texts.confirm : texts.change}
        </a>
      )}
      {isOffered && confirmedAt !== null && <TestButton channel="sms" />}
      <ForgetButton action="/preferences/phone/forget" text={texts.forget} />
    </Contact>
  );
}

function Webhooks({ contacts: { webhookCount }, problem }: ContactProps) {
  const { words, formats } = useVisit();
  const { contacts } = words;
  const count = contacts.webhooks(webhookCount, formats.number(webhookCount));
  return (
    <Contact title={words.notifications.channels.webhook} problem={problem}>
      <p>{webhookCount === 0 ? contacts.noWebhooks : count}</p>
      <a href="/developer">{contacts.toWebhooks}</a>
    </Contact>
  );
}

interface ContactFrameProps {
  readonly title: string;
  readonly problem: ChannelProblem | undefined;
  readonly children: ComponentChildren;
}

function Contact({ title, problem, children }: ContactFrameProps) {
  return (
    <li class="record contact">
      <h3>{title}</h3>
      <div class="contact__facts">
        {children}
        {problem && <Problem problem={problem} />}
      </div>
    </li>
  );
}

function Problem({ problem: { deliveryId, error, at, isOver } }: { readonly problem: ChannelProblem }) {
  const { contacts } = useVisit().words;
  return (
    <p class={isOver ? 'note' : 'trouble'}>
      {`${contacts.problem}, `}
      <Moment at={at} as="day" />
      {': '}
      <q lang="en">{error}</q>
      {isOver && ` ${contacts.problemSince}.`}{' '}
      <a href={`/notifications/deliveries/${deliveryId}`}>{contacts.problemMore}</a>
    </p>
  );
}

function TestButton({ channel }: { readonly channel: 'email' | 'telegram' | 'sms' }) {
  const { words } = useVisit();
  return (
    <Form action="/preferences/test" hidden={{ channel }}>
      <button
        class="quiet"
        type="submit"
        aria-label={words.contacts.testOf(words.notifications.channels[channel])}
      >
        {words.contacts.test}
      </button>
    </Form>
  );
}

function ForgetButton({ action, text }: { readonly action: string; readonly text: string }) {
  return (
    <Form action={action}>
      <button class="quiet" type="submit">
        {text}
      </button>
    </Form>
  );
}
