/*
 * What `<script src="att.js">` loads: the namespace ATT of the original SDK over the same phone that the tags show. A
 * classic script: it defines ATT before the next script runs, and brings no tag until it is asked to.
 */
import { installAtt } from '../../src/att/att.ts'

function registerTags(): Promise<void> {
  const registered = import('./att-phone.ts').then(({ allDefined }) => allDefined())
  // An old page waits for no promise; the browser tells of a file it could not load.
  registered.catch(() => {})
  return registered
}

installAtt(globalThis, registerTags)
