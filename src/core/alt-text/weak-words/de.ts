import type { WeakWords } from './weak-words';

/** German. Written for this product: how shops and WordPress in German name pictures, W3C F30 translated; machine texts as Facebook and Office write them. */
export const de: WeakWords = {
  nouns: 'bild foto fotos bilder fotografie grafik abbildung aufnahme',
  bare:
    'bilder fotos grafiken abb abbildungen platzhalter titel bildtitel unbenannt unbekannt ' +
    'bildschirmfoto bildschirmaufnahme logo vorschau alternativtext alttext beschreibung ' +
    'bildunterschrift geladen lädt schaltfläche datei symbol illustration platzhaltertext ' +
    'vorschaubilder logos banner anzeigenbild bildname dateiname name keine ' +
    'hintergrundbild',
  filler:
    'leider vorübergehend derzeit momentan folgen ein eine einer eines einem das der die den dem dieses diesem diesen dieser mein unser ihr ' +
    'auf im in zum zur für von mit um uhr kein nicht noch vorhanden verfügbar gefunden fehlt ' +
    'fehlend fehlendes wird werden konnte folgt kürze bald ohne namen produkt artikel haupt ' +
    'beitrag beitrags header hintergrund start seite seiten galerie beispiel muster profil ' +
    'standard neu neues klein groß großes größe ansicht einfügen eingeben bitte kopie entwurf ' +
    'design teaser anzeige anzeigen öffnen wechsel dekoratives leer leeres leere deko ' +
    'dekorativ dekoration dekorations slideshow slide slider archiv archivbild agentur ' +
    'symbolisches illustrations nachricht news meldung bericht text aktuell aktuelles thema ' +
    'themen original ' +
    'originalgröße voll volle vollbild ganzes anderes weiteres weitere mehr detail details quelle ' +
    'urheber copyright rechte vorbehalten gelöscht entfernt versteckt ausgeblendet unterstützt ' +
    'angezeigt aktualisiert hinzugefügt bearbeitung vorbereitung dummy temporär transparent ' +
    'zufall ersatz allgemeines nummer eins zwei drei erste erstes zweites letztes links rechts ' +
    'oben unten quer hoch format vorne hinten ansichten lade laden wiedergabe video inhalt ' +
    'slot übersicht kategorie kategorien kopf fuß bereich rubrik avatar nutzer ' +
    'benutzer unbenanntes unbenannter unbenannte zu als durch mal x siehe sehen sich es öffne ' +
    'stock lizenzfrei frei',
  absent: 'verfügbar vorhanden geladen hinterlegt',
  acts: 'anklicken klick klicken klicke sie hier vergrößern größer vergrößerung',
  of: 'von vom der des einer eines das die mit zeigt zeigen sieht sehen ist sind stellt stellen wo dar auf darauf',
  starts: 'auf dem bild|auf dem foto|auf diesem bild|auf diesem foto|im bild',
  ends: '',
  numbered:
    'folie|ebene|rechteck|rechteck abgerundete ecken|abgerundetes rechteck|ellipse|oval|pfad|' +
    'zeichenfläche|diagramm|textfeld|gerader verbinder|gerade verbindung mit pfeil|' +
    'freihandform|freihandform form|inhaltsplatzhalter|bildplatzhalter|textplatzhalter|' +
    'neues projekt|neues dokument|dokument|präsentation',
  machine:
    'bild könnte enthalten|möglicherweise ein bild von|kann ein bild von|könnte ein bild von|' +
    'keine fotobeschreibung verfügbar|automatisch generierte beschreibung|' +
    'beschreibung automatisch generiert|ki generierte inhalte können fehlerhaft sein',
};
