import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { SignalingError } from '../signaling.ts'

/** Sends digits one after the other by SIP INFO (`application/dtmf-relay`), each when the one before has arrived. */
export async function sendInfoDigits(session: RTCSession, digits: string): Promise<void> {
  for (const digit of digits) {
    await new Promise<void>((resolve, reject) => {
      session.once('newDTMF', ({ dtmf }: { dtmf: { on(name: string, listener: () => void): unknown } }) => {
        dtmf.on('succeeded', () => resolve())
        dtmf.on('failed', () =>
          reject(new SignalingError('refused', 'The far side takes no digits', { resource: 'INFO' })),
        )
      })
      session.sendDTMF(digit)
    })
  }
}
