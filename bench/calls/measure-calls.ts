import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { startServer, TestBrowser, type BrowserName, type BrowserWindow } from '../../test/e2e/harness.ts'
import { paths, type CallFigures, type CallPath, type Timing } from './call-figures.ts'

/** Calls of each kind that count, after one that does not. */
const rounds = 15

declare global {
  /** Of the page: times one call. */
  function timeCall(
    path: 'bare' | 'local' | 'gateway',
    mediaType: 'audio' | 'video',
    iceServers: readonly RTCIceServer[],
  ): Promise<Timing>
}

export interface BrowserFigures {
  /** Name and version. */
  readonly browser: string
  readonly calls: readonly CallFigures[]
}

/** An UDP port of the loopback interface that nobody listens at. */
async function closedPort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

async function measure(window: BrowserWindow, deadServer: readonly RTCIceServer[]): Promise<readonly CallFigures[]> {
  const timings = new Map<string, Timing[]>()
  const kinds = (['audio', 'video'] as const).flatMap((mediaType) => paths.map((path) => ({ mediaType, path })))
  // One call of each kind after the other, so that all else the machine does meets all kinds alike.
  for (let round = 0; round <= rounds; round++) {
    for (const { mediaType, path } of kinds) {
      const timing = await window.evaluate(
        (leg, media, servers) => timeCall(leg, media, servers),
        path.leg,
        mediaType,
        path.deadServer ? deadServer : [],
      )
      if (round === 0) timings.set(keyOf(mediaType, path), [])
      else timings.get(keyOf(mediaType, path))?.push(timing)
    }
  }
  return kinds.map((kind) => ({ ...kind, timings: timings.get(keyOf(kind.mediaType, kind.path)) ?? [] }))
}

const keyOf = (mediaType: string, { title }: CallPath): string => `${mediaType} ${title}`

/** Times calls of every kind in one page of a browser, with the built bundle and gateway. */
export async function measureCalls(name: BrowserName): Promise<BrowserFigures> {
  const server = await startServer({ serve: ['/bench/=bench/calls/pages'] })
  const browser = await TestBrowser.launch(name)
  try {
    const window = await browser.open(new URL('bench/calls.html', server.url).href)
    await window.until('the phones are signed in', () => 'timeCall' in globalThis)
    const calls = await measure(window, [{ urls: `stun:127.0.0.1:${await closedPort()}` }])
    return { browser: await window.page.browser().version(), calls }
  } finally {
    await browser.close()
    await server.stop()
  }
}
