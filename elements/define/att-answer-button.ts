import { AttAnswerButton } from '../att-answer-button/att-answer-button.ts'
import { attachContextRoot } from '../context/context-root.ts'
import { warnOfOtherVersion } from './other-version.ts'

attachContextRoot()
if (!customElements.get('att-answer-button')) customElements.define('att-answer-button', AttAnswerButton)
else warnOfOtherVersion('att-answer-button')
