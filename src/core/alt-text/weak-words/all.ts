/** Every list but English. For the build and for tests: scripts read the languages that a page has. */
import { ar } from './ar';
import { de } from './de';
import { es } from './es';
import { fr } from './fr';
import { hi } from './hi';
import { it } from './it';
import { ja } from './ja';
import { ko } from './ko';
import type { WeakWordLanguage } from './languages';
import { nl } from './nl';
import { pl } from './pl';
import { ptBr } from './pt-br';
import { tr } from './tr';
import { uk } from './uk';
import type { WeakWords } from './weak-words';
import { zhCn } from './zh-cn';

export const weakWords: Record<WeakWordLanguage, WeakWords> = {
  ...{ ar, de, es, fr, hi, it, ja, ko, nl, pl, pt: ptBr, tr, uk, zh: zhCn },
};
