import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import type { SipDialog } from './sip-dialog.ts'
import type { NewInfo } from './sip-focus.ts'

const log = logger('att-phone.sip')

/** How long a far side is left with the whole picture it was sent last, in ms: until it has one it asks again and again. */
const pause = 1000

/** By how much the size of the picture changes for a moment: a pixel. */
const hair = 1e-9

/**
 * Sends a picture that needs none before it. Chromium does so when it is asked. Firefox ignores that, and does so where
 * the size of the picture changes, and be it for a moment.
 */
async function sendKeyFrame(sender: RTCRtpSender): Promise<void> {
  for (const scale of [1 + hair, 1]) {
    const parameters = sender.getParameters()
    for (const encoding of parameters.encodings) encoding.scaleResolutionDownBy = scale
    await sender.setParameters(parameters, { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) })
  }
}

/**
 * Sends whole pictures when the far side asks for them by INFO (`picture_fast_update`, RFC 5168). A phone without
 * feedback by RTCP (RTP/AVP) has no other word for a picture that it cannot decode since one before got lost.
 */
export function hearKeyFrameRequests(dialog: Pick<SipDialog, 'session' | 'connection'>): void {
  let sentAt = -Infinity
  dialog.session.on('newInfo', ({ originator, info }: NewInfo) => {
    const isAsked =
      info.contentType?.startsWith('application/media_control') && info.body?.includes('<picture_fast_update')
    if (originator !== 'remote' || !isAsked || performance.now() - sentAt < pause) return
    sentAt = performance.now()
    for (const sender of dialog.connection?.getSenders() ?? []) {
      if (sender.track?.kind === 'video') void ignore(log, sendKeyFrame(sender), 'no whole picture was sent')
    }
  })
}
