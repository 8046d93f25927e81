// Plays the script of a ticket's page in a page of a few lines, with a clock that is put forward by hand, and tells what stands in it after each step.
const { readFileSync } = require('node:fs');
const vm = require('node:vm');

const [script, text] = process.argv.slice(2);
const scene = JSON.parse(text);
const start = 1_772_438_400_000;
let now = start;
let timers = [];
const heard = {};
const listen = (name, act) => (heard[name] = act);

const promises = scene.distances.map((distance) => {
  const promise = { state: { className: 'state calm' }, note: null, append: (note) => (promise.note = note) };
  promise.querySelector = (name) => (name === '.state' ? promise.state : promise.note);
  promise.place = { dataset: { away: new Date(start + distance).toISOString() }, textContent: '', closest: () => promise };
  return promise;
});
const list = { dataset: { now: new Date(start).toISOString(), words: scene.words }, querySelectorAll: () => promises.map((promise) => promise.place) };
const document = { hidden: false, querySelector: () => list, createElement: () => ({}), addEventListener: listen };
class HerDate extends Date {
  static now = () => now + scene.off;
}
const page = {
  document, performance: {}, addEventListener: listen, Date: HerDate,
  setTimeout: (act, wait) => timers.push({ act, at: now + wait }), clearTimeout: () => (timers = []),
};
vm.runInNewContext(readFileSync(script, 'utf8'), page);

const told = scene.steps.map((step) => {
  if (step === 1) {
    const [{ act, at }] = timers.splice(0, 1);
    now = at;
    act();
  } else if (step < 0) {
    if (scene.hidden) {
      document.hidden = true;
      heard.visibilitychange();
      if (timers.length > 0) throw new Error('It goes on though nobody looks.');
    }
    now -= step;
    document.hidden = false;
    heard.visibilitychange();
  }
  return {
    now: now - start, timers: timers.length, texts: promises.map((promise) => promise.place.textContent),
    note: promises[0].note?.textContent ?? null, tone: promises[0].state.className,
  };
});
console.log(JSON.stringify(told));
