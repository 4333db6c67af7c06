// Everything works without this. It adds: links and forms that change the page in place, tooltips, pictures of charts, and
// news from the server.
const parser = new DOMParser();
const main = () => document.querySelector('main');

async function show(url, push) {
  const answer = await fetch(url, { headers: { Accept: 'text/html' } });
  if (!(answer.headers.get('Content-Type') ?? '').startsWith('text/html')) { location.href = url; return; }
  const next = parser.parseFromString(await answer.text(), 'text/html');
  const fresh = next.querySelector('main');
  if (!fresh) { location.href = url; return; }
  if (push) history.pushState(null, '', answer.url);
  document.title = next.title;
  morph(document.querySelector('.side nav'), next.querySelector('.side nav'));
  morph(main(), fresh);
  ready();
}

// Makes one element as another is, and touches only what differs: what is open, typed or focused stays so.
function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) { old.replaceWith(fresh); return; }
  if (old.nodeType !== Node.ELEMENT_NODE) { if (old.data !== fresh.data) old.data = fresh.data; return; }
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && !(name === 'open' && old.nodeName === 'DETAILS')) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const isField = old.matches('input:not([type=hidden]), select, textarea') && old !== document.activeElement;
  if (isField) old.value = fresh.value;
  const olds = [...old.childNodes], news = [...fresh.childNodes];
  news.forEach((node, i) => i < olds.length ? morph(olds[i], node) : old.append(node));
  olds.slice(news.length).forEach(node => node.remove());
}

function isOurs(link, url) {
  return url.origin === location.origin && !url.hash && !link.hasAttribute('download') && !link.hasAttribute('target')
    && !url.pathname.startsWith('/api/') && !url.pathname.startsWith('/files/');
}

function toTop(link) {
  if (link.closest('.ask')) return;
  scrollTo(0, 0);
  main().focus({ preventScroll: true });
}

document.addEventListener('click', click => {
  const button = click.target.closest('button[data-copy], button[data-picture]');
  if (button?.dataset.copy !== undefined) { copy(button); return; }
  if (button) { picture(button); return; }
  const link = click.target.closest('a[href]');
  const url = link && new URL(link.getAttribute('href'), location.href);
  if (!link || click.defaultPrevented || click.button || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
  if (!isOurs(link, url)) return;
  click.preventDefault();
  show(url.href, true).then(() => toTop(link), () => { location.href = url.href; });
});

document.addEventListener('submit', submit => {
  const form = submit.target;
  if (form.method !== 'get') return;
  submit.preventDefault();
  const texts = new URLSearchParams([...new FormData(form, submit.submitter)].filter(([, text]) => text !== ''));
  show(`${form.action.split('?')[0]}?${texts}`, true).catch(() => form.submit());
});

addEventListener('popstate', () => show(location.href, false).catch(() => location.reload()));

// Tooltips: the title of a shape, at once and in our own hand.
const tip = document.createElement('div');
tip.className = 'tip';
tip.hidden = true;
tip.setAttribute('aria-hidden', 'true');
document.body.append(tip);

document.addEventListener('pointermove', move => {
  const shape = move.target.closest?.('.hits rect');
  if (shape) {
    const title = shape.querySelector('title');
    if (title) { shape.dataset.tip = title.textContent; title.remove(); }
  }
  const text = shape?.dataset.tip;
  tip.hidden = !text;
  if (!text) return;
  if (tip.textContent !== text) tip.textContent = text;
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(move.clientX + 14, innerWidth - width - 8), top = move.clientY - height - 12;
  // A style that a script sets is not an inline style of the page.
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${top < 8 ? move.clientY + 18 : top}px`;
});

// A week of open hours: the bar of a day follows what is typed, and a click on an hour of it opens or closes that hour.
const periods = text => [...text.matchAll(/(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)/g)]
  .map(([, a, b, c, d]) => [a * 60 + +b, c * 60 + +d]);

function draw(day) {
  const svg = day.querySelector('svg'), text = day.querySelector('input').value;
  svg.querySelectorAll('.heat').forEach(rect => rect.remove());
  for (const [from, to] of periods(text)) {
    const rect = document.createElementNS(svg.namespaceURI, 'rect');
    const end = to <= from ? 1440 : to;
    const shape = { class: 'heat', x: `${from / 14.4}%`, width: `${(end - from) / 14.4}%`, height: 16, rx: 2 };
    for (const [name, value] of Object.entries(shape)) rect.setAttribute(name, value);
    svg.append(rect);
  }
  day.classList.toggle('closed', text.trim() === '');
}

function toggle(day, hour) {
  const input = day.querySelector('input'), open = new Array(96).fill(false), said = periods(input.value), texts = [];
  if (said.some(([from, to]) => to <= from)) return; // what runs over midnight is written by hand
  for (const [from, to] of said) open.fill(true, Math.floor(from / 15), Math.ceil(to / 15));
  open.fill(!open[hour * 4], hour * 4, hour * 4 + 4);
  const time = quarter => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String(quarter % 4 * 15).padStart(2, '0')}`;
  for (let from = open.indexOf(true); from >= 0; ) {
    const end = open.indexOf(false, from), to = end < 0 ? 96 : end;
    texts.push(`${time(from)}-${time(to)}`);
    from = open.indexOf(true, to);
  }
  input.value = texts.join(', ');
  draw(day);
}

document.addEventListener('input', input => {
  const day = input.target.closest('.week label');
  if (day) draw(day);
});

document.addEventListener('click', click => {
  const bar = click.target.closest('.week svg');
  if (!bar) return;
  const { left, width } = bar.getBoundingClientRect();
  toggle(bar.closest('label'), Math.min(23, Math.max(0, Math.floor((click.clientX - left) / width * 24))));
});

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const before = button.textContent;
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = before; }, 1500);
}

