/** The methods of a phone whose failure a transfer panel tells of, so that what is around it need not. */
export const transferMethods: readonly string[] = ['transfer', 'addCall']
