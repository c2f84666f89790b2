import type { CallRecord } from './call-record.ts'

/** The calls of one day. */
export interface DayGroup {
  /** `Today`, `Yesterday`, `Monday, 2 March`. */
  readonly day: string
  readonly records: readonly CallRecord[]
}

/** Midnight of the person's own clock. */
function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}

function dayName(time: number, now: number, locale: string): string {
  // Rounded, for a day on which the clock is changed has not 24 hours.
  const ago = Math.round((startOfDay(now) - startOfDay(time)) / 86_400_000)
  if (ago === 0 || ago === 1) {
    const name = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-ago, 'day')
    const [first = '', ...rest] = name
    return first.toLocaleUpperCase(locale) + rest.join('')
  }
  const year = new Date(time).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const)
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...year })
  return format.format(time)
}

/** The calls by day, in the order they come; days are named in the person's language. */
export function dayGroups(records: readonly CallRecord[], locale: string, now = Date.now()): readonly DayGroup[] {
  const groups: { day: string; records: CallRecord[]; start: number }[] = []
  for (const record of records) {
    const start = startOfDay(record.at)
    const last = groups.at(-1)
    if (last?.start === start) last.records.push(record)
    else groups.push({ day: dayName(record.at, now, locale), records: [record], start })
  }
  return groups
}
