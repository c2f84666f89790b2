import type { UA } from 'jssip'
import { hearTransactions, transactionStates, type Transaction } from './jssip-session.ts'

const { accepted, calling, completed, proceeding, terminated } = transactionStates

/** How long the end of a call that was taken back is waited for, in ms (RFC 3261, 9.1). */
const cancelLimit = 32_000

export interface KeptInvitationsOptions {
  /** From now on no answer to this invitation of ours counts. */
  readonly onGivenUp: (callId: string) => void
}

/**
 * Invitations outlive the connection they came or went by. JsSIP forgets them with it: an answer would leave for nowhere
 * and wait for ever, the same call would ring a second time, and a phone that we call would ring on for nobody. Here one
 * that rings is answered by the connection that is there then; one of ours, which ends with the connection, is taken
 * back as soon as there is another.
 */
export class KeptInvitations {
  readonly #options: KeptInvitationsOptions
  /** What is to be said of each when there is a connection again; what ends the waiting. */
  readonly #kept = new Map<Transaction, { readonly back: () => void; readonly end: () => void }>()

  constructor(ua: UA, options: KeptInvitationsOptions) {
    this.#options = options
    hearTransactions(ua, (transaction) => this.#begun(transaction))
  }

  /** There is a connection again. */
  back(): void {
    for (const { back } of [...this.#kept.values()]) back()
  }

  close(): void {
    for (const { end } of [...this.#kept.values()]) end()
    this.#kept.clear()
  }

  #begun(invitation: Transaction): void {
    const { type, request } = invitation
    // What is within a dialog is that one's to say again.
    if (request.method !== 'INVITE' || request.to_tag || /;\s*tag=/i.test(request.getHeader('to') ?? '')) return
    if (type === 'ict') this.#placed(invitation)
    else this.#received(invitation)
  }

  #received(invitation: Transaction): void {
    const { transport } = invitation
    const forget = invitation.onTransportError.bind(invitation)
    let last: unknown
    const send = (message: unknown) => {
      last = message
      transport.send(message)
      return true
    }
    invitation.transport = { send }
    invitation.onTransportError = () => {}
    const back = () => {
      if (invitation.state === accepted || invitation.state === completed) transport.send(last)
    }
    this.#keep(invitation, { back, end: forget }, terminated)
  }

  #placed(invitation: Transaction): void {
    const forget = invitation.onTransportError.bind(invitation)
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = () => {
      clearTimeout(timer)
      forget()
    }
    const giveUp = () => this.#options.onGivenUp(invitation.request.getHeader('call-id') ?? '')
    const back = () => {
      giveUp()
      // Its provisional answer, which a CANCEL has to wait for (RFC 3261, 9.1), would have come by the connection before.
      if (invitation.state === calling) invitation.state = proceeding
      invitation.cancel()
      clearTimeout(timer)
      timer = setTimeout(end, cancelLimit)
    }
    invitation.onTransportError = () => {
      if (invitation.state !== calling && invitation.state !== proceeding) return forget()
      if (this.#kept.has(invitation)) return
      this.#keep(invitation, { back, end }, accepted, () => clearTimeout(timer))
      giveUp()
      // The session ends by it; the invitation itself stays, for what is still said of it.
      invitation.eventHandlers.onTransportError()
    }
  }

  /** Keeps an invitation until it has reached a state. */
  #keep(
    invitation: Transaction,
    kept: { readonly back: () => void; readonly end: () => void },
    until: number,
    done = () => {},
  ): void {
    this.#kept.set(invitation, kept)
    invitation.on('stateChanged', () => {
      if (invitation.state < until) return
      this.#kept.delete(invitation)
      done()
    })
  }
}
