import { LANGUAGES, type Language } from '@kopeck/contracts';
import { Form } from '../components/form.js';
import { useVisit } from '../rendering/visit-context.js';
import { THEMES } from '../visits/visit.js';

/** Each in its own words, for who reads no other. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', ru: 'Русский' };

/** Language and colours, for everybody and everywhere. */
export function Footer() {
  const { words, language, theme } = useVisit();
  return (
    <footer class="foot">
      <Form action="/appearance" class="foot__choices">
        <fieldset>
          <legend>{words.layout.language}</legend>
          {LANGUAGES.map((name) => (
            <button key={name} name="language" value={name} lang={name} aria-pressed={name === language}>
              {NAMES[name]}
            </button>
          ))}
        </fieldset>
        <fieldset>
          <legend>{words.layout.theme}</legend>
          {THEMES.map((name) => (
            <button key={name} name="theme" value={name} aria-pressed={name === theme}>
              {words.layout.themes[name]}
            </button>
          ))}
        </fieldset>
      </Form>
      <p>
        <a href="/docs">{words.layout.apiDocuments}</a>
      </p>
    </footer>
  );
}
