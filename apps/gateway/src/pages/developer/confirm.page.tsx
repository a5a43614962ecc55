import { Form } from '../components/form.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';

export interface ConfirmPageProps {
  readonly title: string;
  /** What it is about, such as an address. */
  readonly subject: string;
  /** What will be, and what can't be undone. */
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly action: string;
  readonly hidden?: Readonly<Record<string, string>>;
  /** The page to go back to. */
  readonly page: string;
}

/** Asked once more before what can't be undone. */
export function ConfirmPage({ title, subject, text, yes, no, action, hidden, page }: ConfirmPageProps) {
  const { one } = useVisit().words.developer;
  return (
    <Shell title={title} back={{ href: page, text: one.title }}>
      <p class="id">{subject}</p>
      <p>{text}</p>
      <Form action={action} class="actions" hidden={hidden}>
        <button class="button" type="submit">
          {yes}
        </button>
        <a href={page}>{no}</a>
      </Form>
    </Shell>
  );
}
