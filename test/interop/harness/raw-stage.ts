import type { BrowserWindow } from '../../e2e/harness.ts'
import type { SipOptions } from '../../../src/signaling/sip/sip-options.ts'
import { hears, rings } from '../harness.ts'
import type { RawSip } from './raw-sip.ts'
import type { RawCallOptions, RawContent, RawDialog, RawMessage } from './raw-sip.ts'
import type { FarMedia } from '../page/far-media.ts'
import type {} from '../page/softphone.ts'

/** A phone, a far side that says what it is told, and the far side's media. */
export class RawStage {
  constructor(
    readonly sip: RawSip,
    readonly alice: BrowserWindow,
    readonly far: BrowserWindow,
  ) {}

  async signIn(sip: Partial<SipOptions> = {}, userId = 'alice@example.com'): Promise<void> {
    await this.alice.evaluate(
      (servers, identity, options) =>
        softphone.signIn({ userId: identity, password: 'secret' }, { servers, ...options }),
      this.sip.url,
      userId,
      sip,
    )
  }

  offer(options: Parameters<FarMedia['offer']>[1] = {}, name = 'call'): Promise<string> {
    return this.far.evaluate((as, how) => farMedia.offer(as, how), name, options)
  }

  answerTo(sdp: string, options: Parameters<FarMedia['answer']>[2] = {}, name = 'call'): Promise<string> {
    return this.far.evaluate((as, text, how) => farMedia.answer(text, as, how), name, sdp, options)
  }

  accept(sdp: string, name = 'call'): Promise<void> {
    return this.far.evaluate((as, text) => farMedia.accept(text, as), name, sdp)
  }

  /** Calls the phone and waits until it rings. */
  async ringing(options: RawCallOptions = {}): Promise<RawDialog> {
    const dialog = this.sip.call({ ...options, body: options.body ?? (await this.offer()) })
    await rings(this.alice)
    return dialog
  }

  /** The phone's answer to a call that rings: its final response, of any kind. */
  async answered(dialog: RawDialog): Promise<RawMessage> {
    await this.alice.evaluate(() => {
      softphone.answer().catch(() => {})
    })
    return dialog.final()
  }

  /** A call to the phone that is up, with media. */
  async incoming(options: RawCallOptions = {}): Promise<RawDialog> {
    const dialog = await this.ringing(options)
    const answer = await this.answered(dialog)
    dialog.send('ACK')
    await this.accept(answer.body)
    await hears(this.alice, 'established')
    await this.connected()
    return dialog
  }

  /** Has the phone call, and gives the invitation. */
  async dials(to = 'bob@example.com', mediaType: 'audio' | 'video' = 'audio'): Promise<RawMessage> {
    const from = this.sip.heard.length
    await this.alice.evaluate(
      (address, media) => {
        softphone.dial(address, media).catch(() => {})
      },
      to,
      mediaType,
    )
    return this.sip.request('INVITE', from)
  }

  /** A call of the phone that is up, with media. */
  async outgoing(content: RawContent = {}): Promise<RawDialog> {
    const invite = await this.dials()
    const dialog = this.sip.callee(invite)
    dialog.reply('180 Ringing')
    dialog.reply('200 OK', { body: await this.answerTo(invite.body), ...content })
    await this.sip.request('ACK')
    await hears(this.alice, 'established')
    await this.connected()
    return dialog
  }

  /** Resolves when the far side's media path is up. */
  async connected(name = 'call'): Promise<void> {
    await this.far.until('the media path is up', (as) => farMedia.state(as) === 'connected', name)
  }

  /** Resolves when sound arrives at the far side now. */
  async farHears(name = 'call'): Promise<void> {
    const before = await this.far.evaluate((as) => farMedia.heard(as), name)
    await this.far.until(
      'sound arrives at the far side',
      async (as, energy) => (await farMedia.heard(as)) > energy + 0.001,
      name,
      before,
    )
  }

  /** How the last call ended. */
  async end(): Promise<{
    readonly reason: string
    readonly message?: string
    readonly error?: { readonly kind: string; readonly status?: number }
  }> {
    return (await hears(this.alice, 'ended')) as Awaited<ReturnType<RawStage['end']>>
  }

  /** Takes an offer of the phone within a call. */
  async takes(invite: RawMessage, { contact, tag }: RawDialog): Promise<void> {
    const body = await this.answerTo(invite.body)
    this.sip.reply(invite, '200 OK', { fields: [`Contact: ${contact}`], body, tag })
  }

  /** Whether the far side is still in a call with the phone: a hold of the phone is taken. */
  async stillUp(dialog: RawDialog): Promise<void> {
    const from = this.sip.heard.length
    const holding = this.alice.evaluate(() => softphone.line().leg.hold())
    await this.takes(await this.sip.request('INVITE', from), dialog)
    await holding
  }
}