// A chart as a file: scale and plot side by side, with the colours that are seen.
function picture(button) {
  const row = button.closest('figure').querySelector('.plot-row');
  if (!row) return;
  const box = row.getBoundingClientRect();
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('width', Math.ceil(box.width + 16));
  svg.setAttribute('height', Math.ceil(box.height + 16));
  svg.setAttribute('font-family', 'sans-serif');
  for (const part of row.children) {
    const place = part.getBoundingClientRect(), copy = part.cloneNode(true);
    const from = [part, ...part.querySelectorAll('*')], to = [copy, ...copy.querySelectorAll('*')];
    from.forEach((shape, i) => {
      const seen = getComputedStyle(shape);
      for (const name of ['fill', 'stroke', 'stroke-width', 'fill-opacity', 'font-size', 'vector-effect', 'display'])
        to[i].setAttribute(name, seen.getPropertyValue(name));
    });
    copy.setAttribute('x', place.left - box.left + 8);
    copy.setAttribute('y', place.top - box.top + 8);
    copy.setAttribute('width', place.width);
    svg.append(copy);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }));
  link.download = `${button.dataset.picture}.svg`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function ready() {
  document.querySelectorAll('button[data-picture], button[data-copy]').forEach(button => { button.hidden = false; });
}

// News: one line for each page that is seen; a page in the background asks nothing.
let news;
function follow() {
  const lamp = document.querySelector('[data-live]');
  news?.close();
  if (document.hidden) return;
  news = new EventSource('/api/v1/live');
  news.onopen = () => { lamp.hidden = false; lamp.classList.remove('off'); };
  news.onerror = () => lamp.classList.add('off');
  news.addEventListener('edition', message => {
    const known = main().dataset.edition;
    if (known && message.data !== known && !document.querySelector('form[data-keep]')) show(location.href, false).catch(() => {});
  });
}
document.addEventListener('visibilitychange', follow);
addEventListener('pagehide', () => news?.close());
follow();
ready();
