/** For Jest: a file that is imported as its text, as the gateway's bundle has it (`?source`). */
export default {
  /** @param {string} text */
  process: (text) => ({ code: `export default ${JSON.stringify(text)};` }),
};
