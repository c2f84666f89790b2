import { openRoom } from '../../test/interop/page/conference-room.ts'

/** What flowed by the picture connections of all attendees of a page so far. */
export interface PictureFlow {
  readonly framesSent: number
  readonly framesReceived: number
  readonly bytesReceived: number
}

/** What each camera sees. */
const picture = { width: 320, height: 240, frameRate: 15, block: 16 } as const

/** A picture in which a third of all blocks is another one in each frame: nothing that can be coded for free. */
function livelyTrack(): MediaStreamTrack {
  const { width, height, frameRate, block } = picture
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
  const track = context?.canvas.captureStream(frameRate).getVideoTracks()[0]
  if (!context || !track) throw new Error('The browser paints nothing')
  const random = (below: number): number => Math.floor(Math.random() * below)
  const blocks = (width * height) / block ** 2 / 3
  setInterval(() => {
    for (let n = 0; n < blocks; n++) {
      context.fillStyle = `hsl(${random(360)} 40% 50%)`
      context.fillRect(random(width / block) * block, random(height / block) * block, block, block)
    }
  }, 1000 / frameRate)
  return track
}

async function signIn(server: string, name: string): Promise<void> {
  await openRoom.signIn(server, name, 440, livelyTrack())
}

const framesOf = async (name: string): Promise<PictureFlow> => {
  const flow = { framesSent: 0, framesReceived: 0, bytesReceived: 0 }
  for (const connection of openRoom.get(name).leg.pictureConnections ?? []) {
    const report = await connection.getStats()
    report.forEach((entry: unknown) => {
      const {
        type,
        framesSent = 0,
        framesDecoded = 0,
        bytesReceived = 0,
      } = entry as RTCOutboundRtpStreamStats & RTCInboundRtpStreamStats
      if (type === 'outbound-rtp') flow.framesSent += framesSent
      if (type !== 'inbound-rtp') return
      flow.framesReceived += framesDecoded
      flow.bytesReceived += bytesReceived
    })
  }
  return flow
}

/** Accepts the invitation; resolves to the time until the first picture is seen, in ms. */
async function joinAndSee(name: string): Promise<number> {
  const began = performance.now()
  await openRoom.get(name).join()
  while ((await framesOf(name)).framesReceived === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  return performance.now() - began
}

async function flow(names: readonly string[]): Promise<PictureFlow> {
  const all = await Promise.all(names.map(framesOf))
  const sum = (name: keyof PictureFlow): number => all.reduce((total, each) => total + each[name], 0)
  return {
    framesSent: sum('framesSent'),
    framesReceived: sum('framesReceived'),
    bytesReceived: sum('bytesReceived'),
  }
}

/** How many of the others each sees, in all. */
function pairsSeen(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (openRoom.get(name).leg.pictures?.length ?? 0), 0)
}

const functions = { signIn, joinAndSee, flow, pairsSeen }

declare global {
  var pictures: { readonly [Name in keyof typeof functions]: (typeof functions)[Name] }
}

globalThis.pictures = functions
