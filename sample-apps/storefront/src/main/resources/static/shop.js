// The buttons: what is pressed is what the services say, asked every second, because the script changes them too.

const table = document.getElementById('services');
const note = document.getElementById('note');

function button(label, title, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.title = title;
  made.addEventListener('click', () => push(action));
  return made;
}

async function push(address) {
  await fetch(address, { method: 'POST' });
  await show();
}

function row(service, moods) {
  const line = document.createElement('tr');
  const name = document.createElement('th');
  name.scope = 'row';
  name.textContent = service.name;
  const cell = document.createElement('td');
  for (const { mood, text } of moods) {
    const made = button(mood, service.name + ' ' + text, 'services/' + service.name + '?mood=' + mood);
    made.dataset.mood = mood;
    cell.append(made);
  }
  line.dataset.service = service.name;
  line.append(name, cell);
  return line;
}

async function show() {
  try {
    const answer = await fetch('services');
    if (answer.status === 404) {
      note.textContent = 'The services are not inside this shop: break them where they are.';
      return;
    }
    const { scripted, moods, services } = await answer.json();
    if (table.rows.length === 0) {
      table.append(...services.map((service) => row(service, moods)));
    }
    for (const service of services) {
      for (const made of table.querySelectorAll(`[data-service="${service.name}"] button`)) {
        made.ariaPressed = String(made.dataset.mood === service.mood);
      }
    }
    note.textContent = scripted ? 'A script breaks and mends them, minute by minute, until you push a button.' : 'It is all up to you.';
  } catch {
    note.textContent = 'The shop is closed.';
  }
}

document.getElementById('mend').addEventListener('click', () => push('services?script=false'));
document.getElementById('script').addEventListener('click', () => push('services?script=true'));
setInterval(show, 1000);
show();
