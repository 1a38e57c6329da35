import type { WeakWords } from './weak-words';

/**
 * English. Written for this product from W3C F30 and H37, axe-core's and sa11y's ideas of what is
 * suspicious, default texts of WordPress, Shopify and PowerPoint; machine texts as Facebook and
 * Microsoft Office publish theirs.
 */
export const en: WeakWords = {
  nouns: 'image img photo photos images pictures photograph picture pic graphic',
  bare:
    'images imgs photos photographs pictures pics photography graphics icon icons figure fig ' +
    'illustration thumbnail thumb banner logo clipart screenshot snapshot gif jpg jpeg png svg ' +
    'webp alt text title caption description untitled unnamed null undefined nan none unknown ' +
    'default blank placeholder loading spacer pixel bullet arrow lorem ipsum button file media ' +
    'asset artwork object todo tbd xxx test unavailable preview name emoji wallpaper backdrop ' +
    'divider separator screenshots unidentified ' +
    'asdf asdfgh qwerty blah',
  filler:
    'sorry follow follows temporarily a an the this my your our of for in on at to and or with by no not is was be been could ' +
    'cannot can it found available missing broken failed load loaded error product products item ' +
    'main hero featured feature header footer background cover post blog article news page ' +
    'homepage home site website web gallery slide slider carousel card category section sample ' +
    'example demo stock decorative generic temporary dummy small large medium big full size sized ' +
    'original new old first second third left right top bottom side front back profile user ' +
    'member author avatar link alternative insert add enter upload select choose clip art tag ' +
    'attribute content via px am pm copy final draft version yet currently please wait ' +
    'related lightbox popup modal inline attached attachment scaled cropped resized wp goes ' +
    'go empty transparent slideshow archive archival archived library illustrative representative ' +
    'download downloaded open show see showing hover over another other ' +
    'random number some actual real free premium source credit copyright courtesy ' +
    'photographer shot screen hidden deleted removed unsupported supported display displayed ' +
    'displaying process processing being updated update added soon later more info details detail ' +
    'temp tmp design mobile desktop responsive retina lazy inner outer single multiple list grid ' +
    'tile box panel widget com square round circle vertical horizontal landscape wide column row ' +
    'primary secondary alternate view placeholderimg aria label role used as purpose only ' +
    'purposes ' +
    'generated ai alttext',
  absent: 'available unavailable loaded uploaded',
  acts: 'click tap here enlarge zoom view larger expand coming soon',
  of:
    'of is are was were shown taken has contains with showing shows show showed depicting depicts depict displaying displays containing featuring ' +
    'we you there that which represents representing illustrates illustrating',
  starts: 'in this picture|in this photo|in this image|in this photograph',
  ends: '',
  numbered:
    'rectangle|frame|ellipse|oval|group|vector|component|layer|artboard|asset|path|polygon|' +
    'freeform|slide|chart|diagram|textbox|text box|straight connector|content placeholder|' +
    'picture placeholder|unnamed|download|canva design|new project|new document|document|' +
    'presentation|add a heading|your paragraph text',
  machine:
    'lorem ipsum dolor|image may contain|may be an image of|may be a photo of|may be an illustration of|' +
    'may be a graphic of|no photo description available|description automatically generated|' +
    'ai generated content may be incorrect|no alternative text description for this image|' +
    'no alt text provided for this image|this image has an empty alt attribute',
};
