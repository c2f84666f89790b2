/* The tags of the whole phone that only a call needs. */
import '../define/att-call-list.ts'
import '../define/att-incoming-call.ts'
import '../define/att-screen-share-button.ts'
import '../define/att-transfer.ts'
