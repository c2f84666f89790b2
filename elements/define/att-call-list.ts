import { AttCallList } from '../att-call-list/att-call-list.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-call-list')) customElements.define('att-call-list', AttCallList)
else warnOfOtherVersion('att-call-list')
