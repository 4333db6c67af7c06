// Loads rows.csv into DuckDB, asks the questions, writes answers beside ours, and prints medians: node duckdb.mjs FOLDER [RUNS]
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
const folder = process.argv[2], runs = Number(process.argv[3] ?? 9);
const { DuckDBInstance } = createRequire(path.join(process.cwd(), 'x'))('@duckdb/node-api');
const bounds = JSON.parse(fs.readFileSync(path.join(folder, 'bounds.json')));
const file = path.join(folder, 'rows.duckdb');
const isNew = !fs.existsSync(file);
const db = await (await DuckDBInstance.create(file)).connect();
await db.run('set threads = 2');
if (isNew) {
  const t = performance.now();
  await db.run(`create table f as select * from read_csv('${path.join(folder, 'rows.csv')}', header = false, columns = {
    'mailbox': 'int', 'agent': 'int', 'requester': 'int', 'moment': 'bigint', 'outbound': 'int', 'human': 'int', 'known': 'int',
    'response': 'int', 'first': 'int', 'wait': 'int', 'ended': 'bigint', 'answered': 'int', 'due': 'bigint'}) order by mailbox, moment`);
  console.log(`duckdb loaded in ${Math.round(performance.now() - t)} ms`);
}
const text = fs.readFileSync(new URL('questions.sql', import.meta.url), 'utf8');
for (const part of text.split('-- name: ').slice(1)) {
  const [name, ...lines] = part.split('\n');
  // In DuckDB / is of fractions, // of whole numbers.
  const sql = lines.join('\n').replace(/:(from|to|asof|mailbox)\b/g, (_, n) => bounds[n]).replaceAll(' / 86400', ' // 86400').replaceAll(' / 3600', ' // 3600');
  const times = [];
  let cpu = 0, rows;
  for (let i = 0; i <= runs; i++) {
    const t = performance.now(), c = process.cpuUsage();
    rows = await (await db.runAndReadAll(sql)).getRows();
    const used = process.cpuUsage(c);
    if (i > 0) { times.push(performance.now() - t); cpu += (used.user + used.system) / 1000 / runs; }
  }
  times.sort((a, b) => a - b);
  console.log(`${name.padEnd(18)} ${times[runs >> 1].toFixed(1).padStart(9)} ms; ${cpu.toFixed(0).padStart(6)} ms of processors`);
  const keys = { 'mailboxes-days': 2 }[name] ?? 1;
  fs.writeFileSync(path.join(folder, `duckdb-${name}.txt`), rows.map(r => r.map((v, i) => v === null ? '' : i < keys ? String(v) : Number(v).toFixed(9)).join('|')).join('\n') + '\n');
}
