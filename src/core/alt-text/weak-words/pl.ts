import type { WeakWords } from './weak-words';

/** Polish. Written for this product: WordPress, shops and Office in Polish, W3C F30 translated; machine texts as Facebook and Office write them. */
export const pl: WeakWords = {
  nouns: 'zdjęcie fotografia fotka obraz obrazek grafika ilustracja',
  bare:
    'zdjęcia fotografie obrazy obrazki obrazu obrazka zdjęć miniatura miniaturka ikona baner ' +
    'rysunek rys tytuł tytułu podpis tekst opis zrzut ładowanie wczytywanie logo przycisk plik ' +
    'nieznany podgląd podglądu nazwa nazwy ikony slajd zdjęciem fotografii ' +
    'separator logotyp ' +
    'zaślepka zaślepki atrapa',
  filler:
    'chwilowo tymczasowo niestety opisu na w z do i o dla ten to tej tym nie ma brak jest znaleziono dostępne dostępny dostępna ' +
    'dostępnego niedostępny niedostępne niedostępna wkrótce poglądowe poglądowa przykładowe ' +
    'przykładowy domyślny domyślne domyślna zastępczy zastępcze bez produkt produktu główne ' +
    'główny główna wyróżniający wyróżniające okładka okładki tło tła strona strony profilowe ' +
    'profilu alternatywny wpisz dodaj wstaw tutaj kopia projekt projektu duże małe powiększenie ' +
    'ekranu nagłówka artykułu galerii dekoracyjny proszę czekać pusty puste pusta dekoracyjne ' +
    'dekoracyjna ilustracyjne ilustracyjny archiwalne archiwum artykuł newsa aktualności ' +
    'wiadomości kategorii rzeczywiste oryginalne ' +
    'oryginalny pełny pełne pełnym rozmiar rozmiarze rozmiarów inne inny ' +
    'zobacz otwórz pokaż wyświetl pobierz usunięte ukryte aktualizacja dodane przygotowaniu ' +
    'źródło autor prawa zastrzeżone fotograf numer pierwsze drugie lewo prawo góra dół widok ' +
    'szczegóły treść użytkownika błąd można załadować wczytać tymczasowe ogólne być może będzie ' +
    'pojawi się jeden dwa trzy',
  absent: 'dostępne dostępny niedostępne niedostępny znaleziono załadować',
  acts: 'kliknij aby żeby powiększyć powiększ tutaj zobacz więcej',
  of:
    'przedstawiający przedstawiająca przedstawiające przedstawia pokazujący pokazująca pokazujące pokazuje ' +
    'ukazujący ukazuje zawierający zawiera jest na',
  starts:
    'zdjęcie|zdjęcia|fotografie|fotografia|fotka|na zdjęciu|na fotografii|na obrazku|na obrazie|na grafice|na ilustracji|' +
    'na tym zdjęciu|na tym obrazku|na tym obrazie|na tej fotografii',
  ends: '',
  kinds:
    'zdjęcie satelitarne|zdjęcie lotnicze|zdjęcie rentgenowskie|zdjęcie z lotu ptaka|zdjęcie z drona|zdjęcie mikroskopowe|zdjęcie grupowe|zdjęcie w podczerwieni|zdjęcia satelitarne|zdjęcia lotnicze|fotografia lotnicza|fotografia satelitarna',
  numbered:
    'slajd|warstwa|prostokąt|prostokąt zaokrąglony|elipsa|owal|ścieżka|obszar roboczy|wykres|' +
    'diagram|pole tekstowe|łącznik prosty|łącznik prosty ze strzałką|dowolny kształt|' +
    'symbol zastępczy zawartości|symbol zastępczy obrazu|nowy projekt|nowy dokument|dokument|' +
    'prezentacja',
  machine:
    'obraz może zawierać|może być zdjęciem przedstawiającym|może być obrazem przedstawiającym|' +
    'brak dostępnego opisu zdjęcia|opis wygenerowany automatycznie|automatycznie wygenerowany opis|' +
    'zawartość wygenerowana przez ai może być niepoprawna',
};
