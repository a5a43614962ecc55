export const errors = {
  status: 'Kind of error',
  traceId: 'If you report it, name this id',
  home: 'To your overview',
  start: 'To the start page',
  retryAfter: (seconds: string) => `Try again in ${seconds} s.`,
  kinds: {
    foreignForm: {
      title: 'This form did not come from an open page of ours',
      text: 'Nothing was done. The page may have been open for too long, or another site tried to send something in your name. Open the page again and send the form from there.',
    },
    forbidden: {
      title: 'This page is not for you',
      text: 'You are signed in with a role that does not see it. Nothing was done.',
    },
    notFound: {
      title: 'There is no such page',
      text: 'The address may have a typing mistake, or what it names is not yours to see.',
    },
    conflict: {
      title: 'It was changed in the meantime',
      text: 'Nothing was done. Open the page again, look at how things are now, and repeat what you wanted.',
    },
    tooMany: {
      title: 'Too many requests',
      text: 'Nothing was done. Wait a little, then go on.',
    },
    unreadable: {
      title: 'We could not read this request',
      text: 'Nothing was done. Go back, open the page again, and repeat what you wanted.',
    },
    broken: {
      title: 'Something went wrong on our side',
      text: 'It is written down, and nothing was done. Open the page again.',
    },
    unavailable: {
      title: 'We cannot take this for the moment',
      text: 'Nothing was accepted and no money moved. Try again soon.',
    },
    noRates: {
      title: 'There are no current rates',
      text: 'We never quote an old rate. Nothing was done; try again soon.',
    },
    late: {
      title: 'We have no answer yet',
      text: 'A part of the bank is slow or away. Your money is where it was. Open the page again in a moment.',
    },
    unknownOutcome: {
      title: 'We do not know yet whether this arrived',
      text: "Don't send it again. Look at your overview first: if it arrived, it shows there.",
    },
  },
};
