import type { WeakWords } from './weak-words';

/** French. Written for this product: WordPress, PrestaShop and Office in French, W3C F30 translated; machine texts as Facebook and Office write them. */
export const fr: WeakWords = {
  nouns: 'image photo photos images photographies photographie cliché clichés visuel visuels',
  bare:
    'vignette miniature bannière bandeau icône pictogramme titre légende texte ' +
    'illustration capture chargement logo bouton fichier schéma indisponible graphique ' +
    'anonyme aperçu images photos photographies nom bannières icônes séparateur ' +
    'emplacement ',
  filler:
    'temporairement désolé actuellement suivre un une le la l les des d de du en au aux à ce cette ces mon notre votre vos sur pour par pas ' +
    'aucun aucune non sans il n y a est être disponible introuvable trouvée manquante venir ' +
    'bientôt cours prochainement défaut ici produit article principal principale page accueil ' +
    'couverture fond arrière plan profil exemple contractuelle provisoire attente alternatif ' +
    'alternative insérer ajouter saisir copie design grande grand petite taille écran héro héros ' +
    'mise avant galerie diaporama décorative vide décoratif illustrative archive archives ' +
    'transparente actualité actualités ' +
    'catégorie réelle réel originale original complète complet autre voir ' +
    'ouvrir afficher affichée affiche télécharger téléchargée supprimée masquée jour ajoutée ' +
    'préparation crédit source droits réservés auteur photographe numéro première premier ' +
    'deuxième gauche droite haut bas centre vue détail détails qualité illustrant va haute basse ' +
    'libre utilisateur membre diapositive carrousel sont chargée chargé charger erreur impossible ' +
    'temporaire générique quelconque soit peut pu n’a été',
  absent: 'disponible indisponible introuvable chargée charger',
  acts: 'agrandir cliquez cliquer clic ici agrandir zoomer voir plus',
  of: 'de montré contient est sont prise du des d montrant montre montrent représentant représente où on qui avec illustrant présentant présente',
  starts: 'sur la photo|sur l image|sur cette photo|sur cette image|dans cette image|dans l image',
  ends: '',
  numbered:
    'diapositive|calque|rectangle|rectangle à coins arrondis|ellipse|ovale|tracé|' +
    'plan de travail|graphique|diagramme|zone de texte|connecteur droit|' +
    'connecteur droit avec flèche|forme libre|espace réservé du contenu|' +
    'espace réservé pour une image|nouveau projet|nouveau document|document|présentation',
  machine:
    'image contient peut être|peut être une image de|peut être une photo de|' +
    'aucune description de photo disponible|description générée automatiquement|' +
    'contenu généré par l ia peut être incorrect',
};
