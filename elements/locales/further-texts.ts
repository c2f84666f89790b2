/*
 * What each tag imports that a whole phone does without: its English texts. They are no part of the first load of a
 * phone, whose size everybody pays for.
 */
import { furtherEnglish } from './further-english.ts'
import { completeEnglish } from './locale-table.ts'

completeEnglish(furtherEnglish)
