import { openRoom } from '../../test/interop/page/conference-room.ts'

/** What all the attendees of a page received so far. */
export interface Received {
  /** Samples of sound. */
  readonly samples: number
  /** Samples that were made up because they did not come in time. */
  readonly concealed: number
}

/** Accepts the invitation; resolves to the time until the first of these tones is heard, in ms. */
async function joinAndHear(name: string, tones: readonly number[]): Promise<number> {
  const attendee = openRoom.get(name)
  const began = performance.now()
  await attendee.join()
  while (attendee.hears(tones).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  return performance.now() - began
}

async function received(names: readonly string[]): Promise<Received> {
  const total = { samples: 0, concealed: 0 }
  for (const name of names) {
    const { connection } = openRoom.get(name).leg
    const report = (await connection?.getStats()) ?? new Map<string, unknown>()
    report.forEach((entry: unknown) => {
      const stats = entry as RTCInboundRtpStreamStats
      if (stats.type !== 'inbound-rtp') return
      total.samples += stats.totalSamplesReceived ?? 0
      total.concealed += stats.concealedSamples ?? 0
    })
  }
  return total
}

/** How long each listens, and how often, in ms: one who has too little time for all hears now these, now those. */
const listening = { time: 3000, interval: 100 } as const

/** How many of these attendees each hears, in all. */
async function pairsHeard(tones: Readonly<Record<string, number>>): Promise<number> {
  const pairs = new Set<string>()
  const end = performance.now() + listening.time
  while (performance.now() < end) {
    for (const [name, own] of Object.entries(tones)) {
      const others = Object.values(tones).filter((tone) => tone !== own)
      for (const tone of openRoom.get(name).hears(others)) pairs.add(`${name} ${tone}`)
    }
    await new Promise((resolve) => setTimeout(resolve, listening.interval))
  }
  return pairs.size
}

const functions = { joinAndHear, received, pairsHeard }

declare global {
  var room: { readonly [Name in keyof typeof functions]: (typeof functions)[Name] }
}

globalThis.room = functions
