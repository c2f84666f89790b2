/* The tags of the whole phone that show by which devices one talks, and how well. */
import '../define/att-device-picker.ts'
import '../define/att-quality.ts'
