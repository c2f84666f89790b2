import { AttContactsField } from '../att-contacts-field/att-contacts-field.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-contacts-field')) customElements.define('att-contacts-field', AttContactsField)
else warnOfOtherVersion('att-contacts-field')
