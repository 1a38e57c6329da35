/**
 * Everyday nouns that an alt text may name, with the WordNet node that they can't mean more than.
 * Reviewed by hand: words with a second everyday meaning (crane, jaguar, mouse, orange, seal) are not among
 * them, nor are buildings and landscapes, before which anything may stand; look-alikes share a wide node (a wolf for a dog is no question worth asking).
 */
import { labelOf } from '../saying/labels';
import { nodeOf } from '../saying/taxonomy';
import { comparedTokens, type ComparedWords } from './compared-words';

const PACKED_TERMS: Record<string, string> = {
  // dog, wolf, fox: canines; cat, lion, tiger: felines; bears with all carnivores, for pandas are called bears
  n02083346: 'dog puppy doggy wolf coyote fox terrier poodle corgi dachshund greyhound',
  n02120997: 'cat kitten kitty lion lioness tiger leopard cheetah lynx',
  n02075296: 'bear',
  n01503061:
    'bird duck duckling goose swan owl eagle hawk falcon penguin parrot chicken hen rooster pigeon seagull ' +
    'flamingo peacock pelican ostrich hummingbird vulture heron stork sparrow',
  n02512053: 'fish shark goldfish',
  n02370806:
    'horse pony foal mare stallion zebra cow calf bull goat sheep lamb deer camel llama giraffe hippo ' +
    'hippopotamus bison buffalo antelope',
  n02395003: 'pig piglet',
  n02323902: 'rabbit bunny hare',
  n02503517: 'elephant',
  n02469914: 'monkey ape gorilla chimpanzee orangutan baboon lemur',
  n02329401: 'squirrel hamster beaver',
  n02062017: 'whale dolphin',
  n01627424: 'frog toad salamander newt',
  n01661091: 'snake lizard turtle tortoise crocodile alligator iguana gecko chameleon dinosaur',
  n01767661:
    'spider scorpion insect butterfly bee wasp ant beetle ladybug dragonfly grasshopper crab',
  n03100490:
    'car automobile truck lorry bus minibus taxi van train locomotive tram streetcar airplane aeroplane ' +
    'airliner helicopter bicycle bike motorcycle motorbike boat sailboat ship yacht canoe tractor',
  n03800933: 'guitar piano violin cello trumpet saxophone trombone flute accordion banjo',
  n03082979: 'computer laptop',
  n04401088: 'smartphone telephone',
  n07705711: 'strawberry banana lemon pineapple cucumber broccoli cauliflower',
  n00021265: 'pizza cheeseburger burger hamburger sandwich burrito bagel pretzel spaghetti',
};

/** Words around the term that change nothing: whatever else stands before it may (`toy car`, `police dog`). */
const MODIFIERS =
  'a an the my our your his her their its this that these those one two three four five several some ' +
  'many few big small little large tiny huge old new young adult baby cute beautiful lovely pretty happy ' +
  'sad sleepy vintage classic modern shiny fast fluffy furry wild fresh ripe red orange yellow green ' +
  'blue purple pink black white brown grey gray golden silver dark light bright colorful colourful';

/** Where a noun phrase ends. Of the participles only those that no compound is made with (`horse racing`). */
const PHRASE_ENDS =
  'in on at with of by from near beside behind under over above below next through into onto against ' +
  'and or is are was has while that which who for to during before after across along outside inside ' +
  'sitting standing lying walking jumping sleeping looking swimming resting waiting parked seated';

/** A likeness of a thing looks like it, and looks like something else: nothing is asked. */
const LIKENESSES =
  'toy statue sculpture figurine figure painting drawing sketch cartoon illustration logo sign poster ' +
  'costume mask mascot plush plushie stuffed model balloon emoji icon silhouette pattern print tattoo ' +
  'cake cookie shape shaped sticker stamp coin puppet robot ornament fake origami lego graffiti mural ' +
  'game character like no not without missing instead';

const words = (packed: string): ReadonlySet<string> => new Set(packed.split(' '));

/** The synset of each term, in the singular. */
export const terms: ReadonlyMap<string, string> = new Map(
  Object.entries(PACKED_TERMS).flatMap(([synset, packed]) =>
    packed.split(' ').map((term) => [term, synset] as const),
  ),
);

/** Kinds that terms of all languages are widened to. */
export const WIDE_KINDS: readonly string[] = Object.keys(PACKED_TERMS);

function singulars(word: string): string[] {
  return [
    word,
    word.replace(/ies$/u, 'y'),
    word.replace(/ves$/u, 'f'),
    word.replace(/(s|x|ch|sh)es$/u, '$1'),
    word.replace(/s$/u, ''),
  ];
}

function termOf(word: string): string | undefined {
  for (const singular of singulars(word)) {
    const synset = terms.get(singular);
    if (synset !== undefined) return synset;
  }
  return undefined;
}

export const ENGLISH_COMPARED: ComparedWords = {
  ...{ isSpaced: true, hasCapitalNouns: false, adjectivesFollow: false },
  openings: ['photo', 'photograph', 'picture', 'image'].flatMap((noun) =>
    ['', 'a ', 'an ', 'the '].map((article) => `${article}${noun} of`),
  ),
  before: words(MODIFIERS),
  after: words(PHRASE_ENDS),
  scenes: new Set(),
  silent: words(LIKENESSES),
  formsOf: singulars,
  termOf,
  meaningsOf: (word) => {
    const synset = termOf(word);
    return synset === undefined ? [] : [synset];
  },
  wordsOf: (synset) => {
    const node = nodeOf(synset);
    return node === undefined ? [] : comparedTokens(labelOf(node)?.name ?? '');
  },
  mayBeForms: (one, other) => singulars(one).includes(other),
};
