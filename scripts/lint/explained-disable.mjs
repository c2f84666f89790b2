/**
 * A comment that switches a rule off says why, after ` -- `.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const explainedDisableRule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { unexplained: 'Say why the rule is switched off: `eslint-disable-next-line some-rule -- the reason`.' },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const directive = /^\s*eslint-disable/.test(comment.value)
          if (directive && comment.loc && !/\s--\s+\S/.test(comment.value)) {
            context.report({ loc: comment.loc, messageId: 'unexplained' })
          }
        }
      },
    }
  },
}
