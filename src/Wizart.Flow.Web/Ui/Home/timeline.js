// Where it does not fit, what ran last is what is looked at first.
export function start(timeline) {
  timeline.scrollLeft = timeline.scrollWidth;
}
