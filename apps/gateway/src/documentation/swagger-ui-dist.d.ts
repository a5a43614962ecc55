/** The package ships no types, and its index would load the whole user interface into the server. */
declare module 'swagger-ui-dist/absolute-path.js' {
  /** The folder that holds the interface's files. */
  export default function absolutePath(): string;
}
