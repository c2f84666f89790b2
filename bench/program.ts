import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { root } from '../scripts/project.ts'

/** A part of the bench that is a program of its own: it prints tables, and exits with 1 where a figure falls short. */
export interface Program {
  readonly name: string
  readonly title: string
  /** What is measured, and what it has to be. */
  readonly about: string
}

export const programs: readonly Program[] = [
  {
    name: 'gateway-load',
    title: 'The gateway',
    about:
      'Signed-in sessions with open event channels, 100 calls a second set up and ended. Nothing may be lost; 99 of 100 events are there within 100 ms of the request; memory stays below 300 MB; time per call does not grow with the number of sessions.',
  },
  {
    name: 'far',
    title: 'A gateway that is far',
    about:
      'Each way to the gateway takes 100 ms, the page is of another origin, media stays on the machine. Two phones of one page in Chromium; medians of three sign-ins and of five calls after each. Beside it the same build by HTTP alone, as it was before the channel of commands.',
  },
  {
    name: 'tags',
    title: 'The tags',
    about:
      'Every tag in one page, in a video call with `echo`. A change of the phone has to be rendered by all of them within 4 ms (median); a press is followed by the next paint within 50 ms (98 of 100; browsers report nothing shorter than 16 ms).',
  },
  {
    name: 'conference',
    title: 'A conference in the page of its host',
    about:
      'The host is in one browser, the participants in another one of the same machine. The mix may add 40 ms; a host on two cores has to bear 6 participants with sound and 4 with pictures.',
  },
  {
    name: 'janus',
    title: 'A conference on a media server',
    about:
      'The participants are connections of one page on the same machine as Janus. 25 have to hear each other, with at most 2 % of the sound made up for.',
  },
  {
    name: 'janus-pictures',
    title: 'The pictures of a conference on a media server',
    about:
      'The participants are connections of one page, which codes and decodes pictures of 320 × 240 for all of them on the machine of Janus: with 13 it is the page that is late. Everybody has to get the pictures of all the others.',
  },
  {
    name: 'sip',
    title: 'A call over SIP',
    about:
      'One Kamailio, one browser, the contenders by turns, medians of 15. Whether ours is later than another is judged by the differences within the turns, of which 5 ms are the grain of the measurement. Signing in may not be later than by JsSIP or SIP.js; with a dead STUN server the offer has to leave 100 times sooner than by JsSIP as it comes. All of it is measured at a distance, too: what a page and the server say to each other is under way for 100 ms each way (a TCP proxy in user space), and a call has to be confirmed within 2.1 round trips.',
  },
]

/** Runs it; what it prints is shown and kept. */
export async function perform({ name }: Program): Promise<{ readonly printed: string; readonly failed: boolean }> {
  const program = path.join(root, `bench/${name}.ts`)
  const child = spawn(process.execPath, ['--import=tsx', program], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
    process.stdout.write(chunk)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { printed, failed: code !== 0 }
}
