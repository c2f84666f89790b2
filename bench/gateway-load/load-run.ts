import { setTimeout as sleep } from 'node:timers/promises'
import { GatewayProcess } from './gateway-process.ts'
import { LoadPhone } from './load-phone.ts'

/** An offer of an audio and a video section has about this size. */
const sdp = `v=0\r\n${'a=rtpmap:111 opus/48000/2\r\n'.repeat(120)}`
/** A call that is not through by then is lost, in ms. */
const lostAfter = 10_000
/** Sign-ins at a time. */
const signInWidth = 32

export interface LoadOptions {
  readonly sessions: number
  readonly callsPerSecond: number
  /** Seconds that are measured, after `warmUp` seconds that are not. */
  readonly seconds: number
  readonly warmUp: number
}

export interface LoadResult {
  readonly sessions: number
  readonly calls: number
  readonly lost: number
  /** From a request to the event it causes at the other side, in ms, in ascending order. */
  readonly latencies: readonly number[]
  /** Bytes. */
  readonly peakMemory: number
  /** Processor time of the gateway per call, in ms. */
  readonly cpuPerCall: number
}

/** How long it takes from a request to the event it causes. */
async function latency(act: () => Promise<unknown>, event: Promise<unknown>): Promise<number> {
  const begin = performance.now()
  const heard = event.then(() => performance.now() - begin)
  await act()
  return heard
}

/** One call: dial, ring, answer, hang up. Gives the latency of each step that the other side hears of. */
async function call(caller: LoadPhone, callee: LoadPhone): Promise<readonly number[]> {
  let ofCaller = ''
  const invitation = callee.hear('invitation-received', '')
  const dialed = await latency(async () => {
    ofCaller = await caller.dial(callee.userId, sdp)
  }, invitation)
  const { resourceURL: ofCallee } = await invitation
  const id = ofCaller.split('/')[6] ?? ''
  const rung = await latency(() => callee.act(ofCallee, 'ringing'), caller.hear('ringing', id))
  const answered = await latency(() => callee.act(ofCallee, 'call-answer', sdp), caller.hear('session-open', id))
  await callee.hear('session-open', id)
  const ended = await latency(() => caller.end(ofCaller), callee.hear('session-terminated', id))
  return [dialed, rung, answered, ended]
}

async function signIn(phones: readonly LoadPhone[]): Promise<void> {
  const waiting = phones.values()
  const next = async (): Promise<void> => {
    for (const phone of waiting) await phone.signIn()
  }
  await Promise.all(Array.from({ length: signInWidth }, next))
}

/** Begins calls at an even rate, whether or not those before are through, and waits for all of them. */
async function callFor(
  seconds: number,
  callsPerSecond: number,
  phones: readonly LoadPhone[],
): Promise<readonly (readonly number[] | null)[]> {
  const begin = performance.now()
  const calls: Promise<readonly number[] | null>[] = []
  const pairs = phones.length / 2
  for (let number = 0; number < seconds * callsPerSecond; number += 1) {
    const due = begin + (number * 1000) / callsPerSecond
    const early = due - performance.now()
    if (early > 0) await sleep(early)
    const caller = phones[(number % pairs) * 2]
    const callee = phones[(number % pairs) * 2 + 1]
    if (!caller || !callee) throw new Error('A call needs two phones')
    const lost = sleep(lostAfter, null, { ref: false })
    calls.push(Promise.race([call(caller, callee).catch(reportLoss), lost]))
  }
  return Promise.all(calls)
}

function reportLoss(error: unknown): null {
  console.error(error)
  return null
}

/** Signs `sessions` phones in at a gateway of their own and lets them call each other. */
export async function loadRun({ sessions, callsPerSecond, seconds, warmUp }: LoadOptions): Promise<LoadResult> {
  const gateway = await GatewayProcess.start()
  const phones = Array.from(
    { length: sessions },
    (_, n) => new LoadPhone(gateway.origin, `user${String(n)}@example.com`),
  )
  try {
    await signIn(phones)
    await callFor(warmUp, callsPerSecond, phones)
    const cpuBefore = await gateway.cpuTime()
    const calls = await callFor(seconds, callsPerSecond, phones)
    const cpuPerCall = ((await gateway.cpuTime()) - cpuBefore) / calls.length
    const through = calls.filter((latencies) => latencies !== null)
    return {
      sessions,
      calls: calls.length,
      lost: calls.length - through.length,
      latencies: through.flat().sort((one, other) => one - other),
      peakMemory: gateway.peakMemory,
      cpuPerCall,
    }
  } finally {
    phones.forEach((phone) => phone.close())
    await gateway.stop()
  }
}
