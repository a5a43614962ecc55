const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for attribute values in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** A page of the bank's, as a link in a message. */
export function linkOf(publicUrl: string, path: string | null): string | null {
  return path === null ? null : publicUrl.replace(/\/+$/, '') + path;
}
