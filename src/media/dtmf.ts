/** Length of one tone, in ms (RFC 4733 asks for at least 40). */
const toneLength = 100

/** Least and usual silence between two tones, in ms. */
const leastGap = 50
const usualGap = 70

export interface ToneListener {
  sending(tone: string): void
  sent(tone: string): void
}

/**
 * Sends tones by the audio path (RFC 4733), one after the other.
 *
 * @param gap Silence after each tone, in ms; at least 50, default 70.
 * @throws The signal's reason, or an InvalidStateError when the far side takes no tones.
 */
export async function sendTones(
  dtmf: RTCDTMFSender,
  tones: string,
  gap: number | undefined,
  listener: ToneListener,
  signal: AbortSignal,
): Promise<void> {
  for (const tone of tones) {
    signal.throwIfAborted()
    listener.sending(tone)
    await sendTone(dtmf, tone, Math.max(gap ?? usualGap, leastGap), signal)
    listener.sent(tone)
  }
}

function sendTone(dtmf: RTCDTMFSender, tone: string, gap: number, signal: AbortSignal): Promise<void> {
  const done = new AbortController()
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: done.signal })
    dtmf.addEventListener(
      'tonechange',
      (event) => {
        // The empty tone says that the buffer is played out, gap included.
        if (event.tone === '') resolve()
      },
      { signal: done.signal },
    )
    dtmf.insertDTMF(tone, toneLength, gap)
  }).finally(() => done.abort())
}
