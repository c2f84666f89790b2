import type { TagModules } from './autoload.ts'

/** The phone and the tags it shows when it is empty, and how the module that registers each is loaded. */
export const phoneTags: TagModules = {
  'att-phone': () => import('./att-phone.ts'),
  'att-answer-button': () => import('./att-answer-button.ts'),
  'att-call-view': () => import('./att-call-view.ts'),
  'att-camera-button': () => import('./att-camera-button.ts'),
  'att-dial-button': () => import('./att-dial-button.ts'),
  'att-dialpad': () => import('./att-dialpad.ts'),
  'att-hangup-button': () => import('./att-hangup-button.ts'),
  'att-hold-button': () => import('./att-hold-button.ts'),
  'att-mute-button': () => import('./att-mute-button.ts'),
  'att-reject-button': () => import('./att-reject-button.ts'),
}
