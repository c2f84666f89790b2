/** A phrase for each kind of count that a language tells apart; `#` stands for the number. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

/**
 * The phrase that goes with `count`, its number written as the language writes it: `1 call`, `2 calls`.
 *
 * @param language tag of the language whose rules apply
 */
export function plural(language: string, count: number, forms: PluralForms): string {
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other
  return form.replace('#', new Intl.NumberFormat(language).format(count))
}
