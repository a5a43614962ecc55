const DOTS = '•••';

/** `a•••@example.com` */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? DOTS : `${[...email][0]}${DOTS}${email.slice(at)}`;
}

/** `+7•••89` */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 2)}${DOTS}${phone.slice(-2)}`;
}

/** Without what comes after the path: that's where people put secrets. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return DOTS;
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
