/**
 * Counts what a backtracking matcher does: one step for each character that is compared, tried again or
 * not. The ways and their order are those of ECMA-262, 22.2.2; what comes out is the engine's own.
 */
import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** Is the rest matched from here on? */
type Rest = (at: number) => boolean;
type Matcher = (at: number, rest: Rest) => boolean;

interface Run {
  text: string;
  steps: number;
  limit: number;
}

/** More steps than were to be counted. */
export class TooManySteps extends Error {}

type One = (run: Run, at: number) => number;

const isOne = ({ type }: AST.QuantifiableElement): boolean =>
  type === 'Character' || type === 'CharacterSet' || type === 'CharacterClass';

const ones = new Map<string, RegExp>();

/** Compares one character. @returns how long it is in the text, 0 where it is another */
function oneOf(element: AST.QuantifiableElement, flags: string): One {
  const kept = flags.replace(/[gmy]/g, '');
  const name = `${kept}/${element.raw}`;
  const one = ones.get(name) ?? new RegExp(`^(?:${element.raw})$`, kept);
  ones.set(name, one);
  return (run, at) => {
    run.steps += 1;
    if (run.steps > run.limit) throw new TooManySteps();
    if (at >= run.text.length) return 0;
    const character = kept.includes('u')
      ? String.fromCodePoint(run.text.codePointAt(at) ?? 0)
      : run.text.charAt(at);
    return isMatch(one, character) ? character.length : 0;
  };
}

/** Taken once: tests put a counting one in its place. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with a pattern
const exec = RegExp.prototype.exec;
const isMatch = (pattern: RegExp, text: string): boolean =>
  Reflect.apply(exec, pattern, [text]) !== null;

class Compiler {
  constructor(
    private readonly run: Run,
    private readonly flags: string,
  ) {}

  alternatives(list: readonly AST.Alternative[]): Matcher {
    const matchers = list.map(({ elements }) => this.sequence(elements));
    return (at, rest) => matchers.some((matcher) => matcher(at, rest));
  }

  sequence(elements: readonly AST.Element[]): Matcher {
    const matchers = elements.map((element) => this.element(element));
    return matchers.reduceRight<Matcher>(
      (then, matcher) => (at, rest) => matcher(at, (next) => then(next, rest)),
      (at, rest) => rest(at),
    );
  }

  element(element: AST.Element): Matcher {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.alternatives(element.alternatives);
      case 'Quantifier':
        return isOne(element.element) ? this.row(element) : this.repeated(element);
      case 'Assertion':
        return this.assertion(element);
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass': {
        const one = oneOf(element, this.flags);
        return (at, rest) => {
          const length = one(this.run, at);
          return length > 0 && rest(at + length);
        };
      }
      default:
        throw new Error(`No steps of a ${element.type}.`);
    }
  }

  assertion(element: AST.Assertion): Matcher {
    const { run } = this;
    switch (element.kind) {
      case 'start':
        return (at, rest) => at === 0 && rest(at);
      case 'end':
        return (at, rest) => at === run.text.length && rest(at);
      case 'word': {
        const isWord = (at: number): boolean => isMatch(/^\w$/u, run.text.charAt(at));
        return (at, rest) => (isWord(at - 1) !== isWord(at)) !== element.negate && rest(at);
      }
      case 'lookahead': {
        const ahead = this.alternatives(element.alternatives);
        return (at, rest) => ahead(at, () => true) !== element.negate && rest(at);
      }
      case 'lookbehind':
        throw new Error('No steps of a look behind.');
    }
  }

  /** A row of single characters: without a call for each. */
  row({ element, min, max, greedy }: AST.Quantifier): Matcher {
    const one = oneOf(element, this.flags);
    return (start, rest) => {
      const ends = [start];
      const more = (): boolean => {
        const at = ends.at(-1) ?? start;
        const length = ends.length > max ? 0 : one(this.run, at);
        if (length > 0) ends.push(at + length);
        return length > 0;
      };
      if (greedy) {
        while (more());
        for (let taken = ends.length - 1; taken >= min; taken -= 1) {
          if (rest(ends[taken] ?? start)) return true;
        }
        return false;
      }
      while (ends.length <= min) if (!more()) return false;
      do if (rest(ends.at(-1) ?? start)) return true;
      while (more());
      return false;
    };
  }

  repeated({ element, min, max, greedy }: AST.Quantifier): Matcher {
    const matcher = this.element(element);
    const from =
      (times: number): Matcher =>
      (at, rest) => {
        const again = () =>
          times < max &&
          matcher(at, (next) => (next > at || times < min) && from(times + 1)(next, rest));
        if (times < min) return again();
        return greedy ? again() || rest(at) : rest(at) || again();
      };
    return from(0);
  }
}

/** A pattern that was made ready; `run` is that of the count under way. */
interface Prepared {
  run: Run;
  matcher: Matcher;
  isAnchored: boolean;
}

const prepared = new Map<string, Prepared>();

function prepare(source: string, flags: string): Prepared {
  const name = `${flags}/${source}`;
  const known = prepared.get(name);
  if (known !== undefined) return known;
  const run: Run = { text: '', steps: 0, limit: Infinity };
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
  });
  // As engines do: what can only begin at the text's beginning is not looked for elsewhere.
  const isAnchored = alternatives.every(({ elements: [begin] }) => {
    return begin?.type === 'Assertion' && begin.kind === 'start';
  });
  const matcher = new Compiler(run, flags).alternatives(alternatives);
  const made = { run, matcher, isAnchored };
  prepared.set(name, made);
  return made;
}

/**
 * The steps of looking for a pattern in a text, from `lastIndex` on where the pattern goes by that.
 * @throws TooManySteps over the limit
 */
export function patternSteps(pattern: RegExp, text: string, limit = Infinity): number {
  const { source, flags, sticky, global } = pattern;
  const { run, matcher, isAnchored } = prepare(source, flags);
  Object.assign(run, { text, limit, steps: 0 });
  const first = sticky || global ? pattern.lastIndex : 0;
  const last = sticky || isAnchored ? first : text.length;
  for (let at = first; at <= last; at += 1) {
    run.steps += 1;
    if (matcher(at, () => true)) break;
  }
  return run.steps;
}
