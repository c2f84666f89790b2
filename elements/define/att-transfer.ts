import { AttTransfer } from '../att-transfer/att-transfer.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-transfer')) customElements.define('att-transfer', AttTransfer)
else warnOfOtherVersion('att-transfer')
