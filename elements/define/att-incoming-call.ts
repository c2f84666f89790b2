import { AttIncomingCall } from '../att-incoming-call/att-incoming-call.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'
/* The buttons inside it. */
import './att-answer-button.ts'
import './att-reject-button.ts'

attachContextRoot()
if (!customElements.get('att-incoming-call')) customElements.define('att-incoming-call', AttIncomingCall)
else warnOfOtherVersion('att-incoming-call')
