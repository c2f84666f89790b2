import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import type { GatewayRest } from './gateway-rest.ts'
import { poll } from './long-poll.ts'

/** How long an answer may take, in ms. */
const limit = 60_000

/** A gateway whose `answer` to each poll a test decides; `asked` resolves with the next request. */
function gatewayOf(answer: (signal: AbortSignal) => Promise<Response>): {
  readonly rest: GatewayRest
  readonly asked: () => Promise<void>
} {
  let tell = (): void => {}
  const rest = {
    open: ({ signal }: { signal: AbortSignal }) => {
      queueMicrotask(() => tell())
      return answer(signal)
    },
  } as unknown as GatewayRest
  return { rest, asked: () => new Promise((resolve) => (tell = resolve)) }
}

const onAbort = (signal: AbortSignal, reject: (reason: unknown) => void): void =>
  signal.addEventListener('abort', () => reject(signal.reason))

/** As `fetch` does with a server that accepts and says nothing. */
const silence = (signal: AbortSignal): Promise<Response> => new Promise((_resolve, reject) => onAbort(signal, reject))

/** As `fetch` does with a server that falls silent in the middle of an answer. */
const half = async (signal: AbortSignal): Promise<Response> =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"id":'))
        onAbort(signal, (reason) => controller.error(reason))
      },
    }),
  )

describe('a long poll', () => {
  for (const [what, answer] of [
    ['is not answered', silence],
    ['is answered by half', half],
  ] as const) {
    it(`that ${what} is given up after a minute`, async () => {
      mock.timers.enable({ apis: ['setTimeout'] })
      try {
        const { rest, asked } = gatewayOf(answer)
        const began = asked()
        let error: unknown
        const polling = poll(
          rest,
          () => '/events',
          () => {},
          limit,
          new AbortController().signal,
        ).catch((e: unknown) => (error = e))
        await began
        mock.timers.tick(limit - 1)
        await new Promise(setImmediate)
        assert.equal(error, undefined)
        mock.timers.tick(1)
        await polling
        assert.equal((error as DOMException | undefined)?.name, 'TimeoutError')
      } finally {
        mock.timers.reset()
      }
    })
  }

  it('has that time anew with each question', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      let answer = (): void => {}
      const { rest, asked } = gatewayOf(
        (signal) =>
          new Promise((resolve, reject) => {
            answer = () => resolve(new Response(null, { status: 204 }))
            onAbort(signal, reject)
          }),
      )
      const end = new AbortController()
      let began = asked()
      const polling = poll(
        rest,
        () => '/events',
        () => {},
        limit,
        end.signal,
      )
      for (let questions = 0; questions < 3; questions += 1) {
        await began
        began = asked()
        mock.timers.tick(limit - 1)
        answer()
      }
      await began
      end.abort()
      await polling
    } finally {
      mock.timers.reset()
    }
  })
})
