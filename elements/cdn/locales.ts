/* What a page imports that loads single tags and has texts of its own for them. */
export { registerLocale } from '../locales/locale-table.ts'
