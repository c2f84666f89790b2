import { onGesture } from '../gesture.ts'

/** How long an audio context may take to start by itself before it counts as kept from it, in ms. */
const patience = 250

export interface ContextListener {
  /** The browser keeps the context from running until the person touches the page, or does no longer. */
  blocked(blocked: boolean): void
  failed(error: Error): void
}

/** Keeps an audio context running until `signal` aborts: at the first gesture where the browser asks for one. */
export function keepRunning(context: AudioContext, listener: ContextListener, signal: AbortSignal): void {
  let blocked = false
  const tell = (): void => {
    if (signal.aborted) return
    if (context.state === 'closed') {
      listener.failed(new Error('The browser closed the audio context of the conference: start the conference anew'))
      return
    }
    const now = context.state !== 'running'
    if (now !== blocked) listener.blocked((blocked = now))
  }
  context.addEventListener('statechange', tell, { signal })
  context.addEventListener(
    'error',
    () => listener.failed(new Error('The sound device failed: choose another one, then start the conference anew')),
    { signal },
  )
  onGesture(() => void context.resume().catch(() => {}), signal)
  // A refusal shows only by the context staying as it is.
  const timer = setTimeout(tell, patience)
  signal.addEventListener('abort', () => clearTimeout(timer))
  context.resume().then(tell, tell)
}
