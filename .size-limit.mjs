import { readFileSync } from 'node:fs'

/** The files of a first load, as the build read them off the bundle's module graph. @param {string} name */
const firstLoad = (name) => JSON.parse(readFileSync(new URL(`dist/measured/${name}.json`, import.meta.url), 'utf8'))

export default [
  { name: 'att-phone.js with all it imports at once', path: firstLoad('cdn'), limit: '54 kB', gzip: true },
  {
    name: 'att-call-button.js with all it imports at once',
    path: firstLoad('call-button'),
    limit: '22 kB',
    gzip: true,
  },
  { name: 'att.js, the classic script', path: 'dist/cdn/att.js', limit: '61 kB', gzip: true },
  { name: 'what SIP adds', path: firstLoad('sip'), limit: '80 kB', gzip: true },
  { name: 'the engine with the gateway network alone', path: firstLoad('engine'), limit: '29 kB', gzip: true },
]
