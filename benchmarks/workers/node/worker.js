#!/usr/bin/env node
'use strict';
// A worker of a Peagen farm: claims tasks, works on them, answers, acknowledges and deletes them.
//
// Needs nothing but Node.js 18 or later. Settings come from the environment: QUEUE_URL, WORKER_CAPS, WORKER_CONCURRENCY,
// WORKER_IDLE_EXIT, PEAGEN__TASK_QUEUE__IDLE_MS, PEAGEN__TASK_QUEUE__MAX_RETRY. With WORKER_CONCURRENCY=1 it ends after one
// task. SIGTERM lets it finish what it has in hand.

const { randomBytes } = require('node:crypto');
const { setTimeout: pause } = require('node:timers/promises');
const { Redis } = require('./resp.js');

const [TASKS, RESULTS, DEAD, GROUP] = ['peagen.tasks', 'peagen.results', 'peagen.dead', 'peagen'];
const TASK_KEYS = ['attempts', 'created_at', 'id', 'kind', 'payload', 'requires', 'schema_v'];
const KEPT = ['MAXLEN', '~', 10_000_000];
const DONE_SECONDS = 24 * 3600;

const environment = process.env;
const url = environment.QUEUE_URL;
const consumer = environment.HOSTNAME || `consumer-${randomBytes(3).toString('hex')}`;
const caps = new Set((environment.WORKER_CAPS ?? 'cpu').split(','));
const concurrency = Number(environment.WORKER_CONCURRENCY ?? 1);
const idleExitMillis = Number(environment.WORKER_IDLE_EXIT ?? 600) * 1000;
const idleMillis = Number(environment.PEAGEN__TASK_QUEUE__IDLE_MS ?? 60_000);
const maxRetry = Number(environment.PEAGEN__TASK_QUEUE__MAX_RETRY ?? 3);

const inHand = new Set();
let stopping = false;

/** The task among the fields of an entry; throws where there is none. */
function readTask(fields) {
  const task = JSON.parse(fields[fields.indexOf('data') + 1]);
  if (Object.keys(task ?? {}).sort().join() !== TASK_KEYS.join()) {
    throw new Error('not the keys of a task');
  }
  return task;
}

const doneKey = (task) => `peagen.done:${task.id}`;

/** Works on one task after the other until it is told to stop, or has nothing left to do. */
async function loop() {
  const redis = await Redis.connect(url);
  for (let last = Date.now(); !stopping && Date.now() - last < idleExitMillis;) {
    const streams = await redis.ask(
      'XREADGROUP', 'GROUP', GROUP, consumer, 'COUNT', 1, 'BLOCK', 1000, 'STREAMS', TASKS, '>');
    if (streams && await handle(redis, ...streams[0][1][0])) {
      last = Date.now();
      if (concurrency === 1) {
        break;
      }
    }
  }
  redis.close();
}

/** Whether the entry held a task that was this worker's to do. */
async function handle(redis, entry, fields) {
  inHand.add(entry);
  try {
    let task;
    try {
      task = readTask(fields);
    } catch (problem) {
      await move(redis, entry, DEAD, [...fields, 'reason', problem.message]);
      return false;
    }
    if (!task.requires.every((capability) => caps.has(capability))) {
      await move(redis, entry, TASKS, fields);
      await pause(100);
      return false;
    }
    const repeated = await redis.ask('EXISTS', doneKey(task));
    await answer(redis, entry, task, ...(repeated ? ['skip', {}] : await work(task)));
    return true;
  } finally {
    inHand.delete(entry);
  }
}

/** Does what the check asks of a handler: takes a time, fails, or waits for the result of another task. */
async function work(task) {
  const wish = task.payload.conformance ?? {};
  try {
    await pause(wish.sleep_ms ?? 0);
    if (wish.fail) {
      throw new Error('asked to fail');
    }
    return ['ok', wish.await ? { awaited: (await awaitResult(wish.await)).status } : {}];
  } catch (problem) {
    return ['error', { message: problem.message }];
  }
}

