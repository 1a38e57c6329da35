import { describe, expect, test } from 'vitest';

import { packComparedWords, readSmallWords } from '../../../../scripts/taxonomy/compared-words';
import { packWords, readWordTables } from '../../../../scripts/taxonomy/words';
import { parseComparedWords } from '../../../../src/core/alt-text/compared-words';
import { mayNotMatch } from '../../../../src/core/alt-text/mismatch';
import { ENGLISH_COMPARED, WIDE_KINDS } from '../../../../src/core/alt-text/mismatch-terms';
import type { Language } from '../../../../src/core/saying/languages';
import type { Hint } from '../../../../src/core/saying/prediction';
import { synsetOf } from '../../../../src/core/saying/taxonomy';
import { labelledNodes, parseWords } from '../../../../src/core/saying/words';

const order = labelledNodes().map(synsetOf);
const tables = await readWordTables();
const languages = await Promise.all(
  tables.map(async (table) => {
    const words = parseWords(packWords(table, order), table.lang);
    const packed = packComparedWords(await readSmallWords(table.lang), table, order);
    return { table, known: parseComparedWords(packed, words, WIDE_KINDS) };
  }),
);

function shown(synset: string): Parameters<typeof mayNotMatch>[1] {
  const hint: Hint = {
    ...{ synset, label: '', english: '', text: '', probability: 0.98, bits: 5 },
  };
  return { hint, silence: null, predictions: [] };
}

const DOG = shown('n02099601'); // golden retriever
const CAT = shown('n02123045');
const CAR = shown('n04285008'); // sports car
const ELEPHANT = shown('n02504458');

interface Texts {
  /** Of a golden retriever: asked, with the word. */
  asked: [text: string, term: string][];
  dogs: string[];
  cats: string[];
  cars: string[];
  /** Of a golden retriever too: silent, for there is a doubt. */
  doubtful: string[];
}

const TEXTS: Record<Exclude<Language, 'en'>, Texts> = {
  de: {
    asked: [
      ['Eine Katze', 'Katze'],
      ['Foto von einem roten Auto', 'Auto'],
      ['Zebra', 'Zebra'],
      ['Ein Elefant auf der Wiese', 'Elefant'],
    ],
    dogs: ['Unser Hund', 'Golden Retriever', 'Ein Wolf', 'Dackel'],
    cats: ['Katze auf dem Sofa', 'Ein Tiger'],
    cars: ['Auto', 'Der rote Sportwagen', 'Bus'],
    doubtful: [
      ...['Auto mit Hund', 'Auto von Rex', 'Polizeiauto', 'Ein Spielzeugauto', 'Katze aus Plüsch'],
      ...['Hahn', 'Strauß', 'Eis', 'Karte', 'Keine Katze', 'Autohaus', 'Auto und Hunde'],
    ],
  },
  fr: {
    asked: [
      ['Un chat', 'chat'],
      ['Photo d’une voiture rouge', 'voiture'],
      ['l’éléphant', 'éléphant'],
      ['Chats', 'chats'],
    ],
    dogs: ['Un chien', 'golden retriever', 'Le chien noir'],
    cats: ['Chat sur le canapé', 'Un tigre'],
    cars: ['Voiture garée', 'Un camion'],
    doubtful: ['Voiture de police', 'Chat en peluche', 'Un avocat', 'Glace', 'Voiture avec Rex'],
  },
  es: {
    asked: [
      ['Un gato negro', 'gato'],
      ['Foto de un coche', 'coche'],
      ['elefante', 'elefante'],
    ],
    dogs: ['Un perro', 'Perros en la playa', 'un lobo'],
    cats: ['El gato', 'León'],
    cars: ['Coche rojo', 'camión'],
    doubtful: ['Coche de policía', 'Perrito y gato', 'Estatua de gato', 'Grúa', 'Gato con Rex'],
  },
  it: {
    asked: [
      ['Un gatto', 'gatto'],
      ['Foto di un’auto rossa', 'auto'],
      ['elefante', 'elefante'],
    ],
    dogs: ['Il cane', 'Un lupo'],
    cats: ['Gatto nero', 'leone'],
    cars: ['auto', 'Un camion'],
    doubtful: ['Auto con cane', 'gatto di peluche', 'Gru', 'Pesca', 'Vespa', 'Auto della polizia'],
  },
  nl: {
    asked: [
      ['Een kat', 'kat'],
      ['Foto van een rode auto', 'auto'],
      ['olifant in het gras', 'olifant'],
    ],
    dogs: ['Onze hond', 'wolf'],
    cats: ['De zwarte kat', 'tijger'],
    cars: ['Auto', 'vrachtwagen'],
    doubtful: ['Auto met honden', 'Kat als knuffel', 'Bij', 'Drum', 'Auto van Rex'],
  },
  pl: {
    asked: [
      ['Kot', 'kot'],
      ['Zdjęcie czarny kot', 'kot'],
      ['Słoń na trawie', 'słoń'],
    ],
    dogs: ['Pies', 'Wilk'],
    cats: ['Mały kot', 'Tygrys'],
    cars: ['Samochód', 'autobus'],
    doubtful: ['Samochód z psem', 'Pluszowy kot', 'Żuraw', 'Komórka', 'Kot Rexa'],
  },
  'pt-BR': {
    asked: [
      ['Um gato preto', 'gato'],
      ['Foto de um carro', 'carro'],
      ['elefante', 'elefante'],
    ],
    dogs: ['Um cachorro', 'cão', 'lobo'],
    cats: ['O gato', 'leão'],
    cars: ['Carro vermelho', 'caminhão'],
    doubtful: ['Carro de polícia', 'Gato de pelúcia', 'Manga', 'Grou', 'Carro com Rex'],
  },
  tr: {
    asked: [
      ['Bir kedi', 'kedi'],
      ['kırmızı araba', 'araba'],
      ['Fil', 'fil'],
    ],
    dogs: ['Köpek', 'bir köpek'],
    cats: ['Siyah kedi'],
    cars: ['araba', 'Kamyon'],
    doubtful: [
      'Oyuncak araba',
      'Kedi heykeli',
      'Turna',
      'Koç',
      'Arabada bir köpek',
      'araba kapısı',
    ],
  },
  uk: {
    asked: [
      ['Кіт', 'кіт'],
      ['Фото чорна кішка', 'кішка'],
      ['Слон на траві', 'слон'],
    ],
    dogs: ['Собака', 'пес', 'Вовк'],
    cats: ['Кіт', 'Тигр'],
    cars: ['Автомобіль', 'вантажівка'],
    doubtful: ['Автомобіль із псом', 'Іграшковий слон', 'Журавель', 'Лев', 'Кіт Рекс'],
  },
  ar: {
    asked: [
      ['قطة', 'قطة'],
      ['سيارة حمراء', 'سيارة'],
      ['صورة الفيل', 'الفيل'],
    ],
    dogs: ['كلب', 'الكلب'],
    cats: ['قطة سوداء'],
    cars: ['السيارة', 'شاحنة'],
    doubtful: ['سيارة شرطة', 'تمثال قطة', 'سيارة مع كلب', 'فهد', 'ليست قطة'],
  },
  hi: {
    asked: [
      ['बिल्ली', 'बिल्ली'],
      ['एक लाल कार', 'कार'],
      ['हाथी', 'हाथी'],
    ],
    dogs: ['कुत्ता', 'एक काला कुत्ता'],
    cats: ['बिल्ली'],
    cars: ['कार', 'ट्रक'],
    doubtful: ['कार में कुत्ता', 'खिलौना कार', 'बिल्ली की मूर्ति', 'केला', 'बस'],
  },
  ja: {
    asked: [
      ['猫', '猫'],
      ['一匹の黒い猫', '猫'],
      ['ゾウがいる', 'ゾウ'],
    ],
    dogs: ['犬', 'かわいい犬'],
    cats: ['猫が寝ている'],
    cars: ['スポーツカー', 'トラック'],
    doubtful: ['猫のぬいぐるみ', '猫と犬', '猫が犬を見ている', 'バス', '猫カフェ'],
  },
  'zh-CN': {
    asked: [
      ['猫', '猫'],
      ['一只黑色的猫', '猫'],
      ['大象在草地上', '大象'],
    ],
    dogs: ['狗', '一只可爱的狗'],
    cats: ['猫在沙发上'],
    cars: ['汽车', '一辆红色的跑车'],
    doubtful: ['猫和狗', '玩具汽车', '猫的雕像', '热狗', '警车', '猫头鹰和狗'],
  },
  ko: {
    asked: [
      ['고양이', '고양이'],
      ['귀여운 고양이', '고양이'],
      ['코끼리', '코끼리'],
    ],
    dogs: ['개', '골든 리트리버'],
    cats: ['고양이'],
    cars: ['스포츠카', '트럭'],
    doubtful: ['고양이 인형', '장난감 자동차', '배', '말', '나비', '고양이 카페'],
  },
};

