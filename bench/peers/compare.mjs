// Holds the answers of another database against ours: node compare.mjs FOLDER NAME
import fs from 'node:fs';
import path from 'node:path';
const [folder, peer] = process.argv.slice(2);
const days = ['days-mailbox', 'backlog', 'backlog-mailbox', 'mailboxes-days'], names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
let wrong = 0;
for (const file of fs.readdirSync(folder).filter(f => f.startsWith(peer + '-') && f.endsWith('.txt'))) {
  const name = file.slice(peer.length + 1, -4);
  const day = n => new Date(n * 86400000).toISOString().slice(0, 10);
  const theirs = fs.readFileSync(path.join(folder, file), 'utf8').trim().split('\n').map(line => {
    const parts = line.split('|');
    if (days.includes(name)) { const at = name === 'mailboxes-days' ? 1 : 0; parts[at] = day(Number(parts[at])); }
    if (name === 'heat') parts[0] = `${names[Math.floor(parts[0] / 24)]} ${String(parts[0] % 24).padStart(2, '0')}`;
    // A day without first responses has none to count, and no percentile.
    return parts.join('|');
  }).sort();
  const ours = fs.readFileSync(path.join(folder, `ours-${name}.txt`), 'utf8').trim().split('\n').map(l => l).sort();
  const same = ours.length === theirs.length && ours.every((line, i) => line === theirs[i]);
  console.log(`${peer} ${name}: ${same ? `the same, ${ours.length} groups` : 'DIFFERENT'}`);
  if (!same) { wrong++; const i = ours.findIndex((line, n) => line !== theirs[n]); console.log('  ours   ' + ours[i] + '\n  theirs ' + theirs[i]); }
}
process.exit(wrong);
