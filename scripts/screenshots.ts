import { createReadStream, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { allowCapture, launchOptions } from './browsers.mjs'
import { build } from './build.ts'
import { root } from './project.ts'

/*
 * Takes a picture of the phone in every state, light and dark, at every width, and in forced colours, into
 * screenshots/: look at each before calling a change done. With `--large-text` once more, with text twice as large. `npm run screenshots -- idle incoming` takes those alone.
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
const two = async (mediaType) => {
  await talk(mediaType)
  const carol = await call(mediaType, 'Carol Díaz', 'carol')
  await state('incoming')
  await phone().answer({ mediaType })
  await until(() => phone().snapshot.calls.every(({ progress }) => progress === 'connected'))
  return carol
}
const loaded = (tag) => customElements.whenDefined(tag)
const panel = async (name) => { await until(() => inside('.control.' + name + ':not([aria-disabled])')); inside('.control.' + name).click() }
const fill = async (tags) => { await ready('user-id=4711'); await talk('audio'); await loaded('att-transfer'); box.firstElementChild.innerHTML = tags }
const transferTo = async (number) => { await panel('transfer'); await until(() => inside('att-transfer')); inside('att-transfer').value = number }
const ask = async () => { await inside('att-transfer').updateComplete; inside('att-transfer').shadowRoot.querySelector('[part=ask]').click() }
const tag = async (html) => { box.innerHTML = html; const element = box.querySelector(':not(:defined)') ?? box.firstElementChild; await loaded(element.localName); await element.updateComplete; return element }
const callButton = async (attributes) => { const button = await tag('<att-call-button ' + attributes + '>Call us</att-call-button>'); button.click(); return button }
const part = (element, name) => until(() => element.shadowRoot.querySelector('[part=' + name + ']')).then(() => element.shadowRoot.querySelector('[part=' + name + ']'))
const people = [{ name: 'Alice Müller', address: 'alice@example.com' }, { name: 'Bob Kimura', address: '+12125550143', label: 'Mobile' }, { name: 'Carol Díaz', address: '+442071838750', label: 'Office' }]
const field = async (text, attributes = '') => { const input = await tag('<form><att-contacts-field ' + attributes + '></att-contacts-field></form>'); input.contacts = people; input.value = text; await new Promise((resolve) => setTimeout(resolve, 400)); return input }
const past = (hours, name, direction, outcome, address = '+12125550143', mediaType = 'audio') => ({ id: String(hours), at: Date.now() - hours * 3600e3, name, direction, outcome, address, mediaType, duration: outcome === 'answered' ? 754e3 : 0 })
const history = async (...calls) => { localStorage.setItem('att.call-history:desk', JSON.stringify(calls)); await ready('user-id=4711'); const list = document.createElement('att-call-history'); list.keep = 'desk'; box.firstElementChild.append(list); await loaded('att-call-history'); return list }
const manyCalls = () => history(past(0.2, 'Bob Kimura', 'outgoing', 'answered'), past(1, '', 'incoming', 'missed'), past(20, 'Carol Díaz', 'incoming', 'declined'), past(26, 'Alice Müller', 'incoming', 'answered', 'alice@example.com', 'video'), past(90, 'Wolfeschlegelsteinhausenbergerdorff Maria-Antonia', 'outgoing', 'unanswered'))
const picker = async (attributes = '') => { await ready('user-id=4711'); box.firstElementChild.innerHTML = '<att-device-picker ' + attributes + '></att-device-picker>'; const element = box.querySelector('att-device-picker'); await loaded('att-device-picker'); await until(() => phone().snapshot.devices.setup); await element.updateComplete; return element }
const tryAll = async (element) => { for (const button of element.shadowRoot.querySelectorAll('[part=microphone] [part=test], [part=camera] [part=test]')) button.click(); await until(() => element.shadowRoot.querySelector('video')?.videoWidth && element.shadowRoot.querySelector('.level .on')) }
const measured = async (quality, open = '') => { await ready('user-id=4711'); await talk('audio'); const side = { loss: 0.002, jitter: 4, mos: 4.36, codec: 'opus', silence: null }; phone().watchQuality = async (listener) => listener({ index: 1, roundTrip: 24, rating: 'good', ...quality, sent: { ...side, ...quality.sent }, received: { ...side, ...quality.received } }); box.firstElementChild.innerHTML = '<att-quality ' + open + '></att-quality>'; await loaded('att-quality'); await until(() => box.querySelector('att-quality').shadowRoot.querySelector('[part=label]')) }
const screens = async (mediaType) => { await ready('user-id=4711'); await talk(mediaType); box.firstElementChild.innerHTML = '<att-screen-share-button></att-screen-share-button>'; await loaded('att-screen-share-button') }
const view = async (name) => { await until(() => inside('.tab.' + name)); inside('.tab.' + name).click(); await until(() => inside('.tab.' + name + '[aria-current]')) }
const recents = async () => { await ready('user-id=4711'); box.firstElementChild.contacts = people; await until(() => inside('.tab')); const bob = await talk('audio'); await bob.hangup(); await state('ready'); const carol = await call('audio', 'Carol Díaz', 'carol'); await state('incoming'); await carol.cancel(); await state('ready'); await phone().dial({ destination: 'busy', mediaType: 'audio' }).catch(() => {}); await state('ready') }
const type = async (text) => { for (const key of text) inside('att-dialpad').press(key); await new Promise((resolve) => setTimeout(resolve, 500)) }
`

const scenes: Readonly<Record<string, string>> = {
  idle: `await ready('user-id=4711')`,
  compact: `await ready('user-id=4711 density=compact'); box.firstElementChild.contacts = people; await type('18005550199')`,
  'compact-connected': `await ready('user-id=4711 density=compact'); await talk('audio')`,
  typed: `await ready('user-id=4711'); await type('18005550199')`,
  recents: `await recents(); await view('recents')`,
  'recents-missed': `await recents(); await until(() => inside('.count'))`,
  contacts: `await ready('user-id=4711'); box.firstElementChild.contacts = people; await view('contacts')`,
  'contacts-nobody': `await ready('user-id=4711'); box.firstElementChild.contacts = people; await view('contacts'); const search = inside('[part=search]'); search.value = 'zz'; search.dispatchEvent(new Event('input'))`,
  settings: `await ready('user-id=4711'); await view('settings'); await until(() => phone().snapshot.devices.setup)`,
  'settings-de': `box.lang = 'de'; await ready('user-id=4711'); box.firstElementChild.contacts = people; await view('settings'); await until(() => phone().snapshot.devices.setup)`,
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
  sound: `await ready('user-id=4711'); await talk('audio'); await panel('sound'); await loaded('att-device-picker'); await until(() => inside('att-quality')?.shadowRoot?.querySelector('[part=details]'))`,
  'sound-ringing': `await ready('user-id=4711'); phone().dial({ destination: 'noanswer', mediaType: 'audio' }); await state('ringing'); await panel('sound'); await loaded('att-device-picker')`,
  keypad: `await ready('user-id=4711'); await talk('audio'); inside('.keypad').click(); await type('1#')`,
  video: `await ready('user-id=4711'); await talk('video')`,
  'camera-off': `await ready('user-id=4711'); await talk('video'); await phone().setCamera(false)`,
  'video-asked': `await ready('user-id=4711'); const bob = await talk('audio'); void bob.upgrade(); await until(() => phone().snapshot.calls[0].asked)`,
  'video-refused': `await ready('user-id=4711'); const bob = await talk('audio'); void phone().upgrade(); await until(() => bob.snapshot.calls[0].asked); await bob.rejectModification(); await until(() => phone().snapshot.calls[0].refused)`,
  'hand-over-asked': `await ready('user-id=4711'); const bob = await person('bob', 'Bob Kimura'); const carol = await person('carol', 'Carol Díaz'); await bob.startConference({ mediaType: 'audio' }); await until(() => bob.snapshot.conference?.role === 'host' && bob.snapshot.calls[0].progress === 'connected'); await bob.addParticipant(number()); await state('incoming'); await phone().joinConference({ mediaType: 'audio' }); await bob.addParticipant('carol'); await until(() => carol.snapshot.calls[0]); await carol.joinConference({ mediaType: 'audio' }); await until(() => bob.snapshot.conference.participants.every(({ state }) => state === 'joined')); void bob.handOverConference(number()).catch(() => {}); await until(() => phone().snapshot.calls[0].handOverAsked)`,
  'second-call': `await ready('user-id=4711'); await talk('audio'); await call('audio', 'Carol Díaz', 'carol'); await state('incoming')`,
  'second-video-call': `await ready('user-id=4711'); await talk('video'); await loaded('att-incoming-call'); await call('video', 'Carol Díaz', 'carol'); await state('incoming')`,
  'two-calls': `await ready('user-id=4711'); await two('audio')`,
  'two-video-calls': `await ready('user-id=4711'); await two('video'); await new Promise((resolve) => setTimeout(resolve, 1200))`,
  'video-more': `await ready('user-id=4711'); await talk('video'); await panel('more')`,
  add: `await ready('user-id=4711'); await talk('audio'); await panel('add'); await type('18005550199')`,
  'adding-call': `await ready('user-id=4711'); await talk('audio'); await phone().addCall({ destination: 'noanswer', mediaType: 'audio' }); await state('ringing')`,
  transfer: `await ready('user-id=4711'); await talk('audio'); await transferTo('18005550199')`,
  'transfer-asking': `await ready('user-id=4711'); await talk('audio'); await transferTo('noanswer'); await ask(); await state('ringing')`,
  'transfer-join': `await ready('user-id=4711'); await talk('audio'); await transferTo('echo'); await ask(); await until(() => phone().snapshot.calls[1]?.connectedAt)`,
  'transfer-busy': `await ready('user-id=4711'); await talk('audio'); await transferTo('busy'); await ask(); await until(() => phone().snapshot.lastCall)`,
  'transfer-unknown': `await ready('user-id=4711'); await talk('audio'); await transferTo('nobody@nowhere.example'); await ask(); await until(() => phone().snapshot.error)`,
  'call-list-alone': `await ready('user-id=4711'); await two('audio'); await loaded('att-call-list'); box.firstElementChild.innerHTML = '<att-call-list></att-call-list>'`,
  'incoming-call-alone': `await fill('<att-incoming-call></att-incoming-call>'); await call('video', 'Carol Díaz', '+18005550199'); await state('incoming')`,
  'transfer-alone': `await fill('<att-transfer></att-transfer>')`,
  conference: `await ready('user-id=4711'); await two('audio'); await phone().merge(); await until(() => phone().snapshot.conference?.participants.every(({ state }) => state === 'joined')); await loaded('att-conference-panel')`,
  'conference-hand-over': `await ready('user-id=4711'); await two('audio'); await phone().merge(); await until(() => phone().snapshot.conference?.participants.every(({ state }) => state === 'joined')); await loaded('att-conference-panel'); await until(() => inside('att-conference-panel')?.shadowRoot?.querySelector('[part=hand-over]')); inside('att-conference-panel').shadowRoot.querySelector('[part=hand-over]').click()`,
  'video-conference': `await ready('user-id=4711'); await two('video'); await phone().merge(); await until(() => phone().snapshot.conference?.participants.every(({ state }) => state === 'joined')); await loaded('att-conference-panel'); await new Promise((resolve) => setTimeout(resolve, 1500))`,
  'video-conference-people': `await ready('user-id=4711'); await two('video'); await phone().merge(); await until(() => phone().snapshot.conference?.participants.every(({ state }) => state === 'joined')); await loaded('att-conference-panel'); await panel('more'); await panel('add')`,
  ended: `await ready('user-id=4711'); const bob = await talk('audio'); await bob.hangup(); await state('ready')`,
  busy: `await ready('user-id=4711'); await phone().dial({ destination: 'busy', mediaType: 'audio' }).catch(() => {}); await state('ready')`,
  'microphone-blocked': `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); await ready('user-id=4711'); await phone().dial({ destination: 'echo', mediaType: 'audio' }).catch(() => {}); await state('ready')`,
  'call-button': `await tag('<att-call-button to=echo>Call us</att-call-button>')`,
  'call-button-link': `delete globalThis.RTCPeerConnection; await tag('<att-call-button to="+18005550199">Call us</att-call-button>')`,
  'call-button-unavailable': `await tag('<att-call-button>Call us</att-call-button>')`,
  'call-button-signing-in': `const button = await tag('<att-call-button to=+18005550199 server=' + location.origin + '/slow>Call us</att-call-button>'); button.credentials = () => ({ token: 't' }); button.click(); await state('signing-in')`,
  'call-button-ringing': `await callButton('to=noanswer'); await state('ringing')`,
  'call-button-connected': `await callButton('to=echo'); await state('connected')`,
  'call-button-muted': `const button = await callButton('to=echo'); await state('connected'); await button.phone.mute()`,
  'call-button-keypad': `const button = await callButton('to=echo'); await state('connected'); (await part(button, 'keypad-button')).click(); await until(() => button.shadowRoot.querySelector('att-dialpad'))`,
  'call-button-video': `await callButton('to=echo media-type=video'); await state('connected'); await new Promise((resolve) => setTimeout(resolve, 1200))`,
  'call-button-over': `const button = await callButton('to=echo'); await state('connected'); await button.phone.hangup(); await part(button, 'again')`,
  'call-button-refused': `const button = await callButton('to=+18005550199 guest=/none'); await part(button, 'notice')`,
  'call-button-rtl': `box.dir = 'rtl'; box.lang = 'ar'; await callButton('to=echo'); await state('connected')`,
  'history-empty': `await history()`,
  history: `await manyCalls()`,
  'history-question': `const list = await manyCalls(); (await part(list, 'clear')).click()`,
  'history-rtl': `box.dir = 'rtl'; box.lang = 'ar'; await manyCalls()`,
  'contacts-field': `await field('')`,
  'contacts-field-number': `await field('+442071838751')`,
  'contacts-field-chosen': `await field('+12125550143')`,
  'contacts-field-list': `const input = await field(''); input.focus(); input.shadowRoot.querySelector('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))`,
  'contacts-field-wrong': `const input = await field('555-1234'); input.reportValidity(); input.blur()`,
  'contacts-field-disabled': `await field('911', 'disabled')`,
  pip: `await ready('user-id=4711'); await talk('audio'); box.firstElementChild.innerHTML = '<att-pip-button></att-pip-button>'; await loaded('att-pip-button')`,
  shortcuts: `await ready('user-id=4711'); inside('.phone').focus(); await new Promise((resolve) => setTimeout(resolve, 300)); inside('.phone').dispatchEvent(new KeyboardEvent('keydown', { key: '?', shiftKey: true, bubbles: true, composed: true })); await until(() => inside('dialog'))`,
  devices: `await picker()`,
  'devices-tried': `await tryAll(await picker())`,
  'devices-in-muted-call': `const element = await picker(); await talk('video'); await phone().mute(); await until(() => element.shadowRoot.querySelector('.level .on'))`,
  'devices-gone': `await picker(); await phone().chooseDevices({ microphone: 'of another day', camera: 'of another day' })`,
  'devices-blocked': `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); const element = await picker(); element.shadowRoot.querySelector('[part=microphone] [part=test]').click(); await until(() => element.shadowRoot.querySelector('[part=trouble]'))`,
  'devices-without-output-choice': `delete HTMLMediaElement.prototype.setSinkId; await picker()`,
  'devices-rtl': `box.dir = 'rtl'; box.lang = 'ar'; await tryAll(await picker())`,
  quality: `await measured({})`,
  'quality-open': `await measured({}, 'open')`,
  'quality-bad': `await measured({ rating: 'bad', roundTrip: 480, received: { loss: 0.21, jitter: 88, mos: 1.9 } }, 'open')`,
  'quality-silent': `await measured({ received: { loss: null, mos: null, silence: 'nothing-received' }, sent: { mos: null, silence: 'muted' } }, 'open')`,
  'quality-rtl': `box.dir = 'rtl'; box.lang = 'ar'; await measured({}, 'open')`,
  'screen-share': `await screens('video')`,
  'screen-shared': `const canvas = document.createElement('canvas'); canvas.getContext('2d'); navigator.mediaDevices.getDisplayMedia = async () => canvas.captureStream(5); await screens('video'); await phone().shareScreen(true)`,
  'screen-share-unavailable': `navigator.mediaDevices.getDisplayMedia = undefined; await screens('video')`,
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
  await shootForcedColors(page, scene)
}

/** As people see it who chose the colours of their system for every page. */
async function shootForcedColors(page: Page, scene: string): Promise<void> {
  const session = await page.createCDPSession()
  const features = [
    { name: 'prefers-color-scheme', value: 'light' },
    { name: 'forced-colors', value: 'active' },
  ]
  await session.send('Emulation.setEmulatedMedia', { features })
  await page.screenshot({ path: path.join(folder, `${scene}-760-forced-colors.png`), fullPage: true })
  await session.detach()
}

/** A browser that was told to write twice as large (WCAG 2.2, 1.4.4). */
function launchWithLargeText(): Promise<Browser> {
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'att-phone-large-text-'))
  mkdirSync(path.join(userDataDir, 'Default'))
  const preferences = { webkit: { webprefs: { default_font_size: 32 } } }
  writeFileSync(path.join(userDataDir, 'Default/Preferences'), JSON.stringify(preferences))
  return puppeteer.launch({ ...launchOptions('chromium'), userDataDir })
}

async function shootLargeText(page: Page, scene: string): Promise<void> {
  await page.setViewport({ width: 320 + 48, height: 700 })
  await page.screenshot({ path: path.join(folder, `${scene}-320-large-text.png`), fullPage: true })
}

/** Brings a page of its own into the state. */
async function perform(browser: Browser, scene: string, steps: string): Promise<Page> {
  // Preferences are those of the browser's own context.
  const context = largeText ? browser.defaultBrowserContext() : await browser.createBrowserContext()
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
  return page
}

const largeText = process.argv.includes('--large-text')
const wanted = process.argv.slice(2).filter((argument) => argument !== '--large-text')
await build(['cdn'])
mkdirSync(folder, { recursive: true })
const server = await serve()
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const browser = await (largeText ? launchWithLargeText() : puppeteer.launch(launchOptions('chromium')))
for (const [scene, steps] of Object.entries(scenes)) {
  if (wanted.length > 0 && !wanted.includes(scene)) continue
  const page = await perform(browser, scene, steps)
  await (largeText ? shootLargeText : shoot)(page, scene)
  await page.close()
  if (!largeText) await page.browserContext().close()
}
await browser.close()
server.close()
console.log(`Pictures are in ${path.relative(root, folder)}/`)
process.exit()
