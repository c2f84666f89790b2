const looks = {
  warm: {
    '--att-surface': '#fffaf3',
    '--att-raised': '#f6ecdd',
    '--att-ink': '#2b2118',
    '--att-muted': '#6b5a48',
    '--att-accent': '#8a4b00',
    '--att-radius': '16px',
  },
  square: { '--att-radius': '0', '--att-density': '0.8', '--att-shadow': 'none' },
  night: {
    '--att-surface': '#10131f',
    '--att-raised': '#1d2236',
    '--att-ink': '#eef1ff',
    '--att-muted': '#aab3d6',
    '--att-accent': '#93aaff',
    '--att-go': '#2fb463',
    '--att-go-ink': '#04150a',
    '--att-stop': '#ff6257',
    '--att-stop-ink': '#1d0503',
  },
}

const phone = document.querySelector('#phone')
const form = document.querySelector('.theme')
const written = document.querySelector('#written')
const own = {}

function show() {
  const properties = { ...looks[form.elements.look.value], ...own }
  for (const name of [...phone.style]) phone.style.removeProperty(name)
  for (const [name, value] of Object.entries(properties)) phone.style.setProperty(name, value)
  phone.lang = form.elements.lang.value
  const lines = Object.entries(properties).map(([name, value]) => `  ${name}: ${value};\n`)
  written.textContent = `att-phone {\n${lines.join('')}}`
}

form.addEventListener('input', ({ target }) => {
  if (target.name.startsWith('--')) own[target.name] = target.value + (target.dataset.unit ?? '')
  show()
})
form.addEventListener('submit', (event) => event.preventDefault())
