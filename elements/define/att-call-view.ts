import { AttCallView } from '../att-call-view/att-call-view.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-call-view')) customElements.define('att-call-view', AttCallView)
else warnOfOtherVersion('att-call-view')
