const phone = document.querySelector('att-phone')
const form = phone.querySelector('form')
const trouble = form.querySelector('output')

/** A token for this name. Development only: a real site gives one to whom it knows. */
async function tokenFor(userId) {
  const answer = await fetch('/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  })
  if (!answer.ok) throw new Error(`This gateway gives no tokens (${answer.status}). Start it with npm start.`)
  return (await answer.json()).access_token
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  trouble.textContent = ''
  const userId = new FormData(form).get('user').trim()
  try {
    const token = await tokenFor(userId)
    await customElements.whenDefined('att-phone')
    phone.server = location.origin
    phone.userId = userId
    phone.credentials = async () => ({ token: await tokenFor(userId) })
    phone.phone.configure({ server: location.origin, tones: true })
    await phone.phone.login({ token, userId })
  } catch (error) {
    trouble.textContent = error.message
  }
})
