/**
 * How many ways a pattern can be tried over one text. A backtracking matcher goes every way before it
 * gives up, so its work is the number of ways: linear in the text's length where that is bounded at each
 * place, and else as many times more as the writer of the text likes. Decided on the pattern's position
 * automaton, whose states are the characters of the pattern (Glushkov 1961), by the criteria of Weber and
 * Seidl, "On the degree of ambiguity of finite automata" (1991):
 * - exponential: a state comes back to itself by two ways over one word;
 * - polynomial: over one word a state comes back to itself, another one comes back to itself, and the
 *   first leads to the second. The search for the pattern's beginning is such a first state.
 * A way that may end as a match ends the trying, so the second state must come back without.
 */
import { RegExpParser } from '@eslint-community/regexpp';

/** More copies than these of a repeated part count as any number. */
const MAX_COPIES = 3;
/** As many fixed copies as identifiers have digits. */
const MAX_FIXED_COPIES = 40;
const MAX_POSITIONS = 1500;
/** Letters, digits and signs from beyond the 16-bit plane, one of a kind. */
const ASTRAL = [0x10400, 0x10428, 0x1d7ce, 0x1f600, 0x20000, 0xe0100, 0xf0000];
const SEARCH = 'search';

class Unknown extends Error {}

const codePoints = [...Array(0x10000).keys(), ...ASTRAL];
const sets = new Map();

/** Which characters an element matches, one byte a character. */
function setOf(raw, flags) {
  const kept = flags.replace(/[^iu]/g, '') + (flags.includes('s') ? 's' : '');
  const key = `${kept}/${raw}`;
  let set = sets.get(key);
  if (set === undefined) {
    const one = new RegExp(`^(?:${raw})$`, kept);
    set = Uint8Array.from(codePoints, (point) => (one.test(String.fromCodePoint(point)) ? 1 : 0));
    sets.set(key, set);
  }
  return set;
}

const EMPTY = { first: new Map(), last: new Map(), sure: new Set(), ways: 1, isSure: true };
/** Matches nothing of the text, but may not match at all. */
const ASSERTED = { ...EMPTY, isSure: false };

function sum(one, other, times = 1) {
  const all = new Map(one);
  if (times > 0) {
    for (const [position, ways] of other) {
      all.set(position, Math.min(2, (all.get(position) ?? 0) + ways * times));
    }
  }
  return all;
}

/** Builds the automaton of a pattern. */
class Automaton {
  constructor(flags) {
    this.flags = flags;
    /** By position: which characters it matches. */
    this.sets = [];
    /** By position: which follow it, and in how many ways (2: several). */
    this.follow = [];
  }

  link(from, to) {
    for (const [position, ways] of from) {
      this.follow[position] = sum(this.follow[position], to, ways);
    }
  }

  concat(one, other) {
    this.link(one.last, other.first);
    return {
      first: sum(one.first, other.first, one.ways),
      last: sum(other.last, one.last, other.ways),
      sure: new Set([...other.sure, ...(other.isSure ? one.sure : [])]),
      ways: Math.min(2, one.ways * other.ways),
      isSure: one.isSure && other.isSure,
    };
  }

  either(one, other) {
    return {
      first: sum(one.first, other.first),
      last: sum(one.last, other.last),
      sure: new Set([...one.sure, ...other.sure]),
      ways: Math.min(2, one.ways + other.ways),
      isSure: one.isSure || other.isSure,
    };
  }

  alternatives(list) {
    const parts = list.map(({ elements }) => this.sequence(elements));
    return parts.reduce((one, other) => this.either(one, other));
  }

  sequence(elements) {
    return elements.reduce((before, element) => this.concat(before, this.part(element)), EMPTY);
  }

  character(element) {
    if (this.sets.length >= MAX_POSITIONS) throw new Unknown('it is too long');
    const position = this.sets.push(setOf(element.raw, this.flags)) - 1;
    this.follow.push(new Map());
    const only = new Map([[position, 1]]);
    return { first: only, last: only, sure: new Set([position]), ways: 0, isSure: false };
  }

  optional(part) {
    return { ...part, ways: 1, isSure: true };
  }

  many(part) {
    this.link(part.last, part.first);
    return part;
  }

  repeated({ element, min, max }) {
    const isOpen = max > MAX_FIXED_COPIES || (max !== min && max > MAX_COPIES);
    const fixed = Math.min(min, isOpen ? MAX_COPIES : max);
    let all = EMPTY;
    for (let copy = 1; copy < fixed; copy += 1) all = this.concat(all, this.part(element));
    if (isOpen) {
      const tail = this.many(this.part(element));
      return this.concat(all, min === 0 ? this.optional(tail) : tail);
    }
    if (fixed > 0) all = this.concat(all, this.part(element));
    let rest = EMPTY;
    for (let copy = fixed; copy < max; copy += 1) {
      rest = this.optional(this.concat(this.part(element), rest));
    }
    return this.concat(all, rest);
  }

