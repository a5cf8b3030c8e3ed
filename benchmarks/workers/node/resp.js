'use strict';
// Just enough of a Redis client for a worker: one connection, commands in order, RESP2.

const net = require('node:net');

class Redis {
  /** Connects to redis://[user:password@]host[:port][/database]. */
  static async connect(url) {
    const { hostname, port, username, password, pathname } = new URL(url);
    const redis = new Redis(net.connect(Number(port || 6379), hostname));
    if (password) {
      await redis.ask('AUTH', ...(username ? [decodeURIComponent(username)] : []), decodeURIComponent(password));
    }
    if (pathname.length > 1) {
      await redis.ask('SELECT', pathname.slice(1));
    }
    return redis;
  }

  constructor(socket) {
    this.socket = socket;
    this.waiting = [];
    this.received = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.take(bytes));
    socket.on('error', (problem) => this.over(problem));
    socket.on('close', () => this.over(new Error('Redis closed the connection')));
  }

  /** Sends a command; answers its reply: text, number, null, or an array of these. */
  ask(...words) {
    const parts = words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`);
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.socket.write(`*${words.length}\r\n${parts.join('')}`);
    });
  }

  close() {
    this.socket.destroy();
  }

  over(problem) {
    this.waiting.splice(0).forEach(({ reject }) => reject(problem));
  }

  take(bytes) {
    this.received = Buffer.concat([this.received, bytes]);
    for (let read = this.reply(0); read; read = this.reply(0)) {
      this.received = this.received.subarray(read.end);
      const { resolve, reject } = this.waiting.shift();
      (read.value instanceof Error ? reject : resolve)(read.value);
    }
  }

  /** The reply that begins at a position and where it ends; nothing while a part of it is still on its way. */
  reply(start) {
    const lineEnd = this.received.indexOf('\r\n', start);
    if (lineEnd < 0) {
      return undefined;
    }
    const line = this.received.toString('utf8', start + 1, lineEnd);
    const end = lineEnd + 2;
    switch (String.fromCharCode(this.received[start])) {
      case '+': return { value: line, end };
      case '-': return { value: new Error(line), end };
      case ':': return { value: Number(line), end };
      case '$': return this.text(Number(line), end);
      default: return this.list(Number(line), end);
    }
  }

  text(length, start) {
    if (length < 0) {
      return { value: null, end: start };
    }
    const end = start + length + 2;
    return end > this.received.length ? undefined : { value: this.received.toString('utf8', start, end - 2), end };
  }

  list(length, start) {
    const value = length < 0 ? null : [];
    let end = start;
    for (let i = 0; i < length; i++) {
      const item = this.reply(end);
      if (!item) {
        return undefined;
      }
      value.push(item.value);
      end = item.end;
    }
    return { value, end };
  }
}

module.exports = { Redis };
