/*
 * What `<script type="module" src="att-call-button.js">` loads: the button alone. The phone behind it comes when it is
 * pressed.
 */
import '../define/att-call-button.ts'

export { AttCallButton } from '../att-call-button/att-call-button.ts'
