import type { TagModules } from './autoload.ts'

/** The tags that a whole phone does without, and how the module that registers each is loaded. */
export const furtherTags: TagModules = {
  'att-call-button': () => import('./att-call-button.ts'),
  'att-call-history': () => import('./att-call-history.ts'),
  'att-call-list': () => import('./att-call-list.ts'),
  'att-conference-panel': () => import('./att-conference-panel.ts'),
  'att-contacts-field': () => import('./att-contacts-field.ts'),
  'att-device-picker': () => import('./att-device-picker.ts'),
  'att-incoming-call': () => import('./att-incoming-call.ts'),
  'att-pip-button': () => import('./att-pip-button.ts'),
  'att-quality': () => import('./att-quality.ts'),
  'att-screen-share-button': () => import('./att-screen-share-button.ts'),
  'att-transfer': () => import('./att-transfer.ts'),
}
