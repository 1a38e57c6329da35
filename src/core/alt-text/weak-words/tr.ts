import type { WeakWords } from './weak-words';

/** Turkish. Written for this product: WordPress, shops and Office in Turkish, W3C F30 translated; machine texts as Facebook and Office write them. */
export const tr: WeakWords = {
  nouns: 'görsel resim fotoğraf görüntü imge',
  bare:
    'görseli resmi fotoğrafı görüntüsü görselin resmin görseller resimler fotoğraflar foto simge ' +
    'ikon afişi başlıksız adsız isimsiz başlık metin metni açıklama illüstrasyon şekil grafik ' +
    'yükleniyor küçükresim logo düğme dosya bilinmeyen tutucu resmini önizleme önizlemesi adı ad ' +
    'ikonu logosu slayt fotoğrafın afiş alıntısı ' +
    'açıklaması açıklamayı',
  filler:
    'şu anda anlık resme görsele geçici maalesef bir bu için ve ile yok bulunamadı mevcut değil değildir eksik yakında eklenecek gelecek ' +
    'varsayılan örnek temsili ürün ana öneçıkan kapak profil sayfa arka plan küçük büyük ' +
    'alternatif alt girin ekleyin ekle yaz buraya yer ekran saat boyut tasarım tasarımın kopyası ' +
    'kopya haber içerik henüz lütfen bekleyin galeri ös öö yüklenemedi kullanıcı site boş ' +
    'dekoratif süs tanıtım arşiv temsilî haberi makale ' +
    'kategori gerçek orijinal tam boyutu boyutta boyutunda diğer başka gör ' +
    'görüntüle aç göster indir silinmiş silindi gizli güncelleniyor hazırlanıyor eklendi kaynak ' +
    'telif hakkı saklıdır yazar fotoğrafçı numara birinci ilk ikinci sol sağ üst detay ayrıntı ' +
    'üye hata yüklenmedi yüklenirken geçici genel olarak oluştu iki üç bulunmuyor bulunmamaktadır',
  absent: 'mevcut bulunamadı yüklenemedi',
  acts: 'tıklayarak büyütmek büyüt tıklayın tıkla tıklayınız buraya büyük görmek',
  of: 'gösteriyor gösterir göstermektedir içeriyor içerir içermektedir',
  isVerbLast: true,
  starts:
    'fotoğraf bir|görsel bir|resim bir|bu görsel|bu resim|bu fotoğraf|görselde|resimde|fotoğrafta|bu görselde|bu resimde|bu fotoğrafta|' +
    'görüntüde|bu görüntüde',
  ends: 'fotoğrafı|fotoğrafları|resimleri|görselleri|resmi|görseli|görüntüsü|gösteren görsel|gösteren resim|gösteren fotoğraf|fotoğrafıdır|resmidir|görselidir|fotoğraflarıdır|görüntüleri|görüntüsüdür',
  kinds:
    'ekran görüntüsü|ekran resmi|uydu görüntüsü|uydu fotoğrafı|hava fotoğrafı|röntgen görüntüsü|röntgen filmi|mikroskop görüntüsü|termal görüntü|drone görüntüsü|kızılötesi görüntü|siyah beyaz fotoğrafı',
  numbered:
    'slayt|katman|dikdörtgen|yuvarlatılmış dikdörtgen|elips|oval|çalışma yüzeyi|grafik|' +
    'diyagram|metin kutusu|düz bağlayıcı|düz ok bağlayıcısı|serbest form|içerik yer tutucusu|' +
    'resim yer tutucusu|yeni proje|yeni belge|belge|sunu',
  machine:
    'görüntünün olası içeriği|görseli olabilir|fotoğrafı olabilir|fotoğraf açıklaması yok|' +
    'açıklama otomatik olarak oluşturuldu|otomatik olarak oluşturulmuş açıklama|' +
    'yapay zeka tarafından oluşturulan içerik yanlış olabilir',
};
