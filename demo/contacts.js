document.querySelector('att-contacts-field').contacts = [
  { name: 'Echo', number: 'echo' },
  { name: 'Busy line', number: 'busy' },
  { name: 'Patience', number: 'noanswer' },
]
