// The same rows in DuckDB: loads FOLDER/rows.csv where it is not loaded yet, then answers one question a line of standard input,
// {"sql": …, "file": …}: rows go to the file, keys and figures parted by "|", and the milliseconds to standard output.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import fs from 'node:fs';
import path from 'node:path';
const folder = process.argv[2];
const { DuckDBInstance } = createRequire(path.join(folder, 'x'))('@duckdb/node-api');
const file = path.join(folder, 'rows.duckdb');
const isNew = !fs.existsSync(file);
const db = await (await DuckDBInstance.create(file)).connect();
await db.run('set threads = 2');
if (isNew) {
  const t = performance.now();
  await db.run(`create table f as select * from read_csv('${path.join(folder, 'rows.csv')}', header = false, columns = {
    'mailbox': 'int', 'agent': 'int', 'requester': 'int', 'moment': 'bigint', 'outbound': 'int', 'human': 'int', 'known': 'int',
    'response': 'int', 'first': 'int', 'wait': 'int', 'ended': 'bigint', 'answered': 'int', 'due': 'bigint'}) order by mailbox, moment`);
  console.error(`duckdb loaded in ${Math.round(performance.now() - t)} ms`);
}
for await (const line of createInterface({ input: process.stdin })) {
  const { sql, file: to } = JSON.parse(line);
  const t = performance.now();
  const answer = await db.runAndReadAll(sql);
  const rows = answer.getRows();
  console.log((performance.now() - t).toFixed(3));
  fs.writeFileSync(to, rows.map(row => row.map(value => value === null ? '' : String(value)).join('|')).join('\n') + '\n');
}
