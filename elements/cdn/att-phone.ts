/*
 * What `<script type="module" src="att-phone.js">` loads: the phone and all that a whole phone shows, ready to use.
 * Further tags are fetched when the page holds them. The page hears `att-ready` on the document when the first are
 * registered; a script that comes later asks `allDefined()`.
 */
import '../define/att-phone.ts'
import { autoload, provideTags } from '../define/autoload.ts'
import { furtherTags } from '../define/further-tags.ts'

export { AttAnswerButton } from '../att-answer-button/att-answer-button.ts'
export { AttCallView } from '../att-call-view/att-call-view.ts'
export { AttCameraButton } from '../att-camera-button/att-camera-button.ts'
export { AttDialButton } from '../att-dial-button/att-dial-button.ts'
export { AttDialpad } from '../att-dialpad/att-dialpad.ts'
export { AttHangupButton } from '../att-hangup-button/att-hangup-button.ts'
export { AttHoldButton } from '../att-hold-button/att-hold-button.ts'
export { AttMuteButton } from '../att-mute-button/att-mute-button.ts'
export { AttPhone } from '../att-phone/att-phone.ts'
export { AttRejectButton } from '../att-reject-button/att-reject-button.ts'
export { phoneContext } from '../context/phone-context.ts'
export { allDefined } from '../define/all-defined.ts'
export { NumberChangeEvent, PhoneDomEvent } from '../events/phone-dom-event.ts'
export { RequestEvent } from '../events/request-event.ts'
export { registerLocale } from '../locales/locale-table.ts'
export { Phone } from '../../src/index.ts'
export { autoload }

provideTags(furtherTags)

// A server that imports this has no page.
if ('document' in globalThis) {
  autoload()
  document.dispatchEvent(new Event('att-ready'))
}
