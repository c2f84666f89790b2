import type * as panelModule from './call-panel.ts'
import type { VisitorCall } from './visitor-call.ts'

/** What a call needs, loaded when somebody is about to make one. */
export interface Equipment {
  readonly panel: typeof panelModule
  readonly VisitorCall: typeof VisitorCall
}

/** Rejects when a file cannot be fetched; the next press asks for it again. */
export async function loadEquipment(): Promise<Equipment> {
  const [panel, { VisitorCall }] = await Promise.all([import('./call-panel.ts'), import('./visitor-call.ts')])
  return { panel, VisitorCall }
}
