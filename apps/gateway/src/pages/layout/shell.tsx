import type { ComponentChildren } from 'preact';
import { assetAddress } from '../assets/asset-files.js';
import { useVisit } from '../rendering/visit-context.js';
import { Footer } from './footer.js';
import { Navigation } from './navigation.js';

export interface ShellProps {
  /** Of the page: its heading, and the first part of the window's title. */
  readonly title: string;
  /** Over the heading: the way back, as one link. */
  readonly back?: { readonly href: string; readonly text: string };
  /** Seconds after which a browser without JavaScript looks again. */
  readonly refreshSeconds?: number;
  /** Says that something is wrong with the form, in the window's title too. */
  readonly hasErrors?: boolean;
  /** Live updates put all of it anew, and say its title: for pages about one thing that changes. */
  readonly isRegion?: boolean;
  /** The heading stands in the content itself, such as beside an amount. */
  readonly hidesHeading?: boolean;
  readonly children: ComponentChildren;
}

/** What is around every page: language, stylesheet, navigation, what happened just before, footer. */
export function Shell(props: ShellProps) {
  const { language, theme, words, flash, session } = useVisit();
  const { title, refreshSeconds, hasErrors = false } = props;
  return (
    <html lang={language} data-theme={theme} data-live={session ? '/stream' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'auto' ? 'light dark' : theme} />
        <title>{`${hasErrors ? `${words.form.errorInTitle} ` : ''}${title} – ${words.layout.bank}`}</title>
        <link
          rel="preload"
          href={assetAddress('inter-latin.woff2')}
          as="font"
          type="font/woff2"
          crossOrigin="anonymous"
        />
        <link rel="stylesheet" href={assetAddress('kopeck.css')} />
        <link rel="icon" type="image/svg+xml" href={assetAddress('icon.svg')} />
        {refreshSeconds !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        )}
        <script type="module" src={assetAddress('live.js')}></script>
      </head>
      <body>
        <a class="skip" href="#main">
          {words.layout.skip}
        </a>
        <Navigation />
        <main id="main" tabIndex={-1}>
          <div class="live" role="status" data-live-status />
          {flash && (
            <p class="flash" role="status">
              {words.flash[flash]}
            </p>
          )}
          <Content {...props} />
        </main>
        <Footer />
      </body>
    </html>
  );
}

function Content({ title, back, hidesHeading = false, isRegion = false, children }: ShellProps) {
  return (
    <div class="content" data-region={isRegion ? 'page' : undefined} data-said={isRegion ? title : undefined}>
      {back && (
        <a class="back" href={back.href}>
          {back.text}
        </a>
      )}
      <h1 class={hidesHeading ? 'unseen' : undefined}>{title}</h1>
      {children}
    </div>
  );
}
