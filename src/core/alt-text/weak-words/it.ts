import type { WeakWords } from './weak-words';

/** Italian. Written for this product: WordPress, PrestaShop and Office in Italian, W3C F30 translated; machine texts as Facebook and Office write them. */
export const it: WeakWords = {
  nouns: 'immagine foto immagini fotografia fotografie',
  bare:
    'cattura miniatura anteprima icona grafica illustrazione figura titolo didascalia ' +
    'testo descrizione schermata segnaposto caricamento logo pulsante file banner ' +
    'sconosciuto nome icone diapositiva separatore grafico screenshot ' +
    'copertina',
  filler:
    'temporaneamente attualmente sull sulla spiacenti ingrandirla un una il lo la l le i gli di del della dell dei in nel nella nell a al alle all ore questa ' +
    'questo mia nostra tua vostra per con non senza nessuna nessun è c trovata trovato ' +
    'disponibile mancante arrivo presto corso predefinita qui prodotto articolo principale ' +
    'evidenza pagina copertina sfondo profilo esempio alternativo alternativa inserisci inserire ' +
    'aggiungi scrivi copia progetto design grande piccola dimensione schermo intestazione ' +
    'galleria decorativa rotta e attendere vuota vuoto decorativo illustrativa illustrativo ' +
    'repertorio archivio trasparente notizia notizie ' +
    'categoria reale naturale originale completa intera grandezza altra ' +
    'altro vedi apri mostra visualizza scarica eliminata nascosta aggiornamento aggiunta ' +
    'preparazione fase crediti fonte diritti riservati autore fotografo numero prima primo ' +
    'seconda sinistra destra sopra sotto vista dettaglio dettagli contenuto utente membro errore ' +
    'caricare caricata possibile impossibile temporanea generica va stock libera uno due tre',
  absent: 'disponibile trovata caricare caricata',
  acts: 'ingrandirla clicca cliccare clic fai tocca qui ingrandire ingrandisci vedi più',
  of: 'di contiene è sono illustra del della dell dello dei delle degli che mostra raffigurante raffigura rappresenta si vediamo con dove',
  starts: 'nella foto|nell immagine|nella fotografia|in questa foto|in questa immagine|in foto',
  ends: '',
  numbered:
    'diapositiva|rettangolo|rettangolo con angoli arrotondati|ellisse|ovale|tracciato|' +
    'tavola disegno|grafico|diagramma|casella di testo|caselladitesto|connettore diritto|' +
    'connettore|figura a mano libera|segnaposto contenuto|segnaposto immagine|' +
    'nuovo progetto|nuovo documento|documento|presentazione',
  machine:
    'immagine può contenere|potrebbe essere un immagine|potrebbe essere una foto|' +
    'nessuna descrizione della foto disponibile|descrizione generata automaticamente|' +
    'contenuto generato dall ia potrebbe non essere corretto',
};
