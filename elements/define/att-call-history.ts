import { AttCallHistory } from '../att-call-history/att-call-history.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-call-history')) customElements.define('att-call-history', AttCallHistory)
else warnOfOtherVersion('att-call-history')