  part(element) {
    switch (element.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.character(element);
      case 'Group':
      case 'CapturingGroup':
        return this.alternatives(element.alternatives);
      case 'Quantifier':
        return this.repeated(element);
      case 'Assertion': {
        if (element.kind === 'lookbehind') throw new Unknown('it looks behind');
        if (element.kind !== 'lookahead') return ASSERTED;
        // What is ahead is tried and left again; the pattern goes on from where it stood.
        const { first } = this.alternatives(element.alternatives);
        return { ...ASSERTED, first };
      }
      default:
        throw new Unknown(`it has a ${element.type}`);
    }
  }
}

/** One character of each kind that the automaton tells apart: as columns of all positions' sets. */
function kindsOf(positionSets) {
  const distinct = [...new Set(positionSets)];
  const kinds = new Map();
  for (const point of codePoints.keys()) {
    const column = distinct.map((set) => set[point]).join('');
    if (!kinds.has(column)) kinds.set(column, point);
  }
  return [...kinds.values()];
}

/** Position to position to ways, and the search for the beginning, if there is one. */
function edgesOf(automaton, begins) {
  const edges = new Map(automaton.follow.map((to, position) => [position, to]));
  if (begins !== null) edges.set(SEARCH, new Map([[SEARCH, 1], ...begins]));
  return edges;
}

/** All that a state reaches in one step or more. */
function reachedFrom(state, edges) {
  const reached = new Set();
  const open = [state];
  while (open.length > 0) {
    for (const next of edges.get(open.pop()).keys()) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}

function createAnalysis(automaton, begins, sure) {
  const edges = edgesOf(automaton, begins);
  const kinds = kindsOf(automaton.sets);
  const reached = new Map([...edges.keys()].map((state) => [state, reachedFrom(state, edges)]));
  const cyclic = [...edges.keys()].filter((state) => reached.get(state).has(state));
  const isTogether = (one, other) => reached.get(one).has(other) && reached.get(other).has(one);
  const reads = (state, kind) => state === SEARCH || automaton.sets[state][kind] === 1;

  /** Do all of these walk at once, over one word, to there? `allowed` by walker. */
  function canWalk(from, to, allowed, isDone = () => true) {
    const seen = new Set();
    const open = [{ at: from, isMarked: false }];
    const goal = to.join();
    while (open.length > 0) {
      const { at, isMarked } = open.pop();
      for (const kind of kinds) {
        const steps = at.map((state, walker) =>
          [...edges.get(state).keys()].filter((next) => reads(next, kind) && allowed[walker](next)),
        );
        let places = [[]];
        for (const step of steps)
          places = places.flatMap((place) => step.map((next) => [...place, next]));
        for (const place of places) {
          const isNowMarked = isMarked || isDone(place);
          const name = place.join();
          if (isNowMarked && name === goal) return true;
          const key = `${name} ${isNowMarked}`;
          if (seen.has(key)) continue;
          seen.add(key);
          open.push({ at: place, isMarked: isNowMarked });
        }
      }
    }
    return false;
  }

  function isExponential() {
    return cyclic.some((state) => {
      const isHere = (next) => isTogether(state, next);
      const isDoubled = [...edges.get(state)].some(([next, ways]) => ways > 1 && isHere(next));
      const isApart = ([one, other]) => one !== other;
      return isDoubled || canWalk([state, state], [state, state], [isHere, isHere], isApart);
    });
  }

  function isPolynomial() {
    return cyclic.some((first) =>
      cyclic.some((second) => {
        if (first === second || sure.has(second) || !reached.get(first).has(second)) return false;
        const stays = (state) => (next) => isTogether(state, next);
        const staysUnsure = (next) => !sure.has(next) && isTogether(second, next);
        const leads = (next) => next === second || reached.get(next).has(second);
        return canWalk(
          [first, first, second],
          [first, second, second],
          [stays(first), leads, staysUnsure],
        );
      }),
    );
  }

  return { isExponential, isPolynomial };
}

const isAnchored = ({ elements: [first] }) =>
  first !== undefined && first.type === 'Assertion' && first.kind === 'start';

/**
 * What the pattern costs at worst on a text of the writer's choice.
 * @returns {'linear' | 'polynomial' | 'exponential' | string} else why that is not known
 */
export function ambiguityOf(pattern, flags = '') {
  try {
    if (flags.includes('v')) throw new Unknown('it has the flag v');
    const { alternatives } = new RegExpParser().parsePattern(pattern, 0, pattern.length, {
      unicode: flags.includes('u'),
    });
    const automaton = new Automaton(flags);
    const isMultiline = flags.includes('m');
    const begins = new Map();
    const sure = new Set();
    let isSearched = false;
    for (const alternative of alternatives) {
      const part = automaton.sequence(alternative.elements);
      for (const position of part.sure) sure.add(position);
      if (flags.includes('y') || (isAnchored(alternative) && !isMultiline)) continue;
      isSearched = true;
      for (const [position, ways] of part.first) begins.set(position, ways);
    }
    const analysis = createAnalysis(automaton, isSearched ? begins : null, sure);
    if (analysis.isExponential()) return 'exponential';
    return analysis.isPolynomial() ? 'polynomial' : 'linear';
  } catch (error) {
    if (error instanceof Unknown) return error.message;
    throw error;
  }
}
