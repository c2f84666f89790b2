import { after, before } from 'node:test'
import type { BrowserWindow } from '../e2e/harness.ts'
import type { SipOptions } from '../../src/signaling/sip/sip-options.ts'
import type { ConnectionSettings } from '../../src/media/connection-settings.ts'
import type { Identity } from '../../src/signaling/signaling.ts'
import { Coturn } from './harness/coturn.ts'
import { Kamailio, type KamailioOptions } from './harness/kamailio.ts'
import { startPageServer, type PageServer } from './harness/page-server.ts'
import { Rtpengine } from './harness/rtpengine.ts'
import { requirePrograms } from './harness/requirements.ts'
import type {} from './page/softphone.ts'

/** A thing that a group's `before` makes, its tests use, and its `after` stops. */
export function lent<T extends { stop(): Promise<void> }>(make: () => Promise<T>, what: string): () => T {
  let thing: T | undefined
  before(async () => {
    requirePrograms()
    thing = await make()
  })
  after(async () => {
    await thing?.stop()
  })
  return () => {
    if (!thing) throw new Error(`${what} is there while tests run, not before`)
    return thing
  }
}

/** The pages, for all tests of this group. */
export const usePages = (...pages: readonly string[]): (() => PageServer) =>
  lent(() => startPageServer(pages), 'The page server')

/** A registrar and proxy, for all tests of this group. */
export const useKamailio = (options: KamailioOptions = {}): (() => Kamailio) =>
  lent(() => Kamailio.start(options), 'Kamailio')

/** A TURN server, for all tests of this group. */
export const useCoturn = (): (() => Coturn) => lent(() => Coturn.start(), 'coturn')

/** A media relay and a registrar that uses it, for all tests of this group. */
export function useKamailioWithRelay(options: KamailioOptions = {}): () => Kamailio & { readonly relay: Rtpengine } {
  return lent(async () => {
    const relay = await Rtpengine.start()
    const started = await Kamailio.start({ ...options, rtpenginePort: relay.port }).catch(async (error: unknown) => {
      await relay.stop()
      throw error
    })
    const kamailio = Object.assign(started, { relay })
    const stop = kamailio.stop.bind(kamailio)
    kamailio.stop = async () => {
      await stop()
      await relay.stop()
    }
    return kamailio
  }, 'Kamailio')
}

/** What a user of the test registrar signs in with. */
export const user = (name: string): Identity => ({ userId: `${name}@127.0.0.1`, password: 'secret' })

export interface PersonOptions {
  readonly sip?: Partial<SipOptions>
  readonly settings?: Partial<ConnectionSettings>
  readonly e911Id?: string
}

/** Signs a page in as `name`. */
export async function signIn(
  window: BrowserWindow,
  kamailio: Kamailio,
  name: string,
  options: PersonOptions = {},
): Promise<void> {
  await window.evaluate(
    (identity, sip, settings) => softphone.signIn(identity, sip, settings),
    { ...user(name), e911Id: options.e911Id },
    { servers: kamailio.url, allowTransfers: true, ...options.sip },
    options.settings ?? {},
  )
}

/** Resolves when the last call of a page has heard of `name`, `count` times; with what it heard last. */
export async function hears(window: BrowserWindow, name: string, count = 1): Promise<unknown> {
  const { payload } = await window.until(
    `${name} is heard of the call`,
    (wanted, times) => softphone.lines.at(-1)?.heard.filter((heard) => heard.name === wanted)[times - 1],
    name,
    count,
  )
  return payload
}

/** Resolves when a page has a call that came in. */
export async function rings(
  window: BrowserWindow,
  count = 1,
): Promise<{ readonly address: string; readonly mediaType: string; readonly displayName?: string }> {
  const { payload } = await window.until(
    'a call comes in',
    (times) => softphone.heard.filter(({ name }) => name === 'incoming')[times - 1],
    count,
  )
  return payload as { address: string; mediaType: string }
}

/** The names of all that was heard of the last call, in order. */
export const heardNames = (window: BrowserWindow): Promise<readonly string[]> =>
  window.evaluate(() => softphone.line().heard.map(({ name }) => name))

/** Resolves when sound arrives at a page now: with energy in it, beyond what had come before. */
export async function hearsSound(window: BrowserWindow): Promise<void> {
  const before = await window.evaluate(() => softphone.statistics())
  await window.until(
    'sound arrives',
    async (energy) => {
      const statistics = await softphone.statistics()
      return statistics !== null && statistics.audio.received.energy > energy + 0.001
    },
    before?.audio.received.energy ?? 0,
  )
}

/** Resolves when pictures arrive at a page now. */
export async function seesPicture(window: BrowserWindow): Promise<void> {
  const before = await window.evaluate(() => softphone.statistics())
  await window.until(
    'pictures arrive',
    async (frames) => {
      const statistics = await softphone.statistics()
      return statistics !== null && statistics.video.received.frames > frames + 5
    },
    before?.video.received.frames ?? 0,
  )
}

/** Resolves when no sound arrives at a page any more: a second goes by without energy in what it receives. */
export async function hearsSilence(window: BrowserWindow): Promise<void> {
  await window.until('it becomes silent', async () => {
    const energy = async (): Promise<number> => (await softphone.statistics())?.audio.received.energy ?? 0
    const before = await energy()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    return (await energy()) - before < 0.0001
  })
}