/** Reads the result stream once from its start, and from then on only what is new. */
async function awaitResult(taskId) {
  const redis = await Redis.connect(url);
  try {
    let position = '0-0';
    for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
      const streams = await redis.ask('XREAD', 'COUNT', 500, 'BLOCK', 1000, 'STREAMS', RESULTS, position);
      for (const [entry, fields] of streams ? streams[0][1] : []) {
        position = entry;
        const result = JSON.parse(fields[fields.indexOf('data') + 1]);
        if (result.task_id === taskId) {
          return result;
        }
      }
    }
    throw new Error(`no result of task ${taskId}`);
  } finally {
    redis.close();
  }
}

/** Result, acknowledgement and deletion in one transaction; the result of a task only once, however often it came. */
async function answer(redis, entry, task, status, data) {
  const result = JSON.stringify({
    task_id: task.id,
    status,
    data: { ...data, handler_version: '1', image_tag: '', worker_id: consumer },
    created_at: new Date().toISOString().replace(/\.\d+/, ''),
    attempts: task.attempts + 1,
  });
  for (let done = null; done === null;) {
    await redis.ask('WATCH', doneKey(task));
    const commands = await redis.ask('EXISTS', doneKey(task)) ? [] : [
      ['SET', doneKey(task), entry, 'EX', DONE_SECONDS],
      ['XADD', RESULTS, ...KEPT, '*', 'data', result]];
    done = await transaction(redis, [...commands, ...closing(entry)]);
  }
}

/** Puts what an entry holds into a stream and removes the entry, in one transaction. */
async function move(redis, entry, stream, fields) {
  await transaction(redis, [['XADD', stream, ...KEPT, '*', ...fields], ...closing(entry)]);
}

const closing = (entry) => [['XACK', TASKS, GROUP, entry], ['XDEL', TASKS, entry]];

/** The replies; null when a watched key was changed in between. */
async function transaction(redis, commands) {
  const sent = [['MULTI'], ...commands, ['EXEC']].map((command) => redis.ask(...command));
  return (await Promise.all(sent)).at(-1);
}

/** Three times within the idle time: says that what is in hand is still worked on, and looks for orphans. */
async function patrol() {
  const redis = await Redis.connect(url);
  for (;;) {
    await pause(idleMillis / 3);
    for (const entry of inHand) {
      await redis.ask('XCLAIM', TASKS, GROUP, consumer, 0, entry, 'JUSTID');
    }
    if (!stopping) {
      await reclaim(redis);
    }
  }
}

async function reclaim(redis) {
  let cursor = '0-0';
  do {
    const [next, entries] = await redis.ask(
      'XAUTOCLAIM', TASKS, GROUP, consumer, idleMillis, cursor, 'COUNT', 50);
    for (const [entry, fields] of entries) {
      if (!inHand.has(entry)) {
        await giveBack(redis, entry, fields);
      }
    }
    cursor = next;
  } while (cursor !== '0-0');
}

/** An orphan gets a new entry with one attempt more, or goes to the dead letters. */
async function giveBack(redis, entry, fields) {
  let task;
  try {
    task = readTask(fields);
  } catch (problem) {
    await move(redis, entry, DEAD, [...fields, 'reason', problem.message]);
    return;
  }
  task.attempts += 1;
  await move(redis, entry, task.attempts > maxRetry ? DEAD : TASKS, ['data', JSON.stringify(task)]);
}

async function main() {
  process.on('SIGTERM', () => { stopping = true; });
  const redis = await Redis.connect(url);
  await redis.ask('XGROUP', 'CREATE', TASKS, GROUP, '0-0', 'MKSTREAM').catch((problem) => {
    if (!problem.message.startsWith('BUSYGROUP')) {
      throw problem;
    }
  });
  redis.close();
  const broken = patrol();
  await Promise.race([broken, Promise.all(Array.from({ length: concurrency }, loop))]);
  process.exit(0);
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
