/**
 * Jest's environment of all suites: the process itself, where Jest's own gives each suite a context of its own. So installed
 * packages are loaded once for all suites (`installed-package.mjs`), and `instanceof` means what it means in the services. Our own
 * modules are loaded for each suite as ever; what else a suite changes is undone after it.
 */
import { createRequire } from 'node:module';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { LOADER } from './installed-package.mjs';

Reflect.set(globalThis, LOADER, createRequire(import.meta.url));

/** @typedef {ConstructorParameters<typeof ModernFakeTimers>[0]['config']} ProjectConfig */

export default class OneRealm {
  global = globalThis;
  fakeTimers = null;
  fakeTimersModern;
  moduleMocker = new ModuleMocker(globalThis);
  #undo = () => {};

  /** @param {{ projectConfig: ProjectConfig }} config */
  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {
    const undo = [keepGlobals(), keepEnvironment(), keepListeners()];
    this.#undo = () => undo.forEach((each) => each());
  }

  /**
   * Node says what nobody caught a turn later. Jest listens no longer by then where hooks fail at once, and the lane would end.
   *
   * @param {{ name: string }} event
   */
  async handleTestEvent({ name }) {
    if (name === 'run_finish') await new Promise((resolve) => setImmediate(resolve));
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    this.#undo();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Not a context to Node: `kept-code.mjs` leaves it out. */
  getVmContext() {
    return globalThis;
  }
}

/** Also Jest's own: it leaves its state there, and looks whether there is one. */
function keepGlobals() {
  const before = Object.getOwnPropertyDescriptors(globalThis);
  const { stackTraceLimit, prepareStackTrace } = Error;
  return () => {
    for (const key of Reflect.ownKeys(globalThis)) {
      if (!Object.hasOwn(before, key)) Reflect.deleteProperty(globalThis, key);
    }
    Object.defineProperties(globalThis, before);
    Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  };
}

function keepEnvironment() {
  const before = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
    Object.assign(process.env, before);
  };
}

function keepListeners() {
  const events = /** @type {NodeJS.EventEmitter} */ (process);
  const before = new Map(events.eventNames().map((name) => [name, events.rawListeners(name)]));
  return () => {
    for (const name of events.eventNames()) {
      const kept = before.get(name) ?? [];
      for (const listener of events.rawListeners(name)) {
        if (!kept.includes(listener)) events.off(name, /** @type {() => void} */ (listener));
      }
    }
  };
}
