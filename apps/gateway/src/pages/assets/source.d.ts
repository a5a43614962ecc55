/** A file of this folder as its text; see `rspack.config.js` and `jest.config.mjs`. */
declare module '*?source' {
  const text: string;
  export default text;
}