describe.each(languages)('$table.lang', ({ table, known }) => {
  const { asked, dogs, cats, cars, doubtful } = TEXTS[table.lang as Exclude<Language, 'en'>];
  test.each(asked)('of a dog “%s”: asked', (text, term) => {
    expect(mayNotMatch(text, DOG, known)?.term).toBe(term);
  });
  test.each([
    ...dogs.map((text) => [text, DOG] as const),
    ...cats.map((text) => [text, CAT] as const),
    ...cars.map((text) => [text, CAR] as const),
  ])('“%s” matches', (text, picture) => {
    expect(mayNotMatch(text, picture, known)).toBeNull();
  });
  test.each(doubtful)('“%s”: a doubt', (text) => {
    expect(mayNotMatch(text, DOG, known)).toBeNull();
  });

  test('a label, or another word for it, never differs from its own picture', () => {
    const found = table.rows.flatMap(({ synset, label, article, also }) =>
      [label, `${article} ${label}`, label.toLocaleUpperCase(table.lang), ...also].flatMap(
        (text) => (mayNotMatch(text, shown(synset), known) === null ? [] : [`${synset} ${text}`]),
      ),
    );
    expect(found).toEqual([]);
    // The property is not of a language that asks nothing: most labels differ from a far picture.
    const asks = table.rows.filter(({ label }) => {
      return [ELEPHANT, CAR].some((far) => mayNotMatch(label, far, known) !== null);
    });
    expect(asks.length).toBeGreaterThan(250);
  });
});

test('a term is below a kind that was reviewed in English', () => {
  for (const { table, known } of languages) {
    const terms = table.rows.filter(({ label }) => known.termOf(label.toLowerCase()) !== undefined);
    expect(terms.length, table.lang).toBeGreaterThan(100);
    for (const { label } of terms) {
      expect(WIDE_KINDS).toContain(known.termOf(label.toLowerCase()));
    }
  }
  expect(ENGLISH_COMPARED.termOf('cats')).toBe('n02120997');
});

test.each(['', 'null', '{}\n', '{"lang":"de"}'])('a file with %j is none', (packed) => {
  const [{ table } = languages[0] ?? { table: tables[0] }] = languages;
  if (table === undefined) throw new Error('There is no table.');
  const words = parseWords(packWords(table, order), table.lang);
  expect(() => parseComparedWords(packed, words, WIDE_KINDS)).toThrow();
});
