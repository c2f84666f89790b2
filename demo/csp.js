const violations = document.querySelector('#violations')
let count = 0

document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
  const text = `${++count}: ${violatedDirective} stopped ${blockedURI} (${sourceFile}:${lineNumber})`
  violations.textContent = count === 1 ? text : `${violations.textContent}\n${text}`
})
