import { createReadStream, existsSync, mkdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import puppeteer, { type Page } from 'puppeteer-core'
import { allowCapture, launchOptions } from './browsers.mjs'
import { build } from './build.ts'
import { root } from './project.ts'

/*
 * Takes a picture of the phone in every state, light and dark, at every width, into screenshots/: look at each before
 * calling a change done. `npm run screenshots -- idle incoming` takes those alone.
 */

const widths = [240, 320, 760]
const schemes = ['light', 'dark'] as const
const folder = path.join(root, 'screenshots')
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css' }

const stage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Stage</title>
<style>html{color-scheme:light dark}body{margin:0;padding:24px;background:light-dark(#eef0f3,#0b0c0f);font-family:system-ui,sans-serif}
#box{inline-size:320px}#box>att-phone{inline-size:100%}</style>
<div id="box"></div><script type="module">import * as att from '/cdn/att-phone.js'; window.att = att</script></html>`

/** Serves the stage and the bundles. */
function serve(): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const file = path.join(root, 'dist', path.normalize(new URL(url, 'http://stage').pathname))
    const type = types[path.extname(file)]
    if (url === '/') response.setHeader('content-type', 'text/html').end(stage)
    else if (type && existsSync(file)) createReadStream(file).pipe(response.setHeader('content-type', type))
    // A gateway that takes its time: for the state of signing in.
    else if (!url.startsWith('/slow')) response.writeHead(404).end()
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** The steps of the person and of the other person, as the page runs them; each resolves when the state is reached. */
const play = `
const box = document.querySelector('#box')
const until = async (test) => { while (!test()) await new Promise((resolve) => setTimeout(resolve, 20)) }
const phone = () => box.firstElementChild.phone
const state = (...names) => until(() => names.includes(box.firstElementChild.getAttribute('state')))
const inside = (selector) => box.firstElementChild.shadowRoot.querySelector(selector)
const mount = async (attributes = '') => { box.innerHTML = '<att-phone ' + attributes + '></att-phone>' }
const ready = async (attributes) => { await mount(attributes); await state('ready') }
const person = async (userId, displayName) => {
  const other = new att.Phone()
  await other.login({ userId, displayName })
  return other
}
const number = () => phone().snapshot.session.userId
const call = async (mediaType, name = 'Bob Kimura', id = 'bob') => {
  const other = await person(id, name)
  await other.dial({ destination: number(), mediaType })
  return other
}
const talk = async (mediaType, name, id) => {
  const other = await call(mediaType, name, id)
  await state('incoming')
  await phone().answer({ mediaType })
  await state('connected')
  if (mediaType === 'video') await new Promise((resolve) => setTimeout(resolve, 1200))
  return other
}
const type = async (text) => { for (const key of text) inside('att-dialpad').press(key); await new Promise((resolve) => setTimeout(resolve, 500)) }
`

const scenes: Readonly<Record<string, string>> = {
  idle: `await ready('user-id=4711')`,
  typed: `await ready('user-id=4711'); await type('18005550199')`,
  'signed-out': `await mount('manual')`,
  'no-credentials': `await mount('server=https://phone.example')`,
  'signing-in': `await mount('user-id=alice@example.com server=' + location.origin + '/slow'); box.firstElementChild.credentials = () => ({ token: 't' }); await state('signing-in')`,
  ringing: `await ready('user-id=4711'); phone().dial({ destination: 'noanswer', mediaType: 'audio' }); await state('ringing')`,
  'incoming-audio': `await ready('user-id=4711'); await call('audio'); await state('incoming')`,
  'incoming-video': `await ready('user-id=4711'); await call('video'); await state('incoming')`,
  'incoming-long': `await ready('user-id=4711'); await call('video', 'Wolfeschlegelsteinhausenbergerdorff Maria-Antonia de la Cruz y Fernández', 'a.very.long.name.of.somebody'); await state('incoming')`,
  connected: `await ready('user-id=4711'); await talk('audio')`,
  muted: `await ready('user-id=4711'); await talk('audio'); await phone().mute()`,
  held: `await ready('user-id=4711'); await talk('audio'); await phone().hold()`,
  'held-by-remote': `await ready('user-id=4711'); const bob = await talk('audio'); await until(() => bob.snapshot.calls[0].connectedAt); await bob.hold(); await state('held')`,
  keypad: `await ready('user-id=4711'); await talk('audio'); inside('.keypad').click(); await type('1#')`,
  video: `await ready('user-id=4711'); await talk('video')`,
  'camera-off': `await ready('user-id=4711'); await talk('video'); await phone().setCamera(false)`,
  'second-call': `await ready('user-id=4711'); await talk('audio'); await call('audio', 'Carol Díaz', 'carol'); await state('incoming')`,
  ended: `await ready('user-id=4711'); const bob = await talk('audio'); await bob.hangup(); await state('ready')`,
  busy: `await ready('user-id=4711'); await phone().dial({ destination: 'busy', mediaType: 'audio' }).catch(() => {}); await state('ready')`,
  'microphone-blocked': `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); await ready('user-id=4711'); await phone().dial({ destination: 'echo', mediaType: 'audio' }).catch(() => {}); await state('ready')`,
  unknown: `await ready('user-id=4711'); await phone().dial({ destination: 'nobody@nowhere.example', mediaType: 'audio' }).catch(() => {}); await state('ready')`,
  offline: `await ready('user-id=4711'); Object.defineProperty(navigator, 'onLine', { get: () => false }); dispatchEvent(new Event('offline'))`,
  rtl: `box.dir = 'rtl'; await ready('user-id=4711'); await talk('audio', 'يوسف الحداد', 'yusuf')`,
}

async function shoot(page: Page, scene: string): Promise<void> {
  for (const width of widths) {
    await page.setViewport({ width: width + 48, height: 700 })
    await page.evaluate(`document.querySelector('#box').style.setProperty('inline-size', '${width}px')`)
    for (const scheme of schemes) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await page.screenshot({ path: path.join(folder, `${scene}-${width}-${scheme}.png`), fullPage: true })
    }
  }
}

const wanted = process.argv.slice(2)
await build(['cdn'])
mkdirSync(folder, { recursive: true })
const server = await serve()
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const browser = await puppeteer.launch(launchOptions('chromium'))
for (const [scene, steps] of Object.entries(scenes)) {
  if (wanted.length > 0 && !wanted.includes(scene)) continue
  const context = await browser.createBrowserContext()
  await allowCapture(context, origin)
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`${scene}: ${String(error)}`))
  await page.goto(origin)
  await page.waitForFunction('window.att')
  try {
    await Promise.race([
      page.evaluate(`(async () => { ${play}; ${steps} })()`),
      new Promise((_, reject) => setTimeout(() => reject(new Error('took longer than 10 s')), 10_000)),
    ])
  } catch (error) {
    console.error(`${scene}: ${String(error)}`)
  }
  await shoot(page, scene)
  await context.close()
}
await browser.close()
server.close()
console.log(`Pictures are in ${path.relative(root, folder)}/`)
process.exit()
