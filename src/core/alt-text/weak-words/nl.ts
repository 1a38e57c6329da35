import type { WeakWords } from './weak-words';

/** Dutch. Written for this product: WordPress, shops and Office in Dutch, W3C F30 translated; machine texts as Facebook and Office write them. */
export const nl: WeakWords = {
  nouns: 'afbeelding foto fotos afbeeldingen plaatjes plaatje',
  bare:
    'afbeeldingen plaatjes fotos miniatuur voorbeeld pictogram icoon grafiek illustratie figuur ' +
    'titel bijschrift tekst beschrijving schermafbeelding schermafdruk schermopname laden naamloos naamloze ' +
    'logo knop bestand plaatshouder onbekend naam iconen pictogrammen dia ' +
    'scheidingslijn screenshot banners ' +
    'sfeerbeeld sfeerbeelden sfeerfoto sfeerimpressie omschrijving fotobijschrift',
  filler:
    'tijdelijk helaas momenteel een de het dit deze die mijn onze uw je van op in te voor met om bij geen niet zonder is er ' +
    'wordt worden kan kon beschikbaar gevonden ontbreekt ontbrekende volgt binnenkort bezig ' +
    'standaard hier product artikel hoofd uitgelichte header achtergrond pagina omslag profiel ' +
    'alternatieve alternatief voer toevoegen invoegen kopie ontwerp grote groot kleine klein ' +
    'formaat scherm galerij decoratieve nog s banner lege leeg decoratief illustratief ' +
    'archief archieffoto transparante nieuws bericht ' +
    'categorie echte ware originele volledige hele andere ander zie open toon ' +
    'bekijken download verwijderd verborgen bijgewerkt toegevoegd voorbereiding bron auteursrecht ' +
    'rechten voorbehouden auteur fotograaf nummer eerste tweede links rechts boven onder weergave ' +
    'detail details inhoud gebruiker lid fout geladen ongeldige tijdelijke algemene komt stock ' +
    'vrij twee drie slide',
  absent: 'beschikbaar gevonden geladen',
  acts: 'klik tik hier vergroten vergroot vergroting bekijk groter zoomen',
  of: 'van met waarop waarin toont laat is zien zie ziet die dat daarop staat staan',
  starts: 'op de foto|op deze foto|op de afbeelding|op deze afbeelding',
  ends: '',
  numbered:
    'dia|laag|rechthoek|afgeronde rechthoek|ellips|ovaal|pad|tekengebied|grafiek|diagram|' +
    'tekstvak|rechte verbindingslijn|rechte verbindingslijn met pijl|vrije vorm|' +
    'tijdelijke aanduiding voor inhoud|tijdelijke aanduiding voor afbeelding|nieuw project|' +
    'nieuw document|document|presentatie',
  machine:
    'afbeelding kan het volgende bevatten|kan een afbeelding zijn van|geen fotobeschrijving beschikbaar|' +
    'automatisch gegenereerde beschrijving|beschrijving automatisch gegenereerd|' +
    'door ai gegenereerde inhoud is mogelijk onjuist',
};
